/** Builds `dist/` when its sources have changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, lastLines, root, seconds } from './paths.mjs';

const stampFile = inRoot('dist/.stamp');

/** The sources of dist/; the other files of the repository are read at run time. */
const sources = [
  'src',
  'views',
  'scripts/build.mjs',
  'scripts/licences.mjs',
  'scripts/page-assets.mjs',
  'package.json',
  'tsconfig.json',
  'node_modules/.vestibule-stamp',
];

function addTo(hash, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
}

/**
 * A value that changes when a source file is added, removed or written. Names, sizes and times are enough, even for
 * an older file that is restored, and are fast when there is nothing to build.
 */
function sourcesStamp() {
  const hash = createHash('sha256').update(`node${process.versions.node}\n`);
  for (const source of sources) addTo(hash, inRoot(source));
  return hash.digest('hex');
}

function builtStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

/** Builds dist/ when it is stale. */
export function buildWhatIsStale(NotReady) {
  const stamp = sourcesStamp();
  if (builtStamp() !== stamp) build(NotReady, ['--stamp', stamp]);
}

/** Builds dist/ without anything that earlier builds left in it. */
export function buildForPackage(NotReady) {
  build(NotReady, ['--stamp', sourcesStamp(), '--fresh']);
}

/** Runs scripts/build.mjs in its own process, so that esbuild's service doesn't stay in a server. */
function build(NotReady, flags) {
  const startedAt = performance.now();
  const result = spawnSync(process.execPath, [inRoot('scripts/build.mjs'), ...flags], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.status !== 0) {
    throw new NotReady(
      `${lastLines(`${result.stdout}${result.stderr}`, 60)}\n\nThe build failed (node scripts/build.mjs).`,
    );
  }
  console.log(`Built dist/ (${seconds(startedAt)}).`);
}

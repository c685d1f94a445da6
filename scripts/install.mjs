/** Installs the locked dependencies when they are missing or stale. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot, lastLines, root, seconds } from './paths.mjs';

const stampFile = inRoot('node_modules/.vestibule-stamp');
const lockFile = inRoot('package-lock.json');
const offlineSigns =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|network request|cache mode is 'only-if-cached'/i;

const nodeMajor = process.versions.node.split('.')[0];

/** Identifies the lock file and the Node that the installed packages belong to. */
function currentStamp() {
  const lock = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${lock} node${nodeMajor} ${process.platform}-${process.arch}\n`;
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

/**
 * Whether node_modules already contains exactly the locked packages, by npm's own record, so that nothing is
 * installed twice after a developer ran npm. Packages for other platforms are optional and may be absent.
 */
function installedByHand() {
  const record = readOr(inRoot('node_modules/.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages ?? {};
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
  for (const [path, entry] of Object.entries(locked)) {
    if (path === '') continue;
    const there = installed[path];
    const mayBeAbsent = entry.optional || entry.devOptional || entry.peer;
    if (there ? there.version !== entry.version : !mayBeAbsent) return false;
    if (there && !existsSync(inRoot(path))) return false;
  }
  return Object.keys(installed).every((path) => path in locked);
}

/** Gives up within half a minute when the registry doesn't answer. */
export const retries = [
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=8000',
];

/** Runs the npm that started this process, or the one on PATH. */
export function npm(args) {
  const parent = process.env.npm_execpath;
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 };
  if (parent && /npm-cli\.c?js$/.test(parent) && existsSync(parent)) {
    return spawnSync(process.execPath, [parent, ...args], options);
  }
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

function explain(result) {
  if (result.error?.code === 'ENOENT') {
    return 'npm is not on the PATH. It comes with Node.js: https://nodejs.org.';
  }
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
  if (offlineSigns.test(output)) {
    const code = /npm error code (\S+)/.exec(output)?.[1] ?? 'no connection';
    return (
      `The dependencies could not be installed: npm did not reach its registry (${code}).\n` +
      'Vestibule needs the network once, to install the packages of package-lock.json. Check the connection (or the proxy:\n' +
      '"npm config get registry", "npm config get proxy"), then run the same command again.'
    );
  }
  if (/npm error code EUSAGE/.test(output)) {
    const cause = output.split('\n').filter((line) => /npm error (Missing|Invalid|.*in sync)/.test(line));
    return (
      `${cause.slice(0, 12).join('\n')}\n\nThe dependencies could not be installed: package.json and package-lock.json differ.\n` +
      'If you changed package.json, run "npm install" and commit both files.'
    );
  }
  const tail = lastLines(output, 15);
  return `${tail}\n\nThe dependencies could not be installed. To see everything npm says, run: npm ci --include=dev`;
}

/**
 * Runs `npm ci` unless node_modules matches package-lock.json. It always includes the development dependencies,
 * whatever NODE_ENV is, because the build needs them.
 */
export function installDependencies(NotReady) {
  const stamp = currentStamp();
  const found = readOr(stampFile);
  if (found === stamp) return;
  const sameNode = found === undefined || found.includes(` node${nodeMajor} `);
  if (sameNode && installedByHand()) {
    writeFileSync(stampFile, stamp);
    return;
  }
  const why = existsSync(inRoot('node_modules')) ? 'are not those of package-lock.json' : 'are missing';
  console.log(`The dependencies ${why}: installing them with npm ci …`);
  const startedAt = performance.now();
  const result = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=warn', ...retries]);
  if (result.error || result.status !== 0) throw new NotReady(explain(result));
  writeFileSync(stampFile, stamp);
  console.log(`The dependencies are installed (${seconds(startedAt)}).`);
}

/**
 * Installs the locked packages when they are missing or stale. package.json names those that a start and the build need;
 * test/package.json, a workspace, names those that only checks and tests need.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { neededBy } from './lock-file.mjs';
import { inRoot, lastLines, root, seconds } from './paths.mjs';

const stampFile = inRoot('node_modules/.vestibule-stamp');
const lockFile = inRoot('package-lock.json');
const offlineSigns =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|network request|cache mode is 'only-if-cached'/i;

const nodeMajor = process.versions.node.split('.')[0];

/** Identifies the lock file and the Node that the installed packages belong to, and whether those for tests are there. */
function stampOf(withTests) {
  const lock = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${lock} node${nodeMajor} ${process.platform}-${process.arch}${withTests ? '' : WITHOUT_TESTS}\n`;
}
const WITHOUT_TESTS = ' without tests';

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
function installedByHand(withTests) {
  const record = readOr(inRoot('node_modules/.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages ?? {};
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
  const { dependencies, devDependencies } = locked[''] ?? {};
  const forStart = neededBy(locked, Object.keys({ ...dependencies, ...devDependencies }));
  for (const [path, entry] of Object.entries(locked)) {
    const isPackage = path.startsWith('node_modules/') && !entry.link;
    if (!isPackage || !(withTests || forStart.has(path))) continue;
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
 * Runs npm unless node_modules matches package-lock.json. With `withTests` false, the packages that only checks and tests
 * need aren't installed; they stay where they already were. The development dependencies are always included, whatever
 * NODE_ENV is, because the build needs them.
 */
export function installDependencies(NotReady, { withTests }) {
  const found = readOr(stampFile);
  if (found === stampOf(true) || (found === stampOf(false) && !withTests)) return;
  const sameNode = found === undefined || found.includes(` node${nodeMajor} `);
  for (const set of withTests ? [true] : [true, false]) {
    if (!sameNode || !installedByHand(set)) continue;
    writeFileSync(stampFile, stampOf(set));
    return;
  }
  if (found === stampOf(false)) {
    // `npm ci` would begin by removing node_modules, from which a server may be running.
    install(NotReady, 'The packages for checks and tests', ['install', '--no-save']);
    writeFileSync(stampFile, stampOf(true));
    return;
  }
  const all = withTests || (found !== undefined && !found.includes(WITHOUT_TESTS));
  const why = existsSync(inRoot('node_modules')) ? 'are not those of package-lock.json' : 'are missing';
  console.log(`The dependencies ${why}.`);
  install(NotReady, 'The dependencies', all ? ['ci'] : ['ci', '--workspaces=false']);
  writeFileSync(stampFile, stampOf(all));
}

function install(NotReady, what, command) {
  console.log(`Running npm ${command.join(' ')} …`);
  const startedAt = performance.now();
  const result = npm([...command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=warn', ...retries]);
  if (result.error || result.status !== 0) throw new NotReady(explain(result));
  console.log(`${what} are installed (${seconds(startedAt)}).`);
}

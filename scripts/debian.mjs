/** The Debian packages that the tests use: installed when allowed, otherwise listed for the user. */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { inRoot, lastLines, seconds } from './paths.mjs';

const PHP = '/usr/bin/php';
const SIMPLESAMLPHP = 'simplesamlphp';
const NGINX = 'nginx';
const CADDY = 'caddy';
const HAPROXY = 'haproxy';
/** The folder of packages that are unpacked and not installed. */
const unpacked = inRoot('node_modules/.cache/debian');

/** The packages of the conformance tests, each with a check whether it is there. */
const conformancePackages = [
  { name: 'xmlsec1', there: () => onPath('xmlsec1') },
  { name: 'libxml2-utils', there: () => onPath('xmllint') },
  { name: 'zsh', there: () => onPath('zsh') },
  { name: 'oathtool', there: () => onPath('oathtool') },
  {
    name: 'python3-pysaml2',
    there: () => existsSync('/usr/lib/python3/dist-packages/saml2') || pythonHasSaml2(),
  },
  // Apache's program without its service, which the package apache2 would start on port 80.
  { name: 'apache2-bin', there: () => existsSync('/usr/sbin/apache2') },
  {
    name: 'libapache2-mod-auth-mellon',
    there: () => existsSync('/usr/lib/apache2/modules/mod_auth_mellon.so'),
  },
  { name: 'php-cli', there: () => isProgram(PHP) },
  { name: 'php-xml', there: () => isProgram(PHP) && phpHasXml() },
  // Without PHP, the files of SimpleSAMLphp are useless.
  {
    name: SIMPLESAMLPHP,
    there: () => simpleSamlPhpFolder() !== undefined,
    unpack: true,
    useful: () => isProgram(PHP),
  },
  { name: NGINX, there: () => nginxProgram() !== undefined, unpack: true },
  { name: HAPROXY, there: () => haproxyProgram() !== undefined, unpack: true },
  { name: CADDY, there: () => caddyProgram() !== undefined, unpack: true },
];

/** Whether a file is executable. */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a program, or undefined. */
export function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isProgram);
}

function pythonHasSaml2() {
  return (
    onPath('python3') !== undefined &&
    spawnSync('python3', ['-c', 'import saml2'], { stdio: 'ignore' }).status === 0
  );
}

function phpHasXml() {
  const script = 'exit(class_exists("DOMDocument") ? 0 : 1);';
  return spawnSync(PHP, ['-r', script], { stdio: 'ignore' }).status === 0;
}

/** The folder of SimpleSAMLphp, whether it is installed or unpacked by `npm test`. */
export function simpleSamlPhpFolder() {
  const folders = ['/usr/share/simplesamlphp', join(unpacked, SIMPLESAMLPHP, 'usr/share/simplesamlphp')];
  return folders.find((folder) => existsSync(join(folder, 'lib/_autoload.php')));
}

/** The path of nginx, whether it is installed or unpacked by `npm test`; undefined when it can't run. */
export function nginxProgram() {
  return sbinProgram(NGINX);
}

/** The path of HAProxy, whether it is installed or unpacked by `npm test`; undefined when it can't run. */
export function haproxyProgram() {
  return sbinProgram(HAPROXY);
}

function sbinProgram(name) {
  const files = [join('/usr/sbin', name), join(unpacked, name, 'usr/sbin', name)];
  // An unpacked program needs libraries that most machines have, but not all.
  return files.find((file) => isProgram(file) && spawnSync(file, ['-v'], { stdio: 'ignore' }).status === 0);
}

/** The path of Caddy, whether it is installed or unpacked by `npm test`; undefined when it isn't there. */
export function caddyProgram() {
  return ['/usr/bin/caddy', join(unpacked, CADDY, 'usr/bin/caddy')].find(isProgram);
}

const isDebian = () => existsSync('/etc/debian_version') && onPath('apt-get') !== undefined;

/** Whether this process may install Debian packages: it runs as root, and there is apt-get. */
export const canInstall = () => process.getuid?.() === 0 && isDebian();

function aptGet(args, options = {}) {
  return spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::http::Timeout=30', ...args], {
    ...options,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
}

/** Installs packages with apt-get and logs it. `{ok: false, reason}` has the end of apt-get's output. */
export function aptInstall(packages) {
  console.log(`Installing the Debian packages ${packages.join(' ')} with apt-get …`);
  const startedAt = performance.now();
  // A fresh machine or image has no package lists yet. If this fails, the installation fails too, and reports it.
  aptGet(['-q', 'update']);
  const result = aptGet(['-q', '-y', '--no-install-recommends', 'install', ...packages]);
  if (result.status !== 0) return refused(result);
  console.log(`Installed ${packages.join(' ')} (${seconds(startedAt)}).`);
  return { ok: true };
}

const refused = (result) => ({
  ok: false,
  reason: lastLines(`${result.stdout ?? ''}${result.stderr ?? result.error?.message ?? ''}`, 8),
});

/**
 * Unpacks a package without installing it: nginx, Caddy, HAProxy, and the web server that simplesamlphp depends on, would start as
 * services. We only need the files.
 */
function unpackPackage(name) {
  mkdirSync(unpacked, { recursive: true });
  const folder = mkdtempSync(join(unpacked, 'new-'));
  try {
    const download = () => aptGet(['-q', 'download', name], { cwd: folder });
    let result = download();
    // An image without package lists doesn't know the package yet.
    if (result.status !== 0 && canInstall() && aptGet(['-q', 'update']).status === 0) result = download();
    const file = readdirSync(folder).find((each) => each.endsWith('.deb'));
    if (file === undefined) return refused(result);
    const unpack = spawnSync('dpkg-deb', ['-x', join(folder, file), join(folder, name)], {
      encoding: 'utf8',
    });
    if (unpack.status !== 0) return refused(unpack);
    rmSync(join(unpacked, name), { recursive: true, force: true });
    // Renamed at the end, so that another process never sees half of the package.
    renameSync(join(folder, name), join(unpacked, name));
    console.log(`Unpacked the Debian package ${name} into node_modules/.cache.`);
    return { ok: true };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** apt-get installs all packages or none, so if that fails each is tried alone: a distribution may lack one of them. */
function installTogetherOrEach(names) {
  if (names.length === 0) return [];
  const together = aptInstall(names);
  return together.ok || names.length === 1 ? [together] : names.map((name) => aptInstall([name]));
}

/**
 * Installs the service providers' programs that the conformance tests use. A missing program is not an error: the tests
 * that need it are reported as skipped, and this only says what is missing and how to install it.
 */
export function installForConformance() {
  const missing = () => conformancePackages.filter(({ there }) => !there());
  const names = (packages) => packages.map(({ name }) => name);
  const tries = [];
  if (canInstall()) tries.push(...installTogetherOrEach(names(missing().filter(({ unpack }) => !unpack))));
  // Unpacking needs no permission.
  if (isDebian()) {
    const useful = missing().filter((each) => each.unpack && (each.useful?.() ?? true));
    tries.push(...names(useful).map(unpackPackage));
  }
  for (const { ok, reason } of tries) if (!ok) console.log(`apt-get failed:\n${reason}`);
  if (missing().length === 0) return;
  console.log(`Not installed: ${names(missing()).join(', ')}. The tests that need them are skipped.`);
  const byHand = names(missing().filter(({ unpack }) => !unpack));
  if (byHand.length > 0) console.log(`On Debian or Ubuntu:\n  sudo apt-get install ${byHand.join(' ')}`);
}

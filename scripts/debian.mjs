/** Debian packages: what the tests use of the system, installed when we may, and named when we may not. */
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
/** Packages that are unpacked here and not installed. */
const unpacked = inRoot('node_modules/.cache/debian');

/** What the conformance tests use, with the file that tells whether it is there. */
const conformancePackages = [
  { name: 'xmlsec1', there: () => onPath('xmlsec1') },
  { name: 'libxml2-utils', there: () => onPath('xmllint') },
  { name: 'oathtool', there: () => onPath('oathtool') },
  {
    name: 'python3-pysaml2',
    there: () => existsSync('/usr/lib/python3/dist-packages/saml2') || pythonHasSaml2(),
  },
  // Apache's program without the service: that is the package apache2, which would take port 80.
  { name: 'apache2-bin', there: () => existsSync('/usr/sbin/apache2') },
  {
    name: 'libapache2-mod-auth-mellon',
    there: () => existsSync('/usr/lib/apache2/modules/mod_auth_mellon.so'),
  },
  { name: 'php-cli', there: () => isProgram(PHP) },
  { name: 'php-xml', there: () => isProgram(PHP) && phpHasXml() },
  { name: SIMPLESAMLPHP, there: () => simpleSamlPhpFolder() !== undefined, unpack: true },
];

/** Whether a file can be run. */
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

/** Where SimpleSAMLphp is: installed, or unpacked by `npm test`. */
export function simpleSamlPhpFolder() {
  const folders = ['/usr/share/simplesamlphp', join(unpacked, SIMPLESAMLPHP, 'usr/share/simplesamlphp')];
  return folders.find((folder) => existsSync(join(folder, 'lib/_autoload.php')));
}

const isDebian = () => existsSync('/etc/debian_version') && onPath('apt-get') !== undefined;

/** Whether this process may install Debian packages: as root, where apt-get is. */
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

/** Installs packages with apt-get, saying so. `{ok: false, reason}` holds the end of what apt-get said. */
export function aptInstall(packages) {
  console.log(`Installing the Debian packages ${packages.join(' ')} with apt-get …`);
  const startedAt = performance.now();
  // A fresh machine or image has no package lists yet; a failure here shows in the installation.
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
 * Unpacks a package without installing it: simplesamlphp depends on a web server, and each of those is a service that
 * begins to listen. Its files are all that we need.
 */
function unpackPackage(name) {
  mkdirSync(unpacked, { recursive: true });
  const folder = mkdtempSync(join(unpacked, 'new-'));
  try {
    const download = () => aptGet(['-q', 'download', name], { cwd: folder });
    let result = download();
    // An image whose package lists were cleared away has nothing to find it by.
    if (result.status !== 0 && canInstall() && aptGet(['-q', 'update']).status === 0) result = download();
    const file = readdirSync(folder).find((each) => each.endsWith('.deb'));
    if (file === undefined) return refused(result);
    const unpack = spawnSync('dpkg-deb', ['-x', join(folder, file), join(folder, name)], {
      encoding: 'utf8',
    });
    if (unpack.status !== 0) return refused(unpack);
    rmSync(join(unpacked, name), { recursive: true, force: true });
    // Whole or not at all: whoever looks meanwhile finds nothing yet.
    renameSync(join(folder, name), join(unpacked, name));
    console.log(`Unpacked the Debian package ${name} into node_modules/.cache.`);
    return { ok: true };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** apt-get installs all or nothing: one package that a distribution doesn't have must not keep out the others. */
function installTogetherOrEach(names) {
  if (names.length === 0) return [];
  const together = aptInstall(names);
  return together.ok || names.length === 1 ? [together] : names.map((name) => aptInstall([name]));
}

/**
 * Sees to the programs of service providers that we test against. Going without is no fault: the tests that need them
 * are skipped aloud, so this only says what is missing and how to get it.
 */
export function installForConformance() {
  const missing = () => conformancePackages.filter(({ there }) => !there());
  const names = (packages) => packages.map(({ name }) => name);
  const tries = [];
  if (canInstall()) tries.push(...installTogetherOrEach(names(missing().filter(({ unpack }) => !unpack))));
  // Unpacking takes nobody's leave; without PHP there is nothing to unpack it for.
  if (isDebian() && isProgram(PHP)) {
    tries.push(...names(missing().filter(({ unpack }) => unpack)).map(unpackPackage));
  }
  for (const { ok, reason } of tries) if (!ok) console.log(`apt-get could not do that:\n${reason}`);
  if (missing().length === 0) return;
  console.log(`Not installed: ${names(missing()).join(', ')}. The tests that need them are skipped.`);
  const byHand = names(missing().filter(({ unpack }) => !unpack));
  if (byHand.length > 0) console.log(`On Debian or Ubuntu:\n  sudo apt-get install ${byHand.join(' ')}`);
}

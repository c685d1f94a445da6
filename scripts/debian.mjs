/** Debian packages: what the tests use of the system, installed when we may, and named when we may not. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { lastLines, seconds } from './paths.mjs';

/** What the conformance tests use, with the file that tells whether it is there. */
const conformancePackages = [
  { name: 'xmlsec1', there: () => onPath('xmlsec1') },
  { name: 'libxml2-utils', there: () => onPath('xmllint') },
  { name: 'oathtool', there: () => onPath('oathtool') },
  {
    name: 'python3-pysaml2',
    there: () => existsSync('/usr/lib/python3/dist-packages/saml2') || pythonHasSaml2(),
  },
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

/** Whether this process may install Debian packages: as root, where apt-get is. */
export const canInstall = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== undefined;

function aptGet(args) {
  return spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::http::Timeout=30', ...args], {
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
  if (result.status !== 0) {
    return {
      ok: false,
      reason: lastLines(`${result.stdout ?? ''}${result.stderr ?? result.error?.message ?? ''}`, 8),
    };
  }
  console.log(`Installed ${packages.join(' ')} (${seconds(startedAt)}).`);
  return { ok: true };
}

/**
 * Sees to the programs of service providers that we test against. Going without is no fault: the tests that need them
 * are skipped aloud, so this only says what is missing and how to get it.
 */
export function installForConformance() {
  const missing = conformancePackages.filter(({ there }) => !there()).map(({ name }) => name);
  if (missing.length === 0) return;
  if (canInstall()) {
    const result = aptInstall(missing);
    if (result.ok) return;
    console.log(`apt-get could not install them:\n${result.reason}`);
  }
  console.log(
    `Not installed: ${missing.join(', ')}. The tests that need them are skipped. On Debian or Ubuntu:\n` +
      `  sudo apt-get install ${missing.join(' ')}`,
  );
}

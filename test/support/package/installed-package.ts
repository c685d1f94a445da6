import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');

/** Packs the build as it is, and installs it into `node_modules` of a folder without downloading. Returns its folder. */
export async function installPackage(folder: string): Promise<string> {
  const packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
  const installed = join(folder, 'node_modules', 'vestibule-idp');
  mkdirSync(installed, { recursive: true });
  const archive = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
  await run('tar', ['-xzf', archive, '-C', installed, '--strip-components=1']);
  // The packages that npm would install with it.
  for (const name of installedPackages()) {
    const link = join(installed, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
  return installed;
}

/** The top-level packages that npm installs without development dependencies, by the lock file. */
function installedPackages(): string[] {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { dev?: boolean; link?: boolean }> }; // npm's own file
  return Object.entries(packages).flatMap(([path, { dev, link }]) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    return name === undefined || dev === true || link === true ? [] : [name];
  });
}

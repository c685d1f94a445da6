import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { neededBy } from '../../../scripts/lock-file.mjs';

const ROOT = join(import.meta.dirname, '../../..');

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Parameters<typeof neededBy>[0]; // npm's own file
};

/** The bytes of a folder's files, without packages inside it. */
function sizeOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) bytes += statSync(path).size;
    else if (entry.isDirectory() && entry.name !== 'node_modules') bytes += sizeOf(path);
  }
  return bytes;
}

/** The size of an installed package. 0 for one of another platform, which isn't installed. */
function sizeOfPackage(path: string): number {
  const folder = statSync(join(ROOT, path), { throwIfNoEntry: false });
  return folder === undefined ? 0 : sizeOf(join(ROOT, path));
}

describe('the packages that npm start installs', () => {
  const { dependencies, devDependencies } = packages[''] ?? {};
  const needed = [...neededBy(packages, Object.keys({ ...dependencies, ...devDependencies }))];

  it('contain no tool for checks and tests', () => {
    const tools = Object.keys(packages['test']?.devDependencies ?? {});
    assert.ok(tools.length > 20, tools.join());
    // @types/node is a dependency of packages that a start needs.
    const paths = tools.filter((name) => name !== '@types/node').map((name) => `node_modules/${name}`);
    assert.deepEqual(
      paths.filter((path) => needed.includes(path)),
      [],
    );
  });

  it('take at most 150 MB', () => {
    const bytes = needed.reduce((sum, path) => sum + sizeOfPackage(path), 0);
    assert.ok(bytes > 50e6 && bytes < 150e6, `${Math.round(bytes / 1e6)} MB`);
  });
});

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_PICTURE_BYTES, README_PICTURES } from '../../support/pages/readme-pictures.ts';

const root = join(import.meta.dirname, '../../..');
const PICTURE = /!\[(?<alt>[^\]]*)\]\((?<path>[^)]+)\)/g;

describe('the pictures of README', () => {
  const shown = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(PICTURE)].map(({ groups }) => ({
    alt: groups?.['alt'] ?? '',
    path: groups?.['path'] ?? '',
  }));

  it('are those that `npm run screenshots -- --readme` takes', () => {
    const taken = Object.keys(README_PICTURES).map((name) => `docs/images/${name}.png`);
    assert.deepEqual(shown.map(({ path }) => path).sort(), taken.sort());
  });

  it('say in words what they show', () => {
    for (const { alt, path } of shown) assert.ok(alt.split(' ').length >= 5, `${path}: “${alt}”`);
  });

  for (const [name, { width, height }] of Object.entries(README_PICTURES))
    it(`${name}.png is in the repository, small, and of the size that the script takes`, () => {
      const path = join(root, 'docs/images', `${name}.png`);
      assert.ok(statSync(path).size <= MAX_PICTURE_BYTES);
      // Width and height are the first fields of the header (PNG, third edition, §11.2.1).
      const png = readFileSync(path);
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [width, height]);
    });
});

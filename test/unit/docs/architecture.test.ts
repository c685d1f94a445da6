import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

const foldersOf = (path: string) =>
  readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe('the page about the architecture', () => {
  const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `src\/([\w-]+)`.*$/gm)].map(([row = '', layer = '']) => ({
    layer,
    row,
  }));

  it('lists the layers of src/ in the order that the lint rules enforce', () => {
    const layers = rows.map(({ layer }) => layer);
    const rules = readFileSync(join(ROOT, '.dependency-cruiser.mjs'), 'utf8');
    const [, list = ''] = /^const layers = \[(.*?)\];/ms.exec(rules) ?? [];
    assert.deepEqual(
      layers,
      [...list.matchAll(/'([\w-]+)'/g)].map(([, layer]) => layer),
    );
    assert.deepEqual(layers.toSorted(), foldersOf('src').toSorted());
  });

  it('names every folder of each layer', () => {
    for (const { layer, row } of rows) {
      const named = [...(row.split('|')[3] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
      assert.deepEqual(named.toSorted(), foldersOf(`src/${layer}`).toSorted(), layer);
    }
  });
});

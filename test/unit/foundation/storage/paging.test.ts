import assert from 'node:assert/strict';
import { readCursor, toPage } from '../../../../src/foundation/storage/paging.ts';
import { failsWith } from '../../../support/basics/failures.ts';

describe('pages', () => {
  const page = (rows: string[], limit: number) =>
    toPage(
      rows,
      limit,
      (row) => [row, 7],
      (row) => row.toUpperCase(),
    );

  it('end without a cursor when there are no more items', () => {
    assert.deepEqual(page([], 2), { items: [], cursor: null });
    assert.deepEqual(page(['a', 'b'], 2), { items: ['A', 'B'], cursor: null });
  });

  it('end with the key of their last item when the query returned one row more', () => {
    const { items, cursor } = page(['a', 'Zoë 😀', 'c'], 2);
    assert.deepEqual(items, ['A', 'ZOË 😀']);
    assert.ok(cursor);
    assert.match(cursor, /^[\w-]+$/);
    assert.deepEqual(readCursor(cursor, 'string', 'number'), ['Zoë 😀', 7]);
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const strange = [
    ...['', 'x', '%', encode(null), encode('a'), encode({ length: 1, 0: 'a' })],
    ...[encode([]), encode([7]), encode(['a', 'b']), encode([null]), encode([['a']])],
  ];
  for (const cursor of strange) {
    it(`refuse the cursor ${JSON.stringify(cursor)}, which no page returned`, () => {
      assert.throws(() => readCursor(cursor, 'string'), failsWith('ValidationException', 'cursor'));
    });
  }
});

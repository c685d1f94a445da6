import assert from 'node:assert/strict';
import { searchKey, searchWords } from '../../../../src/domain/directory/search-key.ts';

describe('the text in which users are searched', () => {
  it('has each name once', () => {
    const user = { userName: 'Ana@example.com', email: 'ana@example.com', displayName: 'Ana Souza' };
    assert.equal(searchKey(user), 'ana@example.com ana souza');
  });

  it('is cut between characters when it is too long for an index', () => {
    for (const displayName of ['é'.repeat(1024), `x${'é'.repeat(1023)}`, '𠀀'.repeat(512)]) {
      const key = searchKey({ userName: 'ana', email: 'a@x', displayName });
      assert.ok(Buffer.byteLength(key) <= 1400);
      assert.doesNotMatch(key, /\uFFFD/);
    }
  });
});

describe('the words of a search', () => {
  const cases: [search: string, words: string[]][] = [
    ['', []],
    [' \t\u00A0\0 ', []],
    ['Ana  SOUZA ana', ['ana', 'souza']],
    ['a\0b', ['a', 'b']],
    ['1 2 3 4 5 6 7 8 9', ['1', '2', '3', '4', '5', '6', '7', '8']],
    [`${'a'.repeat(200)}b`, ['a'.repeat(200)]],
  ];
  for (const [search, words] of cases) {
    it(`are ${JSON.stringify(words).slice(0, 50)} in ${JSON.stringify(search).slice(0, 50)}`, () => {
      assert.deepEqual(searchWords(search), words);
    });
  }
});

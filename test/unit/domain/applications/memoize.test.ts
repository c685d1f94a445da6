import assert from 'node:assert/strict';
import { memoizeByText } from '../../../../src/domain/applications/memoize.ts';

describe('memoizeByText', () => {
  it('computes a value once', () => {
    const made: string[] = [];
    const parse = memoizeByText(10, (text) => made.push(text));
    assert.deepEqual([parse('a'), parse('b'), parse('a')], [1, 2, 1]);
    assert.deepEqual(made, ['a', 'b']);
  });

  it('keeps no more values than its limit', () => {
    const made: string[] = [];
    const parse = memoizeByText(2, (text) => made.push(text));
    for (const text of ['a', 'b', 'c', 'c', 'b', 'a']) parse(text);
    assert.deepEqual(made, ['a', 'b', 'c', 'a']);
  });

  it('remembers no failure', () => {
    const parse = memoizeByText(2, (text) => JSON.parse(text) as unknown);
    assert.throws(() => parse('{'));
    assert.throws(() => parse('{'));
  });
});

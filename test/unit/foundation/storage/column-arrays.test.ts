import assert from 'node:assert/strict';
import { toColumnArray } from '../../../../src/foundation/storage/column-arrays.ts';

// test/contract/foundation/storage/insert-rows.test.ts tests how PostgreSQL reads them.
describe('arrays of a column', () => {
  it('have the type of their values', () => {
    assert.equal(toColumnArray(['a', null]).type, 'text');
    assert.equal(toColumnArray([null, 1]).type, 'bigint');
    assert.equal(toColumnArray([null, null]).type, undefined);
  });

  it('take no more space than their values need', () => {
    assert.equal(toColumnArray(['é', null]).bytes.length, 20 + (4 + 2) + 4);
    assert.equal(toColumnArray([1, -1]).bytes.length, 20 + 2 * (4 + 8));
  });

  it('refuse values that PostgreSQL would misread', () => {
    assert.throws(() => toColumnArray(['a', 1]), /A column of texts has a number\./);
    assert.throws(() => toColumnArray([1, 'a']), /A column of whole numbers has a string\./);
    assert.throws(() => toColumnArray([1, 1.5]), /A column of whole numbers has 1\.5\./);
    assert.throws(() => toColumnArray([1, 2 ** 53]), /A column of whole numbers has 9007199254740992\./);
    assert.throws(() => toColumnArray([true]), /A column of texts has a boolean\./);
  });
});

import assert from 'node:assert/strict';
import { nameKey } from '../../../../src/domain/directory/name-key.ts';

describe('the key of a name', () => {
  const same: [string, string][] = [
    ['Ana@Example.COM', 'ana@example.com'],
    ['ZO\u00CB', 'zoe\u0308'],
    ['ﬁn', 'FIN'],
    ['１２', '12'],
    ['ΣΑΣ', 'σας'],
    ['ϔΌ', 'ϋό'],
  ];
  for (const [one, other] of same) {
    it(`is the same for ${one} and ${other}`, () => {
      assert.equal(nameKey(one), nameKey(other));
    });
  }

  const different: [string, string][] = [
    ['ana', 'aná'],
    ['ana', 'ana '],
    ['a-b', 'ab'],
  ];
  for (const [one, other] of different) {
    it(`differs for ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
      assert.notEqual(nameKey(one), nameKey(other));
    });
  }

  it('is the key of itself, for every letter, so that a stored name is found again', () => {
    for (let code = 0; code < 0x1f000; code += 1) {
      // The range between holds ideographs, syllables and surrogates, none of which has another case.
      if (code === 0x3400) code = 0xf900;
      const key = nameKey(`a${String.fromCodePoint(code)}\u0301`);
      if (nameKey(key) !== key) assert.fail(`U+${code.toString(16)}`);
    }
  });
});

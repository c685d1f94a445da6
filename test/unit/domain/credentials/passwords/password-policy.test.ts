import assert from 'node:assert/strict';
import { checkPassword } from '../../../../../src/domain/credentials/passwords/password-policy.ts';

const faultsOf = (password: string) => {
  const verdict = checkPassword(password);
  return verdict.ok ? [] : verdict.faults;
};

describe('password policy', () => {
  for (const password of ['aB3-5678', 'correct-Horse-7', `aB3-${'x'.repeat(60)}`, 'aB3-äöüß', 'aB3 -long']) {
    it(`accepts ${password}`, () => {
      assert.deepEqual(checkPassword(password), { ok: true });
    });
  }

  const wrong: [string, RegExp][] = [
    ['aB3-567', /8 to 64 characters/],
    [`aB3-${'x'.repeat(61)}`, /8 to 64 characters/],
    ['AB3-5678', /lowercase/],
    ['ab3-5678', /uppercase/],
    ['aBc-efgh', /number/],
    ['aB345678', /non-alphanumeric/],
    // Letters of other alphabets count as none of the four kinds.
    ['äB3-5678', /lowercase/],
    ['aÄ3-5678', /uppercase/],
    ['aB٣-dcba', /number/],
    ['aB3ß5678', /non-alphanumeric/],
    // A space isn't in the guide's list.
    ['aB3 5678', /non-alphanumeric/],
  ];
  for (const [password, fault] of wrong) {
    it(`refuses ${password}`, () => {
      const [only, ...others] = faultsOf(password);
      assert.match(only ?? '', fault);
      assert.deepEqual(others, []);
    });
  }

  it('names every rule that is broken', () => {
    assert.equal(faultsOf('').length, 5);
  });

  it('counts characters as people do', () => {
    assert.deepEqual(faultsOf('aB3-😀😀😀'), ['Passwords must have 8 to 64 characters.']);
    assert.deepEqual(faultsOf('aB3-😀😀😀😀'), []);
  });

  for (const character of '~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/') {
    it(`counts ${character} as non-alphanumeric`, () => {
      assert.deepEqual(faultsOf(`aB345678${character}`), []);
    });
  }
});

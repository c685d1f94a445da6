import assert from 'node:assert/strict';
import fc from 'fast-check';
import { generateOneTimePassword } from '../../../../../src/domain/credentials/passwords/one-time-password.ts';
import { checkPassword } from '../../../../../src/domain/credentials/passwords/password-policy.ts';
import { derivedIds, randomIds } from '../../../../../src/foundation/platform/ids.ts';

describe('one-time passwords', () => {
  it('satisfy the policy for any random numbers, and have no characters that look alike', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const password = generateOneTimePassword(derivedIds(seed));
        assert.deepEqual(checkPassword(password), { ok: true });
        assert.match(password, /^[A-Z][a-z][2-9]\w-\w{4}-\w{4}$/);
        assert.doesNotMatch(password, /[ilo01IO]/);
      }),
    );
  });

  it('are different each time', () => {
    const made = new Set(Array.from({ length: 1000 }, () => generateOneTimePassword(randomIds)));
    assert.equal(made.size, 1000);
  });
});

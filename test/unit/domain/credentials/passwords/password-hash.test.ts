import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatPasswordHash,
  parsePasswordHash,
} from '../../../../../src/domain/credentials/passwords/password-hash.ts';

describe('the text of a password hash', () => {
  const bytes = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

  it('is read back as it was written', () => {
    const hashes = fc.record({ cost: fc.integer({ min: 4, max: 20 }), salt: bytes(16), key: bytes(32) });
    fc.assert(
      fc.property(hashes, (hash) => {
        assert.deepEqual(parsePasswordHash(formatPasswordHash(hash)), { ...hash });
      }),
    );
  });

  const [salt, key] = ['A'.repeat(22), 'A'.repeat(43)];
  const wrong = [
    '',
    'correct-Horse-7',
    // An attack: a file that makes the next sign-in allocate a terabyte of memory.
    `$scrypt$ln=30,r=8,p=1$${salt}$${key}`,
    `$scrypt$ln=21,r=8,p=1$${salt}$${key}`,
    `$scrypt$ln=3,r=8,p=1$${salt}$${key}`,
    `$scrypt$ln=15,r=800,p=1$${salt}$${key}`,
    `$scrypt$ln=15,r=8,p=99$${salt}$${key}`,
    `$scrypt$ln=15,r=8,p=1$$${key}`,
    `$scrypt$ln=15,r=8,p=1$${salt}$`,
    `$scrypt$ln=15,r=8,p=1$${salt}$${key}=`,
    `$scrypt$ln=15,r=8,p=1$${salt}$${key}\n`,
    `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${key}`,
  ];
  for (const text of wrong) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(parsePasswordHash(text), undefined);
    });
  }
});

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { parsePasswordHash } from '../../../../../src/domain/credentials/passwords/password-hash.ts';
import {
  hashPassword,
  needsRehash,
  verifyPassword,
} from '../../../../../src/domain/credentials/passwords/password.ts';

const COST = 4;

describe('passwords', () => {
  it('are hashed by scrypt into a text that names its parameters', async () => {
    const hash = await hashPassword('correct-Horse-7', COST);
    assert.match(hash, /^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    const parsed = parsePasswordHash(hash);
    assert.ok(parsed);
    assert.deepEqual(
      crypto.scryptSync('correct-Horse-7', parsed.salt, 32, { N: 16, r: 8, p: 1 }),
      parsed.key,
    );
  });

  it('have a salt each', async () => {
    const hashes = [await hashPassword('correct-Horse-7', COST), await hashPassword('correct-Horse-7', COST)];
    assert.notEqual(hashes[0], hashes[1]);
  });

  it('are verified with regard to case', async () => {
    const hash = await hashPassword('correct-Horse-7', COST);
    assert.equal(await verifyPassword('correct-Horse-7', hash, COST), true);
    assert.equal(await verifyPassword('correct-horse-7', hash, COST), false);
    assert.equal(await verifyPassword('correct-Horse-7 ', hash, COST), false);
    assert.equal(await verifyPassword('', hash, COST), false);
  });

  it('are the same however a keyboard composes their characters', async () => {
    const hash = await hashPassword('Zo\u00EB-12345', COST);
    assert.equal(await verifyPassword('Zoe\u0308-12345', hash, COST), true);
  });

  it('are wrong when there is no hash, even the input of the decoy', async () => {
    for (const password of ['', 'correct-Horse-7', '\u0000'.repeat(32)]) {
      assert.equal(await verifyPassword(password, undefined, COST), false);
      assert.equal(await verifyPassword(password, 'not a hash', COST), false);
    }
  });

  it('are wrong when they are longer than 256 characters, even if they begin correctly', async () => {
    const longest = 'x'.repeat(256);
    const hash = await hashPassword(longest, COST);
    assert.equal(await verifyPassword(longest, hash, COST), true);
    assert.equal(await verifyPassword(`${longest}x`, hash, COST), false);
    await assert.rejects(hashPassword(`${longest}x`, COST), RangeError);
  });

  it('are verified at the cost that they were hashed with', async () => {
    const hash = await hashPassword('correct-Horse-7', 5);
    assert.equal(await verifyPassword('correct-Horse-7', hash, COST), true);
    assert.deepEqual([needsRehash(hash, COST), needsRehash(hash, 5)], [true, false]);
    assert.equal(needsRehash('not a hash', COST), true);
  });

  it('are hashed at every cost that the settings allow, within the memory limit', async () => {
    for (const cost of [4, 10, 14, 15]) {
      assert.equal(await verifyPassword('x', await hashPassword('x', cost), cost), true);
    }
  });
});

describe('the cost of a password check (an attack: learning from the time which users exist)', () => {
  const original = crypto.scrypt;
  let hashes: { N: number | undefined; characters: number }[] = [];
  beforeEach(() => {
    hashes = [];
    // The test counts the work instead of measuring time, which would test the machine.
    const counted = (...args: Parameters<typeof crypto.scrypt>) => {
      hashes.push({ N: args[3].N, characters: (args[0] as string).length });
      original(...args);
    };
    crypto.scrypt = counted as typeof crypto.scrypt;
    syncBuiltinESMExports();
  });
  afterEach(() => {
    crypto.scrypt = original;
    syncBuiltinESMExports();
  });

  it('is one hash of equal cost for a right, a wrong and no password, and for an unknown user', async () => {
    const stored = await hashPassword('correct-Horse-7', 6);
    for (const [password, against] of [
      ['correct-Horse-7', stored],
      ['battery-Staple-8', stored],
      ['', stored],
      ['correct-Horse-7', undefined],
      ['correct-Horse-7', 'not a hash'],
    ] as const) {
      hashes = [];
      await verifyPassword(password, against, 6);
      assert.deepEqual(hashes, [{ N: 64, characters: password.length }]);
    }
  });

  it('is bounded for a password of a megabyte', async () => {
    await verifyPassword('x'.repeat(1_000_000), undefined, COST);
    assert.deepEqual(hashes, [{ N: 16, characters: 256 }]);
  });
});

import assert from 'node:assert/strict';
import type { CachedKey, KeyCache } from '../../../../src/domain/certificates/key-cache.ts';
import { optionalKeyCache } from '../../../../src/domain/certificates/optional-key-cache.ts';
import { samlFixture } from '../../../support/saml/keys.ts';

const KEY: CachedKey = {
  privateKeyPem: samlFixture('idp-key.pem'),
  certificatePem: samlFixture('idp-cert.pem'),
};

describe('a key cache that need not work', () => {
  const refusing = (code: string): KeyCache => ({
    get: () => Promise.resolve(KEY),
    put: () => Promise.reject(Object.assign(new Error(`${code}: no`), { code })),
  });
  const warnings: string[] = [];
  const optional = (cache: KeyCache) =>
    optionalKeyCache(cache, { folder: '/srv/keys', warn: (sentence) => warnings.push(sentence) });
  beforeEach(() => warnings.splice(0));

  for (const [code, reason] of [
    ['EACCES', 'this user may not write there'],
    ['EPERM', 'it belongs to another user'],
    ['EROFS', 'its disk is read-only'],
    ['ENOSPC', 'its disk is full'],
    ['ENOTDIR', 'it is not a folder'],
    ['EIO', 'Error: EIO: no'],
  ] as const) {
    it(`goes on after ${code}, and says so once in a sentence`, async () => {
      const cache = optional(refusing(code));
      await cache.put('d-1 wiki', KEY);
      await cache.put('d-1 notes', KEY);
      assert.deepEqual(warnings, [
        `Keys can’t be kept in /srv/keys (${reason}), so applications have other certificates after a restart.`,
      ]);
      assert.deepEqual(await cache.get('d-1 wiki'), KEY);
    });
  }

  it('keeps keys where it can, and says nothing', async () => {
    const kept = new Map<string, CachedKey>();
    const cache = optional({
      get: (naturalKey) => Promise.resolve(kept.get(naturalKey)),
      put: (naturalKey, key) => Promise.resolve(void kept.set(naturalKey, key)),
    });
    await cache.put('d-1 wiki', KEY);
    assert.deepEqual(await cache.get('d-1 wiki'), KEY);
    assert.deepEqual(warnings, []);
  });
});

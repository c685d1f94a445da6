import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { CachedKey, KeyCache } from '../../../../src/domain/certificates/key-cache.ts';
import type { KeyPairPem } from '../../../../src/domain/certificates/key-pair.ts';
import { prepareCertificate, type PrepareOptions } from '../../../../src/domain/certificates/prepare.ts';
import type { DirectoryId } from '../../../../src/foundation/platform/ids.ts';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { countingIds } from '../../../support/basics/ids.ts';
import { fixedKeyPair } from '../../../support/saml/keys.ts';

const instance = { directoryId: 'd-1234567890' as DirectoryId };

function poolOf(...pairs: KeyPairPem[]) {
  let taken = 0;
  const take = () => {
    const pair = pairs[taken++];
    return pair ? Promise.resolve(pair) : Promise.reject(new Error('The pool is empty.'));
  };
  return { take, fill: () => undefined, prepare: () => undefined, close: () => undefined };
}

function memoryCache(): KeyCache & { keys: Map<string, CachedKey> } {
  const keys = new Map<string, CachedKey>();
  return {
    keys,
    get: (naturalKey) => Promise.resolve(keys.get(naturalKey)),
    put: (naturalKey, key) => Promise.resolve(void keys.set(naturalKey, key)),
  };
}

const prepare = (change: Partial<PrepareOptions>) =>
  prepareCertificate({
    instance,
    applicationKey: 'wiki',
    pool: poolOf(fixedKeyPair()),
    ids: countingIds(),
    at: START_AT,
    ...change,
  });

describe('preparing a certificate', () => {
  it('uses a key from the pool and issues a certificate for five years', async () => {
    const made = await prepare({});
    const certificate = new X509Certificate(made.certificatePem);
    assert.ok(certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem)));
    assert.match(certificate.subject, /CN=d-1234567890$/);
    assert.match(certificate.subject, /OU=wiki/);
    assert.equal(made.keySize, 2048);
    assert.equal(made.algorithm, 'SHA-256');
    assert.equal(made.notBeforeAt, START_AT);
    assert.equal(made.notAfterAt, Date.parse(certificate.validTo));
  });

  it('returns the cached certificate after a restart, equal in everything', async () => {
    const cache = memoryCache();
    const first = await prepare({ cache });
    assert.deepEqual([...cache.keys.keys()], ['d-1234567890 wiki']);
    const second = await prepare({ cache, pool: poolOf(), at: START_AT + 300 * DAY_MS });
    assert.deepEqual(second, first);
  });

  it('uses other keys for another application and another directory', async () => {
    const cache = memoryCache();
    await prepare({ cache });
    const other = await prepare({ cache, applicationKey: 'notes', pool: poolOf(fixedKeyPair('other')) });
    assert.equal(other.privateKeyPem, fixedKeyPair('other').privateKeyPem);
    const elsewhere = { directoryId: 'd-0987654321' as DirectoryId };
    const third = await prepare({ cache, instance: elsewhere, pool: poolOf(fixedKeyPair('sp')) });
    assert.equal(third.privateKeyPem, fixedKeyPair('sp').privateKeyPem);
  });

  it('replaces a cached certificate that has expired, and keeps one until its last second', async () => {
    const cache = memoryCache();
    const first = await prepare({ cache });
    assert.deepEqual(await prepare({ cache, pool: poolOf(), at: first.notAfterAt - 1 }), first);
    const second = await prepare({ cache, pool: poolOf(fixedKeyPair('other')), at: first.notAfterAt });
    assert.equal(second.notBeforeAt, first.notAfterAt);
    assert.deepEqual(await prepare({ cache, pool: poolOf(), at: first.notAfterAt }), second);
  });
});

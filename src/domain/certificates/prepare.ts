import { X509Certificate } from 'node:crypto';
import type { Instance } from '../organizations/organization.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Ids } from '../../foundation/platform/ids.ts';
import type { CertificateAlgorithm, KeySize, NewCertificate } from './certificate.ts';
import type { CachedKey, KeyCache } from './key-cache.ts';
import { generateKeyPair } from './key-pair.ts';
import type { KeyPool } from './key-pool.ts';
import { issueSelfSigned } from './self-signed.ts';

export interface PrepareOptions {
  readonly instance: Pick<Instance, 'directoryId'>;
  readonly applicationKey: string;
  /** Of 2048-bit keys, as the guide's certificates have by default. */
  readonly pool: KeyPool;
  /** Absent where the database keeps keys itself. */
  readonly cache?: KeyCache | undefined;
  readonly ids: Ids;
  /** Policy time: it decides about the validity of certificates. */
  readonly at: Instant;
}

/**
 * The key and certificate of an application that is about to be made: the cached ones, as long as they are valid, or new
 * ones for five years. Takes time, so it belongs before the transaction, never inside one.
 */
export async function prepareCertificate(options: PrepareOptions): Promise<NewCertificate> {
  const { instance, applicationKey, pool, cache, ids, at } = options;
  // Neither part has a space in it.
  const naturalKey = `${instance.directoryId} ${applicationKey}`;
  const cached = await cache?.get(naturalKey);
  const known = cached && describe(cached);
  if (known && at < known.notAfterAt) return known;

  const keyPair = await pool.take();
  const issued = await issueSelfSigned({
    keyPair,
    commonName: instance.directoryId,
    organizationalUnit: applicationKey,
    validFromAt: at,
    ids,
  });
  const { privateKeyPem } = keyPair;
  await cache?.put(naturalKey, { privateKeyPem, certificatePem: issued.certificatePem });
  return { ...issued, privateKeyPem, keySize: 2048, algorithm: 'SHA-256' };
}

export interface GenerateOptions extends Omit<PrepareOptions, 'cache'> {
  readonly keySize: KeySize;
  readonly algorithm: CertificateAlgorithm;
  /** Absent: five years. */
  readonly validityMonths?: number | undefined;
}

/**
 * A new key and certificate for an application that exists (guide, "Generate a new certificate"). It comes from no cache: a
 * rotation to what was there before would be none. Takes time, so it belongs before the transaction.
 */
export async function generateCertificate(options: GenerateOptions): Promise<NewCertificate> {
  const { instance, applicationKey, pool, ids, at, keySize, algorithm, validityMonths } = options;
  // The pool's keys have 2048 bits. Those of 1024 are made in 20 ms, and hardly ever.
  const keyPair = keySize === 2048 ? await pool.take() : await generateKeyPair(keySize);
  const issued = await issueSelfSigned({
    ...{ keyPair, algorithm, ids, validFromAt: at },
    commonName: instance.directoryId,
    organizationalUnit: applicationKey,
    ...(validityMonths !== undefined && { validityMonths }),
  });
  return { ...issued, privateKeyPem: keyPair.privateKeyPem, keySize, algorithm };
}

/** Only `prepareCertificate` puts keys into the cache, so all have one size and algorithm. */
function describe(cached: CachedKey): NewCertificate {
  const certificate = new X509Certificate(cached.certificatePem);
  return {
    ...cached,
    keySize: 2048,
    algorithm: 'SHA-256',
    notBeforeAt: Date.parse(certificate.validFrom),
    notAfterAt: Date.parse(certificate.validTo),
  };
}

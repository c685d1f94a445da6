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
  /** Generates keys of 2048 bits, the guide's default. */
  readonly pool: KeyPool;
  /** Absent if the database is persistent and keeps the keys itself. */
  readonly cache?: KeyCache | undefined;
  readonly ids: Ids;
  /** Policy time, which governs the validity of certificates. */
  readonly at: Instant;
}

/**
 * The key and certificate for a new application: the cached ones while they are valid, otherwise new ones,
 * valid for five years. Call it before the transaction, never inside, since it takes time.
 */
export async function prepareCertificate(options: PrepareOptions): Promise<NewCertificate> {
  const { instance, applicationKey, pool, cache, ids, at } = options;
  // Unambiguous: neither part can contain a space.
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
 * Generates a key and certificate for an existing application (guide, "Generate a new certificate"). Never
 * from the cache, since a rotation must bring a new key. Call it before the transaction, since it takes time.
 */
export async function generateCertificate(options: GenerateOptions): Promise<NewCertificate> {
  const { instance, applicationKey, pool, ids, at, keySize, algorithm, validityMonths } = options;
  // The pool's keys have 2048 bits. A 1024-bit key is rarely wanted and takes only 20 ms.
  const keyPair = keySize === 2048 ? await pool.take() : await generateKeyPair(keySize);
  const issued = await issueSelfSigned({
    ...{ keyPair, algorithm, ids, validFromAt: at },
    commonName: instance.directoryId,
    organizationalUnit: applicationKey,
    ...(validityMonths !== undefined && { validityMonths }),
  });
  return { ...issued, privateKeyPem: keyPair.privateKeyPem, keySize, algorithm };
}

/** All cached keys come from `prepareCertificate`, so the size and the algorithm are known. */
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

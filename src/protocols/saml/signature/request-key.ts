import type { KeyObject } from 'node:crypto';
import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { pemOfCertificate, publicKeyOf, readCertificate } from './certificate.ts';

/** The curves of ECDSA that we accept, by OpenSSL's names, with the octets of each of the two numbers of a signature. */
const CURVES: ReadonlyMap<string, number> = new Map([
  ['prime256v1', 32],
  ['secp384r1', 48],
  ['secp521r1', 66],
]);

/** What the certificate of a service provider is worth for verifying its requests. */
type KeyVerdict =
  | { readonly is: 'usable'; readonly key: KeyObject }
  /** An attacker could find out the private key, or make us work too much: nobody should register it. */
  | { readonly is: 'refused'; readonly why: string }
  /** Nothing is wrong with it, but its signatures can't be verified. */
  | { readonly is: 'unsupported'; readonly why: string };

/** The public key with which requests can be verified; undefined when the certificate has none. */
export function requestKeyOf(base64Der: string): KeyObject | undefined {
  const verdict = judgeKey(base64Der);
  return verdict.is === 'usable' ? verdict.key : undefined;
}

/** Why the signatures of a certificate's key can't be verified, as the rest of a sentence about the key. */
export function findUnsupportedKey(base64Der: string): string | undefined {
  const verdict = judgeKey(base64Der);
  return verdict.is === 'unsupported' ? verdict.why : undefined;
}

/**
 * Why a service provider's certificate can't be used to verify its requests, as a message; undefined when it can.
 * `maxBytes` limits its size in PEM.
 */
export function findCertificateFault(base64Der: string, maxBytes: number): string | undefined {
  const bytes = pemOfCertificate(base64Der).length;
  if (bytes > maxBytes) {
    return `a certificate of the service provider has ${bytes} bytes in PEM, and at most ${maxBytes} are allowed; use a smaller one, or raise the setting quotas.serviceProviderCertificateBytes`;
  }
  const verdict = judgeKey(base64Der);
  return verdict.is === 'usable' ? undefined : `a certificate of the service provider has ${verdict.why}`;
}

function judgeKey(base64Der: string): KeyVerdict {
  const certificate = readCertificate(base64Der);
  const key = certificate && publicKeyOf(certificate);
  if (!key) return unsupported('a key that can’t be read');
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return judgeRsa(key, key.asymmetricKeyDetails?.modulusLength ?? 0);
    case 'ec':
      return judgeEc(key, key.asymmetricKeyDetails?.namedCurve);
    default:
      return unsupported(`a key of the type ${key.asymmetricKeyType ?? 'unknown'}`);
  }
}

const unsupported = (what: string): KeyVerdict => ({
  is: 'unsupported',
  why: `${what}, and only RSA, and ECDSA on P-256, P-384 or P-521, can be verified`,
});

/** An attacker who factors a shorter key can sign requests as the service provider (NIST SP 800-131A). */
const MIN_RSA_BITS = 1024;
/** Verifying takes a hundred times as long with a key of 16,384 bits as with one of 2048, for each signed request. */
const MAX_RSA_BITS = 8192;

function judgeRsa(key: KeyObject, bits: number): KeyVerdict {
  if (bits > MAX_RSA_BITS) {
    return refused(`a key of ${bits} bits, which would slow down every request; use one of 2048 bits`);
  }
  if (bits >= MIN_RSA_BITS) return { is: 'usable', key };
  return refused(`a key of ${bits} bits, which is too weak; use one of 2048 bits`);
}

/** Discrete logarithms on smaller curves can be computed with effort (NIST SP 800-131A). */
const MIN_CURVE_BITS = 224;

function judgeEc(key: KeyObject, curve: string | undefined): KeyVerdict {
  // OpenSSL has no name for a curve whose parameters the certificate makes up: its author may know a short cut.
  if (curve === undefined) return unsupported('a key on a curve of its own');
  if (CURVES.has(curve)) return { is: 'usable', key };
  const bits = Number(/\d{3}/.exec(curve)?.[0] ?? Infinity);
  return bits < MIN_CURVE_BITS
    ? refused(`a key on the curve ${curve}, which is too weak; use P-256, P-384 or P-521`)
    : unsupported(`a key on the curve ${excerpt(curve)}`);
}

const refused = (why: string): KeyVerdict => ({ is: 'refused', why });

/** The octets of an ECDSA signature in the form of XML Signature; undefined for a key that isn't on an accepted curve. */
export function fixedLengthOf(key: KeyObject): number | undefined {
  const octets = CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '');
  return octets === undefined ? undefined : 2 * octets;
}

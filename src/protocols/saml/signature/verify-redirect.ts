import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { verify } from 'node:crypto';
import type { RedirectSignature } from '../bindings/redirect.ts';
import { hashOfSignature, type VerifyOptions } from './algorithms.ts';
import { rsaKeyOf } from './certificate.ts';

export type RedirectVerdict =
  | { readonly ok: true; readonly certificate: string }
  | {
      readonly ok: false;
      readonly reason: 'no-certificate' | 'algorithm-not-allowed' | 'signature-invalid';
      readonly detail: string;
    };

/**
 * Verifies the detached signature of a redirect with the service provider's certificates (saml-bindings-2.0
 * §3.4.4.1). Certificates only carry public keys here: their dates and issuers aren't checked. saml-metadata-2.0
 * §2.4.1.1 leaves that to the deployment, and identity providers usually pin keys.
 */
export function verifyRedirectSignature(
  { algorithm, value, signedOctets }: RedirectSignature,
  certificates: readonly string[],
  options: VerifyOptions = {},
): RedirectVerdict {
  const hash = hashOfSignature(algorithm, options);
  if (hash === undefined) {
    return {
      ok: false,
      reason: 'algorithm-not-allowed',
      detail: `the signature algorithm ${excerpt(algorithm)} is not accepted`,
    };
  }
  if (certificates.length === 0) {
    return { ok: false, reason: 'no-certificate', detail: 'no certificate of the service provider is known' };
  }
  const octets = Buffer.from(signedOctets);
  const certificate = certificates.find((candidate) => {
    const key = rsaKeyOf(candidate);
    return key !== undefined && verify(hash, octets, key, value);
  });
  return certificate === undefined
    ? {
        ok: false,
        reason: 'signature-invalid',
        detail: 'no certificate of the service provider made this signature',
      }
    : { ok: true, certificate };
}

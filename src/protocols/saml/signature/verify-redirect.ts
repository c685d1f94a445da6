import { excerpt } from '../../../foundation/platform/excerpt.ts';
import type { RedirectSignature } from '../bindings/redirect.ts';
import { signatureMethodOf, type VerifyOptions } from './algorithms.ts';
import { describeForeign, type Judged } from './key-fault.ts';
import { requestKeyOf } from './request-key.ts';
import { judgeValue } from './signature-value.ts';

export type RedirectVerdict =
  | {
      readonly ok: true;
      readonly certificate: string;
      /** Whether it is an ECDSA signature in DER. */
      readonly inDer: boolean;
    }
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
  const method = signatureMethodOf(algorithm, options);
  if (!method) {
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
  const judged: Judged[] = [];
  for (const certificate of certificates) {
    const key = requestKeyOf(certificate);
    if (!key) continue;
    const verdict = judgeValue(method, octets, key, value);
    if (verdict === 'genuine' || verdict === 'genuine-in-der') {
      return { ok: true, certificate, inDer: verdict === 'genuine-in-der' };
    }
    judged.push({ keyType: key.asymmetricKeyType, verdict });
  }
  return { ok: false, reason: 'signature-invalid', detail: describeForeign({ algorithm, method }, judged) };
}

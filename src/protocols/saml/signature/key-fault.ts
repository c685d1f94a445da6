import { excerpt } from '../../../foundation/platform/excerpt.ts';
import type { SignatureMethod } from './algorithms.ts';
import type { ValueVerdict } from './signature-value.ts';

/** What each certificate that can be read has as a key type, and what its key said of the signature. */
export interface Judged {
  readonly keyType: string | undefined;
  readonly verdict: ValueVerdict;
}

const KINDS = { rsa: 'RSA', ec: 'ECDSA' } as const;

/** The algorithm that a signature names by its URI. */
export interface NamedAlgorithm {
  readonly algorithm: string;
  readonly method: SignatureMethod | undefined;
}

/** Why none of the service provider's keys made a signature, as a message. */
export function describeForeign({ algorithm, method }: NamedAlgorithm, judged: readonly Judged[]): string {
  if (judged.some(({ verdict }) => verdict === 'unavailable')) {
    return `OpenSSL on this machine doesn’t verify signatures with ${excerpt(algorithm)}`;
  }
  if (method && !judged.some(({ keyType }) => keyType === method.keyType)) {
    return `the message is signed with ${excerpt(algorithm)}, and no certificate of the service provider has a key for ${KINDS[method.keyType]}`;
  }
  return 'no certificate of the service provider made this signature';
}

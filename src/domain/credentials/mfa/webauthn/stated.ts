import { z } from 'zod';
import { assertUsableKey } from './public-key.ts';

/*
 * What browsers and authenticators state in an answer, as far as @simplewebauthn doesn't judge it, or judges it
 * differently in the two ceremonies.
 */

/** A credential id is 1 to 1023 octets (WebAuthn Level 3 §7.1, step 25). */
const MAX_ID_LENGTH = 1023;

/**
 * Client data (WebAuthn Level 3 §5.8.1) from a page in a frame names the page around it, or says at least that
 * there is one. No page may frame ours, so such an answer was obtained by deceiving the user (clickjacking).
 */
const clientDataSchema = z.looseObject({
  crossOrigin: z.literal(false).optional(),
  topOrigin: z.undefined().optional(),
});

/** Refuses client data from a page in a frame. Throws what is wrong. */
export function assertNotFramed(clientDataJSON: string): void {
  clientDataSchema.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
}

const anyMap = z.map(z.unknown(), z.unknown());
const attestationSchema = z.object({
  fmt: z.enum(['none', 'packed']),
  attStmt: anyMap,
  authData: z.instanceof(Uint8Array),
});

/**
 * Refuses an attestation object whose credential can't be stored, or that attests what we didn't ask for. Throws
 * what is wrong.
 *
 * Browsers replace any attestation by none, except that of a key by itself (WebAuthn Level 3 §5.1.3). Refusing
 * all others keeps the certificates of strangers from being parsed, and revocation lists from being fetched from
 * addresses that these certificates name.
 */
export async function assertCredential(answerId: string, attestationObject: string): Promise<void> {
  const { isoCBOR, parseAuthenticatorData } = await import('@simplewebauthn/server/helpers');
  const decoded = anyMap.parse(isoCBOR.decodeFirst(Buffer.from(attestationObject, 'base64url')));
  const { fmt, attStmt, authData } = attestationSchema.parse(Object.fromEntries(decoded));
  const { credentialID, credentialPublicKey } = parseAuthenticatorData(new Uint8Array(authData));
  if (!credentialID || !credentialPublicKey) throw new Error('There is no credential.');
  if (credentialID.length === 0 || credentialID.length > MAX_ID_LENGTH) {
    throw new Error('The length of the credential’s id is wrong.');
  }
  if (Buffer.from(credentialID).toString('base64url') !== answerId) {
    throw new Error('The answer has another id than its credential.');
  }
  const key = anyMap.parse(isoCBOR.decodeFirst(credentialPublicKey));
  assertUsableKey(key);
  // The library checks the statement itself: that `none` has none, and the signature of the key.
  if (fmt === 'packed' && (attStmt.has('x5c') || attStmt.get('alg') !== key.get(3))) {
    throw new Error('The key isn’t attested by itself.');
  }
}

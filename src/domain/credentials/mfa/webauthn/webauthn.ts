import { isIP } from 'node:net';
import { z } from 'zod';
import { ALGORITHMS } from './public-key.ts';
import { assertCredential, assertNotFramed } from './stated.ts';

/*
 * Security keys and built-in authenticators (Web Authentication Level 2), with @simplewebauthn, which is
 * loaded when first needed. Attestation isn't requested, and user verification only preferred: the password
 * is the other factor, and U2F keys have no user verification.
 */

/** The WebAuthn relying party. */
export interface WebAuthnSite {
  /** The public URL's host name, for which alone a credential works. */
  readonly rpId: string;
  readonly rpName: string;
  /** The public URL's origin, which the browser includes in what is signed. */
  readonly origin: string;
}

export function webAuthnSite(publicUrl: URL, rpName: string): WebAuthnSite {
  return { rpId: publicUrl.hostname, rpName, origin: publicUrl.origin };
}

/**
 * Whether keys can work at all: browsers don't offer them to a site whose host is an IP address (WebAuthn
 * Level 2 §5.1.4, effective domain).
 */
export function hasNameForKeys({ publicUrl }: { publicUrl: URL }): boolean {
  return isIP(publicUrl.hostname.replace(/^\[(.*)\]$/, '$1')) === 0;
}

/** The stored credential of an authenticator. */
export interface WebAuthnCredential {
  /** Base64url, as in the browser's API. */
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** The authenticator's signature counter. Many authenticators always send 0. */
  readonly signCount: number;
  /** How the browser can reach it: `usb`, `internal`, … */
  readonly transports: readonly string[];
}

const TIMEOUT_MS = 5 * 60_000;
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(8192);
const transports = z.array(z.string().max(32)).max(10).optional();
const attachment = z.enum(['cross-platform', 'platform']).optional().catch(undefined);

/** The result of `navigator.credentials.create`, as JSON (WebAuthn Level 3 §5.1.8). Extensions are ignored. */
const registrationSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports }),
});

/** The result of `navigator.credentials.get`, as JSON. */
const authenticationSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: z.string().max(128).nullish(),
  }),
});

/** The user for whom a credential is registered. */
export interface WebAuthnUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
}

/**
 * The options for `navigator.credentials.create`, as JSON. The `registered` credentials can't be registered
 * again.
 */
export async function registrationOptions(
  site: WebAuthnSite,
  user: WebAuthnUser,
  registered: readonly WebAuthnCredential[],
  challenge: string,
): Promise<object> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  return generateRegistrationOptions({
    rpName: site.rpName,
    rpID: site.rpId,
    userName: user.userName,
    userDisplayName: user.displayName,
    userID: handleOf(user.id),
    challenge: Buffer.from(challenge, 'base64url'),
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: registered.map(reachable),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
    supportedAlgorithmIDs: [...ALGORITHMS],
  });
}

/** The options for `navigator.credentials.get`, as JSON. */
export async function authenticationOptions(
  site: WebAuthnSite,
  registered: readonly WebAuthnCredential[],
  challenge: string,
): Promise<object> {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  return generateAuthenticationOptions({
    rpID: site.rpId,
    allowCredentials: registered.map(reachable),
    challenge: Buffer.from(challenge, 'base64url'),
    timeout: TIMEOUT_MS,
    userVerification: 'preferred',
  });
}

const reachable = ({ credentialId, transports: by }: WebAuthnCredential) => ({
  id: credentialId,
  transports: [...by],
});

/** The result of a ceremony. `reason` is for the log only, since it may help an attacker. */
export type WebAuthnVerdict<Kept> =
  ({ readonly ok: true } & Kept) | { readonly ok: false; readonly reason: string };

/** Verifies an authenticator's answer to a registration with this challenge. Never throws for a wrong answer. */
export async function verifyRegistration(
  site: WebAuthnSite,
  challenge: string,
  answer: unknown,
): Promise<WebAuthnVerdict<{ readonly credential: WebAuthnCredential; readonly isBuiltIn: boolean }>> {
  const read = registrationSchema.safeParse(answer);
  if (!read.success) return { ok: false, reason: z.prettifyError(read.error) };
  const { authenticatorAttachment, response, ...named } = read.data;
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  return judged<{ credential: WebAuthnCredential; isBuiltIn: boolean }>(async () => {
    assertNotFramed(response.clientDataJSON);
    await assertCredential(named.id, response.attestationObject);
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...named,
        response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: [...ALGORITHMS],
    });
    if (!verified) return { ok: false, reason: 'the attestation is wrong' };
    const { id, publicKey, counter } = registrationInfo.credential;
    return {
      ok: true,
      credential: {
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        signCount: counter,
        transports: response.transports ?? [],
      },
      isBuiltIn: authenticatorAttachment === 'platform',
    };
  });
}

/**
 * Whether an answer claims to come from a credential of this user. If the authenticator names a user, it must be
 * this one (WebAuthn Level 3 §7.2, step 6). False for malformed answers.
 */
export function isFrom(answer: unknown, credential: WebAuthnCredential, userId: string): boolean {
  const read = authenticationSchema.safeParse(answer);
  if (!read.success || read.data.id !== credential.credentialId) return false;
  const { userHandle } = read.data.response;
  return !userHandle || userHandle === handleOf(userId).toString('base64url');
}

/** The user handle, by which authenticators know a user. */
const handleOf = (userId: string) => Buffer.from(userId);

/**
 * Verifies a registered authenticator's signature over a challenge. A counter that doesn't grow means that
 * the authenticator was copied (WebAuthn Level 2 §6.1.1), and is refused, unless both values are 0. Never
 * throws for a wrong answer.
 */
export async function verifyAuthentication(
  site: WebAuthnSite,
  challenge: string,
  credential: WebAuthnCredential,
  answer: unknown,
): Promise<WebAuthnVerdict<{ readonly signCount: number }>> {
  const read = authenticationSchema.safeParse(answer);
  if (!read.success) return { ok: false, reason: z.prettifyError(read.error) };
  const { id, rawId, type, response } = read.data;
  const { clientDataJSON, authenticatorData, signature } = response;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  return judged<{ signCount: number }>(async () => {
    assertNotFramed(clientDataJSON);
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...{ id, rawId, type },
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: credential.credentialId,
        publicKey: Buffer.from(credential.publicKey, 'base64url'),
        counter: credential.signCount,
      },
      requireUserVerification: false,
    });
    if (!verified) return { ok: false, reason: 'the signature is wrong' };
    return { ok: true, signCount: authenticationInfo.newCounter };
  });
}

/** The library throws for most faults of an answer. Whatever the fault, the answer proves nothing. */
async function judged<Kept>(judge: () => Promise<WebAuthnVerdict<Kept>>): Promise<WebAuthnVerdict<Kept>> {
  try {
    return await judge();
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

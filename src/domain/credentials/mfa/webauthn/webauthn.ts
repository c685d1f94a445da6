import { isIP } from 'node:net';
import { z } from 'zod';

/*
 * Security keys and built-in authenticators (Web Authentication Level 2), by @simplewebauthn, which is loaded when first
 * needed. Attestation isn't asked for, and user verification only preferred: the password was the other factor, and a U2F key
 * has none.
 */

/** What stands for us towards an authenticator. */
export interface WebAuthnSite {
  /** The public URL's host name: a credential works there and nowhere else. */
  readonly rpId: string;
  readonly rpName: string;
  /** The public URL's origin, which the browser vouches for. */
  readonly origin: string;
}

/** The site of a public URL. */
export function webAuthnSite(publicUrl: URL, rpName: string): WebAuthnSite {
  return { rpId: publicUrl.hostname, rpName, origin: publicUrl.origin };
}

/** Whether keys can work at all: a browser gives none to an IP address (WebAuthn Level 2 §5.1.4, effective domain). */
export function hasNameForKeys({ publicUrl }: { publicUrl: URL }): boolean {
  return isIP(publicUrl.hostname.replace(/^\[(.*)\]$/, '$1')) === 0;
}

/** What is kept of an authenticator. */
export interface WebAuthnCredential {
  /** Base64url, as the browser gives it. */
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** Signatures counted by the authenticator; many always say 0. */
  readonly signCount: number;
  /** How the browser may reach it: `usb`, `internal`, … */
  readonly transports: readonly string[];
}

const TIMEOUT_MS = 5 * 60_000;
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(8192);
const transports = z.array(z.string().max(32)).max(10).optional();
const attachment = z.enum(['cross-platform', 'platform']).optional().catch(undefined);

/** What `navigator.credentials.create` gave, as JSON (WebAuthn Level 3 §5.1.8). Extensions aren't looked at. */
const registrationSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports }),
});

/** What `navigator.credentials.get` gave. */
const authenticationSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
});

/** Whom a credential is registered for. */
export interface WebAuthnUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
}

/** The options for `navigator.credentials.create`, as JSON. `registered` are those that can't be registered again. */
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
    userID: Buffer.from(user.id),
    challenge: Buffer.from(challenge, 'base64url'),
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: registered.map(reachable),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
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

/** What came of a ceremony; `reason` is for the log: it may say more than a stranger should read. */
export type WebAuthnVerdict<Kept> =
  ({ readonly ok: true } & Kept) | { readonly ok: false; readonly reason: string };

/** Judges what an authenticator answered to a registration that was asked for with this challenge. Never throws for what it says. */
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

/** The credential that an answer says it comes from, to look it up by; undefined for what isn't an answer. */
export function credentialIdOf(answer: unknown): string | undefined {
  const read = authenticationSchema.safeParse(answer);
  return read.success ? read.data.id : undefined;
}

/**
 * Judges a signature over a challenge of ours by a registered authenticator. A counter that doesn't grow is a copied
 * authenticator (WebAuthn Level 2 §6.1.1) and refused, unless both say 0. Never throws for what the answer says.
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
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  return judged<{ signCount: number }>(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { id, rawId, type, response, clientExtensionResults: {} },
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

/** The library throws for most of what can be wrong with an answer; whatever it is, it isn't proof. */
async function judged<Kept>(judge: () => Promise<WebAuthnVerdict<Kept>>): Promise<WebAuthnVerdict<Kept>> {
  try {
    return await judge();
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

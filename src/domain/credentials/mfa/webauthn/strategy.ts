import { z } from 'zod';
import { hashToken } from '../../../../foundation/platform/crypto.ts';
import type { MfaAttempt, MfaKind, MfaSite, MfaStrategy, SetupRequest } from '../strategy.ts';
import { displayNameOf } from '../../../organizations/organization.ts';
import { declaredWebAuthnSchema } from './declared.ts';
import { useWebAuthn } from './store.ts';
import {
  authenticationOptions,
  hasNameForKeys,
  isFrom,
  registrationOptions,
  verifyAuthentication,
  verifyRegistration,
  webAuthnSite,
  type WebAuthnCredential,
  type WebAuthnSite,
} from './webauthn.ts';

/** A security key, or an authenticator built into a device. */
export interface WebAuthnDetails {
  readonly type: 'WEBAUTHN';
  readonly credential: WebAuthnCredential;
  readonly isBuiltIn: boolean;
}

export interface WebAuthnKind extends MfaKind {
  details: WebAuthnDetails;
  name: 'webauthn';
  resync: never;
  declared: typeof declaredWebAuthnSchema;
  setup: {
    readonly type: 'WEBAUTHN';
    /**
     * For `navigator.credentials.create`, as JSON. Null if the public URL's host is an IP address, with which
     * WebAuthn doesn't work.
     */
    readonly options: string | null;
  };
  challenge: {
    readonly type: 'WEBAUTHN';
    /** For `navigator.credentials.get`; undefined if the public URL's host is an IP address. */
    readonly options: object | undefined;
  };
}

/** Security keys and built-in authenticators (guide, "Security keys and built-in authenticators"). */
export const webAuthnStrategy: MfaStrategy<'WEBAUTHN'> = {
  type: 'WEBAUTHN',
  name: 'webauthn',
  plural: 'security keys and built-in authenticators',
  maxDevices: 6, // as in AWS today; the guide gives no limit
  authnContextClass: null,
  defaultName: ({ isBuiltIn }) => (isBuiltIn ? 'Built-in authenticator' : 'Security key'),
  describe: ({ isBuiltIn }) => ({ inSync: true, isBuiltIn, warnings: [] }),

  registration: {
    operations: { start: 'StartWebAuthnDeviceRegistration', complete: 'CompleteWebAuthnDeviceRegistration' },
    path: 'key',
    field: { name: 'attestation', text: z.string().max(60_000).default(''), missing: null },
    // A challenge accepts only one answer, right or wrong.
    isRetriable: false,
    newSecret: (ids) => Promise.resolve(ids.token()),
    async setup(request) {
      if (!hasNameForKeys(request)) return { type: 'WEBAUTHN', options: null };
      return { type: 'WEBAUTHN', options: JSON.stringify(await creationOptions(request)) };
    },
    async prove(site, secret, answer) {
      const verdict = await verifyRegistration(siteOf(site), secret, readAnswer(answer));
      if (!verdict.ok) return { ok: false, reason: 'not-proven' };
      const { credential, isBuiltIn } = verdict;
      return { ok: true, details: { type: 'WEBAUTHN', credential, isBuiltIn } };
    },
    program: {
      setupShape: {
        options: z
          .looseObject({})
          .optional()
          .describe('For a key: the options for navigator.credentials.create, as JSON.'),
      },
      setup: async (request) => ({ options: { ...(await creationOptions(request)) } }),
      answer: {
        key: 'response',
        schema: z
          .looseObject({}, { error: 'Expected the result of navigator.credentials.create, as JSON.' })
          .optional()
          .describe(
            'The result of navigator.credentials.create, as JSON. Completes the registration of a key.',
          ),
      },
      chosen: null,
    },
  },

  challenge: {
    field: { name: 'assertion', text: z.string().max(32_768).default(''), missing: null },
    wrong: 'This isn’t one of your registered security keys, or it took too long. Try again.',
    async show(attempt, registered) {
      if (!hasNameForKeys(attempt)) return { type: 'WEBAUTHN', options: undefined };
      const credentials = (await registered()).map(({ credential }) => credential);
      const options = await authenticationOptions(siteOf(attempt), credentials, challengeOf(attempt));
      return { type: 'WEBAUTHN', options };
    },
    async judge(attempt, devices, text) {
      const answer = readAnswer(text);
      const device = devices.find(({ credential, userId }) => isFrom(answer, credential, userId));
      if (!device) return { right: false };
      const { credential } = device;
      const verdict = await verifyAuthentication(siteOf(attempt), challengeOf(attempt), credential, answer);
      if (!verdict.ok) return { right: false };
      const { instance, times } = attempt;
      const counter = { before: credential.signCount, after: verdict.signCount };
      return {
        right: true,
        use: (tx) => useWebAuthn(tx, instance.id, device.id, counter, times.policyAt),
      };
    },
  },

  resync: null,

  stored: {
    toColumns: ({ credential, isBuiltIn }) => ({
      counter: credential.signCount,
      credential_id: credential.credentialId,
      public_key: credential.publicKey,
      transports: JSON.stringify(credential.transports),
      is_built_in: isBuiltIn ? 1 : 0,
      fingerprint: hashToken(credential.credentialId),
    }),
    fromRow({
      credential_id: credentialId,
      public_key: publicKey,
      counter,
      transports,
      is_built_in: builtIn,
    }) {
      if (credentialId === null || publicKey === null) return undefined;
      const credential = {
        ...{ credentialId, publicKey, signCount: counter ?? 0 },
        // Only toColumns writes this column.
        transports: JSON.parse(transports ?? '[]') as string[],
      };
      return { type: 'WEBAUTHN', credential, isBuiltIn: builtIn === 1 };
    },
  },

  declared: {
    schema: declaredWebAuthnSchema,
    read: ({ credentialId, publicKey, signCount, transports, isBuiltIn }) => ({
      type: 'WEBAUTHN',
      credential: { credentialId, publicKey, signCount, transports },
      isBuiltIn,
    }),
    write: ({ credential: { transports, ...credential }, isBuiltIn }) => ({
      ...{ type: 'webauthn', ...credential },
      ...{ transports: [...transports], isBuiltIn },
    }),
  },
};

/** The WebAuthn relying party for an instance's users. */
function siteOf({ publicUrl, instance }: MfaSite): WebAuthnSite {
  return webAuthnSite(publicUrl, displayNameOf(instance));
}

async function creationOptions(request: SetupRequest<'WEBAUTHN'>): Promise<object> {
  const keys = (await request.registered()).map(({ credential }) => credential);
  return registrationOptions(siteOf(request), request.user, keys, request.secret);
}

/**
 * The challenge that a security key signs (base64url). It is derived from this sign-in, against swapped
 * challenges, and from its version, which every attempt changes, against replayed answers. So it needn't be
 * stored.
 */
function challengeOf({ sealer, signIn: { id, version } }: MfaAttempt): string {
  return sealer.mac('webauthn-challenge', `${id} ${version}`);
}

/**
 * Reads an answer from a program's JSON, or from the JSON text that the page's script put into a field;
 * undefined for malformed JSON.
 */
function readAnswer(answer: unknown): unknown {
  if (typeof answer !== 'string') return answer;
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}

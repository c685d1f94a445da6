import { z } from 'zod';
import { AuthnContextClass } from '../../../../protocols/saml/types.ts';
import type { Sealer } from '../../../../foundation/platform/crypto.ts';
import type { MfaDeviceId, UserId } from '../../../../foundation/platform/ids.ts';
import type { MfaDevice } from '../device.ts';
import type {
  AnswerField,
  FactorVerdict,
  MfaAttempt,
  MfaKind,
  MfaStrategy,
  SetupRequest,
} from '../strategy.ts';
import { displayNameOf } from '../../../organizations/organization.ts';
import { declaredTotpSchema } from './declared.ts';
import { qrCodeOf, type QrCode } from './qr-code.ts';
import { totpSecretSchema, warningsAbout } from './secret.ts';
import { useTotp } from './store.ts';
import {
  newTotpSecret,
  resyncTotp,
  totpUri,
  verifyFirstTotp,
  verifyTotp,
  type TotpCredential,
  type TotpVerdict,
} from './totp.ts';

/** An authenticator app. */
export interface TotpDetails {
  readonly type: 'TOTP';
  readonly credential: TotpCredential;
  /** False after a registration with an old code: the app must be resynchronized before it can be used. */
  readonly inSync: boolean;
}

export interface TotpKind extends MfaKind {
  details: TotpDetails;
  name: 'totp';
  resync: 'RESYNC_TOTP';
  declared: typeof declaredTotpSchema;
  setup: {
    readonly type: 'TOTP';
    /** In base32, for typing. */
    readonly secret: string;
    readonly qrCode: QrCode;
  };
  challenge: { readonly type: 'TOTP' };
}

const USED_CODE = 'This code was used already. Wait until your app shows the next one.';
const NO_CODE = 'Enter the code.';

/** Too long a text is a wrong code like any other, so that its form says so; no more of it is read. */
const codeText = z
  .string()
  .default('')
  .transform((code) => code.trim().slice(0, 64));

const codeField = (name: string): AnswerField => ({
  name,
  text: codeText,
  missing: NO_CODE,
});

/** An app with a chosen secret. No code has yet proved that the app has it. */
export function totpWithSecret(secret: string): TotpDetails {
  return { type: 'TOTP', credential: { secret, lastStep: null, driftSteps: 0 }, inSync: true };
}

/**
 * Identifies an app of a user without decrypting its secret. Keyed, because users choose secrets in files: a
 * copy of the database must not confirm a guess.
 */
export const secretFingerprint = (sealer: Sealer, userId: UserId, secret: string) =>
  sealer.mac('totp-secret', `${userId} ${secret}`);

/** The secret can be decrypted only for its own row. */
const sealedFor = (id: MfaDeviceId) => `mfa-device ${id}`;

/** Authenticator apps: time-based one-time passwords (guide, "Authenticator apps"). */
export const totpStrategy: MfaStrategy<'TOTP'> = {
  type: 'TOTP',
  name: 'totp',
  plural: 'authenticator apps',
  maxDevices: 2, // guide, "Authenticator apps"
  authnContextClass: AuthnContextClass.timeSyncToken,
  defaultName: () => 'Authenticator app',
  describe: ({ inSync, credential }) => ({
    ...{ inSync, isBuiltIn: false },
    warnings: warningsAbout(credential.secret),
  }),

  registration: {
    operations: {
      start: 'StartVirtualMfaDeviceRegistration',
      complete: 'CompleteVirtualMfaDeviceRegistration',
    },
    path: 'app',
    field: {
      name: 'code',
      text: codeText,
      missing: 'Enter the code that the app shows.',
    },
    // After a wrong code, the registration continues, so that the user can try again.
    isRetriable: true,
    newSecret: () => newTotpSecret(),
    async setup(request) {
      return { type: 'TOTP', secret: request.secret, qrCode: await qrCodeOf(await uriOf(request)) };
    },
    // A code up to ten steps old registers the app as out of sync.
    async prove(_site, secret, answer, { wireAt }) {
      const verdict = await verifyFirstTotp(secret, typeof answer === 'string' ? answer : '', wireAt);
      if (!verdict.ok) return { ok: false, reason: 'wrong-code' };
      const { lastStep, driftSteps, inSync } = verdict;
      return { ok: true, details: { type: 'TOTP', credential: { secret, lastStep, driftSteps }, inSync } };
    },
    program: {
      setupShape: {
        secret: z.string().optional().describe('For an app: the secret to type in, in base32.'),
        uri: z.string().optional().describe('For an app: the content of the QR code.'),
      },
      setup: async (request) => ({ secret: request.secret, uri: await uriOf(request) }),
      answer: {
        key: 'code',
        schema: z
          .string({ error: 'The code must be text.' })
          .max(32, { error: 'A code has six digits.' })
          .optional()
          .describe('The code that the authenticator app shows. Completes the registration of an app.'),
      },
      chosen: {
        key: 'totpSecret',
        schema: totpSecretSchema
          .transform(totpWithSecret)
          .optional()
          .describe('A secret in base32. Registers an authenticator app with this secret, without a code.'),
      },
    },
  },

  challenge: {
    field: codeField('code'),
    wrong: 'The code is wrong. Enter the code that your authenticator app shows now.',
    show: () => Promise.resolve({ type: 'TOTP' }),
    // At wire time, since an app on a phone follows real time. An app that is out of sync must be
    // resynchronized first.
    judge: (attempt, devices, code) =>
      judgeApps(
        attempt,
        devices.filter(({ inSync }) => inSync),
        ({ credential }) => verifyTotp(credential, code, attempt.times.wireAt),
      ),
  },

  resync: {
    credentialType: 'RESYNC_TOTP',
    fields: [codeField('code'), codeField('secondCode')],
    missing: 'Enter both codes.',
    wrong: 'These are not two codes in a row. Enter one, wait for the next, and enter that one too.',
    judge: (attempt, devices, [first = '', second = '']) =>
      judgeApps(attempt, devices, ({ credential }) =>
        resyncTotp(credential, first, second, attempt.times.wireAt),
      ),
  },

  stored: {
    toColumns: ({ id, userId, credential, inSync }, sealer) => ({
      counter: credential.lastStep,
      sealed_secret: sealer.seal(credential.secret, sealedFor(id)),
      drift_steps: credential.driftSteps,
      in_sync: inSync ? 1 : 0,
      fingerprint: secretFingerprint(sealer, userId, credential.secret),
    }),
    fromRow({ id, sealed_secret: sealed, drift_steps: driftSteps, counter, in_sync: inSync }, sealer) {
      if (sealed === null) return undefined;
      const secret = sealer.open(sealed, sealedFor(id));
      const credential = { secret, driftSteps: driftSteps ?? 0, lastStep: counter };
      return { type: 'TOTP', credential, inSync: inSync === 1 };
    },
  },

  declared: {
    schema: declaredTotpSchema,
    read: ({ secret, lastStep, driftSteps, inSync }) => ({
      type: 'TOTP',
      credential: { secret, lastStep, driftSteps },
      inSync,
    }),
    write: ({ credential, inSync }) => ({ type: 'totp', ...credential, inSync }),
  },
};

const uriOf = ({ instance, user, secret }: SetupRequest<'TOTP'>) =>
  totpUri(displayNameOf(instance), user.userName, secret);

async function judgeApps(
  { instance, times }: MfaAttempt,
  apps: readonly MfaDevice<'TOTP'>[],
  judge: (app: MfaDevice<'TOTP'>) => Promise<TotpVerdict>,
): Promise<FactorVerdict> {
  let used = false;
  for (const app of apps) {
    const verdict = await judge(app);
    if (verdict.ok) return { right: true, use: (tx) => useTotp(tx, instance.id, app.id, verdict, times) };
    if (verdict.reason === 'used') used = true;
  }
  return used ? { right: false, why: USED_CODE } : { right: false };
}

import { z } from 'zod';
import { durationBetween } from '../../foundation/platform/duration.ts';

const kept = z.int().min(1).max(10_000_000);
const attempts = z.int().min(1).max(1_000_000);

/** The settings of an instance, as files and the control API write them. Whatever is left out has its default. */
export const settingsSchema = z.strictObject({
  mfa: z
    .strictObject({
      mode: z
        .enum(['context-aware', 'always-on', 'disabled'])
        .default('context-aware')
        .describe(
          'context-aware: not in a browser and at an address that the user trusts; always-on: at every sign-in.',
        ),
      types: z
        .array(z.enum(['totp', 'webauthn'], { error: 'Expected totp or webauthn.' }))
        .min(1, { error: 'Name at least one type: totp, webauthn.' })
        .refine((types) => new Set(types).size === types.length, { error: 'A type stands there twice.' })
        .default(['totp', 'webauthn'])
        .describe('totp: authenticator apps; webauthn: security keys and built-in authenticators.'),
      withoutDevice: z
        .enum(['allow', 'register', 'email-code', 'block'])
        .default('allow')
        .describe('What happens at the sign-in of a user who has no registered MFA device.'),
      selfService: z
        .boolean({ error: 'selfService must be true or false.' })
        .default(true)
        .describe('Users can add and manage their own MFA devices.'),
    })
    .prefault({}),
  session: z
    .strictObject({
      lifetime: durationBetween('PT15M', 'P90D')
        .prefault('PT8H')
        .describe('How long a portal session lasts, counted from the sign-in.'),
      revocation: z
        .enum(['as-aws', 'immediate'])
        .default('as-aws')
        .describe(
          'as-aws: a disabled user goes on for up to an hour; immediate: the user is looked at each time.',
        ),
    })
    .prefault({}),
  time: z
    .strictObject({
      wire: z
        .enum(['real', 'instance'])
        .default('real')
        .describe('Which clock SAML messages carry: the real one, or the organization’s.'),
    })
    .prefault({}),
  signIn: z
    .strictObject({
      throttleWindow: durationBetween('PT1S', 'P1D').prefault('PT15M'),
      attemptsPerUser: attempts
        .default(10)
        .describe('Failed tries for one user from one address in the window.'),
      attemptsPerAddress: attempts.default(200).describe('Failed tries from one address in the window.'),
      passwordHashCost: z
        .int()
        .min(4)
        .max(20)
        .default(15)
        .describe('log2 of scrypt’s N. Each step doubles the time and the memory of one hash.'),
      simulatedAddress: z
        .boolean({ error: 'simulatedAddress must be true or false.' })
        .default(false)
        .describe(
          'Visitors can choose the address that they seem to come from, for trying out context-aware sign-ins.',
        ),
    })
    .prefault({}),
  retention: z
    .strictObject({
      events: kept.default(100_000).describe('How many events the history keeps, the newest.'),
      exchangesPerApplication: kept
        .default(1000)
        .describe('How many SAML conversations of each application are kept, the newest.'),
      requestsPerApplication: kept
        .default(10_000)
        .describe(
          'How many requests of each application may wait for their person, and how many of their IDs are remembered against replay.',
        ),
      mails: kept
        .default(1000)
        .describe('How many messages the mailbox keeps, the newest; what is still to be sent stays beyond.'),
    })
    .prefault({}),
  exchanges: z
    .strictObject({
      content: z
        .enum(['full', 'redacted', 'none'])
        .default('full')
        .describe(
          'What is kept of a SAML conversation. redacted: without names, attribute values, RelayState and signatures; none: nothing.',
        ),
    })
    .prefault({}),
  quotas: z
    .strictObject({
      applications: z
        .int()
        .min(1)
        .max(100_000)
        .default(500)
        .describe('How many AWS accounts and applications there can be in all.'),
      serviceProviderCertificateBytes: z
        .int()
        .min(512)
        .max(65_536)
        .default(2048)
        .describe('The file size of a service provider’s certificate in PEM.'),
    })
    .prefault({})
    .describe('What AWS limits, with its defaults.'),
  denial: z
    .enum(['page', 'status'])
    .default('page')
    .describe(
      'A person without an assignment gets the 403 page, or the service provider gets a SAML status.',
    ),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/** Lays a partial change over settings, key by key, and checks the whole. Throws a ZodError that names each wrong key. */
export function mergeSettings(settings: Settings, change: unknown): Settings {
  return settingsSchema.parse(merge(settings, change));
}

function merge(base: unknown, change: unknown): unknown {
  if (!isRecord(base) || !isRecord(change)) return change === undefined ? base : change;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) merged[key] = merge(base[key], value);
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

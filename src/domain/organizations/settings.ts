import { z } from 'zod';
import { durationBetween } from '../../foundation/platform/duration.ts';
import { inPlainWords } from '../../foundation/platform/plain-issue.ts';
import { brandingSchema } from './branding/branding.ts';
import { REQUEST_PROFILES, WEAK_ALGORITHMS } from './request-rules.ts';

const kept = z.int().min(1).max(10_000_000);
/** At least the largest event. */
const octets = z.int().min(65_536).max(1_099_511_627_776);
const attempts = z.int().min(1).max(1_000_000);

/**
 * The settings of an instance, as organization files and the control API write them. A missing key has its
 * default.
 */
export const settingsSchema = z.strictObject({
  mfa: z
    .strictObject({
      mode: z
        .enum(['context-aware', 'always-on', 'disabled'])
        .default('context-aware')
        .describe(
          'When an MFA device is asked for. context-aware: unless the user trusts the browser at its address; always-on: at every sign-in; disabled: never.',
        ),
      types: z
        .array(z.enum(['totp', 'webauthn'], { error: 'Expected totp or webauthn.' }))
        .min(1, { error: 'Name at least one type: totp, webauthn.' })
        .refine((types) => new Set(types).size === types.length, { error: 'Name each type once.' })
        .default(['totp', 'webauthn'])
        .describe('totp: authenticator apps; webauthn: security keys and built-in authenticators.'),
      withoutDevice: z
        .enum(['allow', 'register', 'email-code', 'block'])
        .default('allow')
        .describe('What happens when a user without a registered MFA device signs in.'),
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
          'When sessions of a disabled or deleted user end. as-aws: after up to an hour; immediate: at the next request.',
        ),
    })
    .prefault({}),
  time: z
    .strictObject({
      wire: z
        .enum(['real', 'instance'])
        .default('real')
        .describe('Which clock SAML messages follow: the real one, or the organization’s.'),
    })
    .prefault({}),
  signIn: z
    .strictObject({
      throttleWindow: durationBetween('PT1S', 'P1D').prefault('PT15M'),
      attemptsPerUser: attempts
        .default(10)
        .describe('How many sign-ins of one user may fail from one address within throttleWindow.'),
      attemptsPerAddress: attempts
        .default(200)
        .describe('How many sign-ins may fail from one address within throttleWindow.'),
      passwordHashCost: z
        .int()
        .min(4)
        .max(20)
        .default(15)
        .describe(
          'The base-2 logarithm of scrypt’s N. Each step doubles the time and the memory that one hash takes.',
        ),
      simulatedAddress: z
        .boolean({ error: 'simulatedAddress must be true or false.' })
        .default(false)
        .describe('Visitors can choose a simulated IP address, to try out context-aware sign-ins.'),
      demoUsers: z
        .boolean({ error: 'demoUsers must be true or false.' })
        .default(false)
        .describe(
          'The sign-in page lists the first 12 users, to fill in a user name. For demonstrations: it tells everyone who the users are.',
        ),
      demoMail: z
        .boolean({ error: 'demoMail must be true or false.' })
        .default(false)
        .describe(
          'Where the server listens on loopback alone, a browser is shown the email that its own request caused. For demonstrations: everybody at that machine can set every user’s password.',
        ),
    })
    .prefault({}),
  requests: z
    .strictObject({
      profile: z
        .enum(REQUEST_PROFILES)
        .default('lenient')
        .describe(
          'How strictly SAML requests are judged. lenient: oddities that do no harm are answered, with a finding; as-aws: they are refused, as AWS or the standard does.',
        ),
      weakAlgorithms: z
        .enum(WEAK_ALGORITHMS)
        .default('accept')
        .describe(
          'Requests that are signed with SHA-1. accept: they are verified and answered, with a finding; refuse: they are refused. It never applies to responses.',
        ),
    })
    .prefault({}),
  retention: z
    .strictObject({
      events: kept.default(100_000).describe('How many events the history keeps; the oldest are deleted.'),
      eventBytes: octets
        .default(268_435_456)
        .describe('How many bytes the events of the history may have together; the oldest are deleted.'),
      exchangesPerApplication: kept
        .default(1000)
        .describe('How many SAML conversations of each application are kept; the oldest are deleted.'),
      exchangeBytesPerApplication: octets
        .default(67_108_864)
        .describe(
          'How many bytes the SAML conversations of each application may have together; the oldest are deleted.',
        ),
      requestsPerApplication: kept
        .default(10_000)
        .describe(
          'How many requests of each application may wait for their user to sign in, and how many request IDs are remembered against replay.',
        ),
      requestBytesPerApplication: octets
        .default(67_108_864)
        .describe('How many bytes the waiting requests of each application may have together.'),
      mails: kept
        .default(1000)
        .describe(
          'How many messages the mailbox keeps; the oldest are deleted. Messages that are still to be sent don’t count.',
        ),
      mailBytes: octets.default(67_108_864).describe('How many bytes those messages may have together.'),
    })
    .prefault({}),
  exchanges: z
    .strictObject({
      content: z
        .enum(['full', 'redacted', 'none'])
        .default('full')
        .describe(
          'What is kept of a SAML conversation. full: everything; redacted: all but names, attribute values, RelayState and signatures; none: nothing.',
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
        .describe('How many AWS accounts and applications there can be in total.'),
      serviceProviderCertificateBytes: z
        .int()
        .min(512)
        .max(65_536)
        .default(2048)
        .describe('The largest size of a service provider’s certificate in PEM, in bytes.'),
    })
    .prefault({})
    .describe('Limits that AWS has too, with its defaults.'),
  branding: brandingSchema.prefault({}).describe('How the pages look.'),
  denial: z
    .enum(['page', 'status'])
    .default('page')
    .describe(
      'What happens when a user without an assignment opens an application. page: the user sees the 403 page; status: the service provider receives a SAML status.',
    ),
  reservedNames: z
    .enum(['show', 'send'])
    .default('show')
    .describe(
      'What happens with a response for an address under .example, .test, .invalid, example.com, example.net or example.org. show: the user sees it first, because nobody answers there; send: it is sent like any other.',
    ),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/**
 * Merges a partial change into settings, key by key, and validates the result. Throws a ZodError that names
 * each wrong key.
 */
export function mergeSettings(settings: Settings, change: unknown): Settings {
  return settingsSchema.parse(merge(settings, change), { error: inPlainWords });
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

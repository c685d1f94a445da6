import type { Instant } from '../../../../foundation/platform/clock.ts';
import { readTypedCode } from '../typed-code.ts';
import { MIN_SECRET_BYTES } from './secret.ts';

/*
 * Time-based one-time passwords (RFC 6238) with six digits, SHA-1 and 30 seconds, as in all authenticator
 * apps. Instants are wire time, since an app on a phone follows real time. otplib is loaded when first
 * needed.
 */

const PERIOD_SECONDS = 30;
/** Tolerates a small difference of the app's clock, and the time for typing (RFC 6238 §5.2). */
const DRIFT_STEPS = 1;
/**
 * At registration, an older code still registers the device, but out of sync (guide, "How to register a
 * device").
 */
const STALE_STEPS = 10;
/**
 * How far an app's clock may be off for a resynchronization with two consecutive codes (RFC 6238 §6): two
 * hours.
 */
const RESYNC_STEPS = (2 * 60 * 60) / PERIOD_SECONDS;

/** Instead of the library's own, 16 bytes: a given secret may be shorter, and has a warning. */
const LIMITS = { MIN_SECRET_BYTES } as const;

/** The stored credential of an authenticator app. */
export interface TotpCredential {
  /** Base32 without padding (RFC 4648 §6): 160 bits as RFC 4226 §4 recommends, or what was given. */
  readonly secret: string;
  /** How many steps the app's clock was ahead of ours at its last code. */
  readonly driftSteps: number;
  /**
   * The step of the last used code, which can't be used again, nor can earlier ones (RFC 6238 §5.2). Null
   * before the first use.
   */
  readonly lastStep: number | null;
}

/** A right code, with the values to store. */
export interface TotpMatch {
  readonly ok: true;
  readonly lastStep: number;
  readonly driftSteps: number;
}

export type TotpVerdict = TotpMatch | { readonly ok: false; readonly reason: 'wrong' | 'used' };

export async function newTotpSecret(): Promise<string> {
  return (await import('otplib')).generateSecret({ length: 20 });
}

/** The code that an app with this secret shows at an instant, for callers without an app, such as tests. */
export async function totpCode(secret: string, at: Instant): Promise<string> {
  const { generateSync, createGuardrails } = await import('otplib');
  const guardrails = createGuardrails(LIMITS);
  return generateSync({ secret, strategy: 'hotp', counter: stepOf(at), guardrails });
}

/**
 * The URI that an app reads from a QR code (github.com/google/google-authenticator/wiki/Key-Uri-Format). The label is
 * the issuer, a colon and the user name; neither may hold a colon, because apps take all before the first one as the
 * issuer, and some refuse one that differs from the parameter `issuer`.
 */
export async function totpUri(issuer: string, userName: string, secret: string): Promise<string> {
  const { generateURI } = await import('otplib');
  return generateURI({
    issuer: withoutColons(issuer),
    label: withoutColons(userName),
    secret,
    period: PERIOD_SECONDS,
    digits: 6,
    algorithm: 'sha1',
  });
}

/** Apps only show these names, so that a blank can stand for a colon. */
const withoutColons = (name: string): string =>
  name
    .split(':')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ') || '-';

/**
 * Verifies the code of a registered app: it must be of the current step or one step before or after, and not
 * used already. A match updates the drift, so that a clock that slowly goes wrong is followed.
 */
export async function verifyTotp(
  { secret, driftSteps, lastStep }: TotpCredential,
  code: string,
  at: Instant,
): Promise<TotpVerdict> {
  const present = stepOf(at);
  const step = await findStep(secret, code, present + driftSteps, DRIFT_STEPS);
  if (step === undefined) return { ok: false, reason: 'wrong' };
  // An attacker who looked over the user's shoulder has the same six digits.
  if (isUsedUp(step, lastStep, at)) return { ok: false, reason: 'used' };
  return { ok: true, lastStep: step, driftSteps: step - present };
}

/**
 * Verifies the first code of an app that is being registered. A code within ten steps proves that the app has
 * the secret. If it is more than one step away, the device is registered out of sync, and must be
 * resynchronized before it can be used.
 */
export async function verifyFirstTotp(
  secret: string,
  code: string,
  at: Instant,
): Promise<(TotpMatch & { readonly inSync: boolean }) | { readonly ok: false }> {
  const present = stepOf(at);
  const near = await findStep(secret, code, present, DRIFT_STEPS);
  const step = near ?? (await findStep(secret, code, present, STALE_STEPS));
  if (step === undefined) return { ok: false };
  return {
    ok: true,
    inSync: near !== undefined,
    lastStep: step,
    driftSteps: near === undefined ? 0 : near - present,
  };
}

/**
 * Finds how far an app's clock is off, by two consecutive codes (RFC 6238 §6): a single code would match by
 * chance somewhere within hours. Neither may be from before the last used code. The second counts as used.
 */
export async function resyncTotp(
  { secret, lastStep }: TotpCredential,
  first: string,
  second: string,
  at: Instant,
): Promise<TotpVerdict> {
  const present = stepOf(at);
  for (const step of await findSteps(secret, first, present, RESYNC_STEPS)) {
    if ((await findStep(secret, second, step + 1, 0)) === undefined) continue;
    if (isUsedUp(step, lastStep, at)) return { ok: false, reason: 'used' };
    return { ok: true, lastStep: step + 1, driftSteps: step + 1 - present };
  }
  return { ok: false, reason: 'wrong' };
}

/**
 * The latest step whose code an app can have shown by an instant of wire time, with the largest clock
 * difference that can be resynchronized. If the last used step is later, our clock was set back since, and
 * that step no longer counts as used.
 */
export const horizonOf = (at: Instant): number => stepOf(at) + RESYNC_STEPS + 1;

function isUsedUp(step: number, lastStep: number | null, at: Instant): boolean {
  return lastStep !== null && step <= lastStep && lastStep <= horizonOf(at);
}

const stepOf = (at: Instant): number => Math.floor(at / 1000 / PERIOD_SECONDS);

async function findStep(
  secret: string,
  code: string,
  around: number,
  within: number,
): Promise<number | undefined> {
  return (await findSteps(secret, code, around, within))[0];
}

/** The steps with this code, the nearest first. otplib compares in constant time. */
async function findSteps(secret: string, code: string, around: number, within: number): Promise<number[]> {
  // otplib throws for anything but six digits.
  const token = readTypedCode(code);
  if (!/^\d{6}$/.test(token)) return [];
  const { verifySync, createGuardrails } = await import('otplib');
  const guardrails = createGuardrails(LIMITS);
  const found: number[] = [];
  for (let away = 0; away <= within; away++) {
    for (const step of away === 0 ? [around] : [around - away, around + away]) {
      if (step < 0) continue;
      const { valid } = verifySync({ secret, token, strategy: 'hotp', counter: step, guardrails });
      if (valid) found.push(step);
    }
  }
  return found;
}

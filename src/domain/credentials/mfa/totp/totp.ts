import type { Instant } from '../../../../foundation/platform/clock.ts';

/*
 * Time-based one-time passwords (RFC 6238): six digits, SHA-1, 30 seconds, as every authenticator app has them. Instants are
 * wire time: an app on somebody's phone keeps real time. otplib is loaded when first needed.
 */

const PERIOD_SECONDS = 30;
/** What the app's clock may differ, and what typing may take (RFC 6238 §5.2). */
const DRIFT_STEPS = 1;
/** At registration an older code still associates the device, out of sync (guide, "How to register a device"). */
const STALE_STEPS = 10;
/** How far off a clock may be for two consecutive codes to find it (RFC 6238 §6): two hours. */
const RESYNC_STEPS = (2 * 60 * 60) / PERIOD_SECONDS;

/** What is kept of an authenticator app. */
export interface TotpCredential {
  /** Base32 without padding (RFC 4648 §6), 160 bits as RFC 4226 §4 recommends. */
  readonly secret: string;
  /** How many steps the app's clock was ahead of ours when it was last told. */
  readonly driftSteps: number;
  /** The last step whose code was used: it and those before are used up (RFC 6238 §5.2). Null before the first. */
  readonly lastStep: number | null;
}

/** A code that fits, and what is to be kept of it. */
export interface TotpMatch {
  readonly ok: true;
  readonly lastStep: number;
  readonly driftSteps: number;
}

export type TotpVerdict = TotpMatch | { readonly ok: false; readonly reason: 'wrong' | 'used' };

/** A new secret. */
export async function newTotpSecret(): Promise<string> {
  return (await import('otplib')).generateSecret({ length: 20 });
}

/** The code that an app with this secret shows at an instant: for whoever has no app at hand, such as a test. */
export async function totpCode(secret: string, at: Instant): Promise<string> {
  const { generateSync } = await import('otplib');
  return generateSync({ secret, strategy: 'hotp', counter: stepOf(at) });
}

/** What an app reads from a QR code (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export async function totpUri(issuer: string, userName: string, secret: string): Promise<string> {
  const { generateURI } = await import('otplib');
  return generateURI({
    issuer,
    label: userName,
    secret,
    period: PERIOD_SECONDS,
    digits: 6,
    algorithm: 'sha1',
  });
}

/**
 * Judges the code of a registered app: of the present step, or the one before or after, and of none that was used already.
 * A match moves the kept drift along, so that a clock that goes wrong slowly is followed.
 */
export async function verifyTotp(
  { secret, driftSteps, lastStep }: TotpCredential,
  code: string,
  at: Instant,
): Promise<TotpVerdict> {
  const present = stepOf(at);
  const step = await findStep(secret, code, present + driftSteps, DRIFT_STEPS);
  if (step === undefined) return { ok: false, reason: 'wrong' };
  // Whoever looked over somebody's shoulder has the same six digits.
  if (isUsedUp(step, lastStep, at)) return { ok: false, reason: 'used' };
  return { ok: true, lastStep: step, driftSteps: step - present };
}

/**
 * Judges the first code of an app that is being registered. Within ten steps it proves that the app has the secret; more than
 * one step away the device is associated out of sync, and must be resynchronized before it can be used.
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
 * Finds how far an app's clock is off, by two codes that follow each other (RFC 6238 §6): one alone would be hit by chance
 * somewhere in hours. The second is used up; none of them may be from before the last one that was used.
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
 * The farthest step that an app could have shown by an instant of wire time: one whose clock is as far ahead as can be found. A
 * step beyond it that was used up is of a clock that was put back since, and uses nothing up.
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

/** The steps whose code this is, the nearest first. otplib compares in constant time. */
async function findSteps(secret: string, code: string, around: number, within: number): Promise<number[]> {
  // Apps show `123 456`, and otplib throws for anything but six digits.
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return [];
  const { verifySync } = await import('otplib');
  const found: number[] = [];
  for (let away = 0; away <= within; away++) {
    for (const step of away === 0 ? [around] : [around - away, around + away]) {
      if (step < 0) continue;
      const { valid } = verifySync({ secret, token, strategy: 'hotp', counter: step });
      if (valid) found.push(step);
    }
  }
  return found;
}

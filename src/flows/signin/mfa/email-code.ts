import { MINUTE_MS, type Instant } from '../../../foundation/platform/clock.ts';
import { equalSecrets, type Sealer } from '../../../foundation/platform/crypto.ts';
import type { Ids, SignInId } from '../../../foundation/platform/ids.ts';
import { readTypedCode } from '../../../domain/credentials/mfa/typed-code.ts';
import type { MailCode } from '../../../domain/sessions/sign-in.ts';

const CODE_MS = 10 * MINUTE_MS;
/** After this many wrong tries another code must be sent. The chance of guessing one is 1 in 200,000. */
const TRIES = 5;

/** Generates a six-digit code for a sign-in. `kept` is what the sign-in stores. */
export function newMailCode(
  { ids, sealer }: { ids: Ids; sealer: Sealer },
  signInId: SignInId,
  at: Instant,
): { code: string; kept: MailCode } {
  // 48 random bits, so the bias of the remainder is less than one in 10^8.
  const code = String(Number.parseInt(ids.hex(12), 16) % 1_000_000).padStart(6, '0');
  return { code, kept: { mac: macOf(sealer, signInId, code), triesLeft: TRIES, expiresAt: at + CODE_MS } };
}

/** Whether this is the mailed code of this sign-in, in time and not tried too often. Read as it was typed. */
export function isMailCode(
  sealer: Sealer,
  signInId: SignInId,
  kept: MailCode,
  given: string,
  at: Instant,
): boolean {
  const right = equalSecrets(kept.mac, macOf(sealer, signInId, readTypedCode(given)));
  return right && kept.triesLeft > 0 && at < kept.expiresAt;
}

/** Masks an email address for a page that anyone with the password can see: `a•••@example.com`. */
export function maskedAddress(email: string): string {
  const separator = email.lastIndexOf('@');
  // By code points, since half of a surrogate pair can't be displayed.
  const [first = ''] = email.slice(0, separator);
  return `${first}•••${email.slice(separator)}`;
}

// Keyed and bound to the sign-in, because from a plain hash, six digits could be found by trying all.
const macOf = (sealer: Sealer, signInId: SignInId, code: string) =>
  sealer.mac('email-code', `${signInId} ${code}`);

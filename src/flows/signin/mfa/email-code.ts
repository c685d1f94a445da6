import { MINUTE_MS, type Instant } from '../../../foundation/platform/clock.ts';
import { equalSecrets, type Sealer } from '../../../foundation/platform/crypto.ts';
import type { Ids, SignInId } from '../../../foundation/platform/ids.ts';
import type { MailCode } from '../../../domain/sessions/sign-in.ts';

const CODE_MS = 10 * MINUTE_MS;
/** Then another code must be sent: one in 200,000 would be guessed. */
const TRIES = 5;

/** A new six-digit code for a sign-in, and what is kept of it. */
export function newMailCode(
  { ids, sealer }: { ids: Ids; sealer: Sealer },
  signInId: SignInId,
  at: Instant,
): { code: string; kept: MailCode } {
  // 48 random bits: what the remainder favours is less than one in 10^8.
  const code = String(Number.parseInt(ids.hex(12), 16) % 1_000_000).padStart(6, '0');
  return { code, kept: { mac: macOf(sealer, signInId, code), triesLeft: TRIES, expiresAt: at + CODE_MS } };
}

/** Whether this is the code that was sent for this sign-in, in time and not tried too often. Spaces are left out. */
export function isMailCode(
  sealer: Sealer,
  signInId: SignInId,
  kept: MailCode,
  given: string,
  at: Instant,
): boolean {
  const right = equalSecrets(kept.mac, macOf(sealer, signInId, given.replace(/\s/g, '')));
  return right && kept.triesLeft > 0 && at < kept.expiresAt;
}

/** An address for a page that whoever has the password sees: `a•••@example.com`. */
export function maskedAddress(email: string): string {
  const separator = email.lastIndexOf('@');
  // By code points: half of one would be a box on the page.
  const [first = ''] = email.slice(0, separator);
  return `${first}•••${email.slice(separator)}`;
}

// Bound to the sign-in, and keyed: six digits are found by trying wherever only a hash stands.
const macOf = (sealer: Sealer, signInId: SignInId, code: string) =>
  sealer.mac('email-code', `${signInId} ${code}`);

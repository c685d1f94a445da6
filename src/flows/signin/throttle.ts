import type { Settings } from '../../domain/organizations/settings.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import { durationMs } from '../../foundation/platform/duration.ts';
import { unreachable } from '../../foundation/platform/errors.ts';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { countAttempt, uncountAttempt } from './throttle-store.ts';

export type ThrottleVerdict = { ok: true } | { ok: false; retryAfterSeconds: number };

/** What is tried. `ip` is where the connection really comes from, whatever address a visitor simulates. */
export type Attempt = { ip: string } & (
  | {
      kind: 'password';
      /** As typed, without regard to case: a name that nobody has is throttled like any other. */
      userName: string;
    }
  /** A code or a security key: whoever tries has the password, and changes the address if that helps. */
  | { kind: 'second-factor'; userId: UserId }
  /** The token of a link, or the characters of an image. `userId`: whose link it is. */
  | { kind: 'guess'; userId?: UserId | undefined }
  /** A link by mail for a name, which may be nobody's. */
  | { kind: 'mail'; userName: string }
  /** A code by mail. Not counted with links: anybody can ask for those, and would leave a person without codes to sign in. */
  | { kind: 'mail-code'; userId: UserId }
);

/** A code by mail to a person who signs in. */
export const mailAttempt = ({ id }: { id: UserId }, ip: string): Attempt => ({
  kind: 'mail-code',
  userId: id,
  ip,
});

/**
 * Counts a try before it is judged. A guesser who sends many at once must not get more tries than one who
 * sends them one after another, so the place is taken first and given back by a success (`giveBackAttempt`).
 */
export async function takeAttempt(
  tx: Tx,
  instanceId: InstanceId,
  limits: Settings['signIn'],
  attempt: Attempt,
  at: Instant,
): Promise<ThrottleVerdict> {
  const windowMs = durationMs(limits.throttleWindow);
  for (const { key, limit } of keysOf(attempt, limits)) {
    const { attempts, startedAt } = await countAttempt(tx, instanceId, key, { windowMs, at });
    if (attempts > limit) {
      return {
        ok: false,
        retryAfterSeconds: Math.max(1, Math.ceil((startedAt + windowMs - at) / 1000)),
      };
    }
  }
  return { ok: true };
}

/** A success counts nothing. */
export async function giveBackAttempt(
  tx: Tx,
  instanceId: InstanceId,
  limits: Settings['signIn'],
  attempt: Attempt,
) {
  for (const { key } of keysOf(attempt, limits)) {
    await uncountAttempt(tx, instanceId, key);
  }
}

function keysOf(attempt: Attempt, limits: Settings['signIn']) {
  const { attemptsPerUser, attemptsPerAddress } = limits;
  const { ip } = attempt;
  switch (attempt.kind) {
    case 'password':
      return [
        { key: `user ${ip} ${hashedName(attempt.userName)}`, limit: attemptsPerUser },
        { key: `address ${ip}`, limit: attemptsPerAddress },
      ];
    case 'second-factor':
      return [
        { key: `factor ${attempt.userId}`, limit: attemptsPerUser },
        { key: `address ${ip}`, limit: attemptsPerAddress },
      ];
    case 'mail':
      return [
        { key: `mail ${hashedName(attempt.userName)}`, limit: attemptsPerUser },
        { key: `mail address ${ip}`, limit: attemptsPerAddress },
      ];
    case 'mail-code':
      return [
        { key: `mail code ${attempt.userId}`, limit: attemptsPerUser },
        { key: `mail code address ${ip}`, limit: attemptsPerAddress },
      ];
    case 'guess':
      return [
        ...(attempt.userId === undefined ? [] : [{ key: `link ${attempt.userId}`, limit: attemptsPerUser }]),
        { key: `guess address ${ip}`, limit: attemptsPerAddress },
      ];
    default:
      return unreachable(attempt);
  }
}

// Hashed: people type passwords into the wrong field, and this table outlives the sign-in.
const hashedName = (userName: string) => hashToken(userName.normalize('NFKC').toLowerCase());

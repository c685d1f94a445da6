import { nameKey } from '../../domain/directory/name-key.ts';
import type { Settings } from '../../domain/organizations/settings.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import { durationMs } from '../../foundation/platform/duration.ts';
import { unreachable } from '../../foundation/platform/errors.ts';
import { networkOf } from '../../foundation/platform/ip-address.ts';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import {
  countAttempt,
  findAttempts,
  settleCounter,
  type Counter,
  type CounterKeys,
} from './throttle-store.ts';

export type ThrottleVerdict =
  | { ok: true }
  | {
      ok: false;
      retryAfterSeconds: number;
      /** The counter that has no attempt left only because some are still being judged. */
      undecided?: string;
    };

/**
 * What is attempted. `ip` is the real address of the client, even if the visitor simulates another. It is counted with
 * its network, since an attacker can choose among the addresses of an IPv6 network.
 */
export type Attempt = { ip: string } & (
  | {
      kind: 'password';
      /** As typed; case is ignored. Unknown names are throttled like known ones. */
      userName: string;
    }
  /**
   * A code or a security key. Limited for each user whatever the address, because the attacker has the
   * password and can change the address.
   */
  | { kind: 'second-factor'; userId: UserId }
  /** The token of a link, or the answer to a captcha. `userId`: the link's user. */
  | { kind: 'guess'; userId?: UserId | undefined }
  /** A link by mail for a user name, known or not. */
  | { kind: 'mail'; userName: string }
  /**
   * A code by mail. Counted apart from links, which anyone can request: otherwise an attacker could leave a
   * user without codes.
   */
  | { kind: 'mail-code'; userId: UserId }
);

/** The attempt of mailing a code to a user who signs in. */
export const mailAttempt = ({ id }: { id: UserId }, ip: string): Attempt => ({
  kind: 'mail-code',
  userId: id,
  ip,
});

/**
 * Counts an attempt before it is judged, and a success gives it back (`settleAttempt`). Otherwise an
 * attacker who sends many guesses at once would get more tries than with one after another. To wait for those
 * that are being judged, use an `AttemptQueue`.
 */
export async function takeAttempt(
  tx: Tx,
  instanceId: InstanceId,
  limits: Settings['signIn'],
  attempt: Attempt,
  at: Instant,
): Promise<ThrottleVerdict> {
  const windowMs = durationMs(limits.throttleWindow);
  const refuse = (key: string, { startedAt, underWay }: Counter): ThrottleVerdict => ({
    ok: false,
    // At most a window: another request may have begun it at a later instant than this one's.
    retryAfterSeconds: Math.max(1, Math.ceil(Math.min(windowMs, startedAt + windowMs - at) / 1000)),
    ...(underWay > 0 && { undecided: key }),
  });
  const keys = keysOf(attempt, limits);
  // An address that has no attempt left gets no further counters: otherwise it could fill the table with one for each
  // user name that it invents.
  const address = keys.at(-1);
  const used = address && (await findAttempts(tx, instanceId, address.key, { windowMs, at }));
  if (used && used.attempts >= address.limit) return refuse(address.key, used);
  const isJudged = attempt.kind === 'password' || attempt.kind === 'second-factor';
  const taken: string[] = [];
  for (const { key, limit } of keys) {
    const counter = await countAttempt(tx, instanceId, { key, limit, isJudged }, { windowMs, at });
    if (!counter.counted) {
      for (const each of taken) await settleCounter(tx, instanceId, each, true);
      return refuse(key, counter);
    }
    taken.push(key);
  }
  return { ok: true };
}

/** Stores the verdict on an attempt: one that was right doesn't count. */
export async function settleAttempt(
  tx: Tx,
  instanceId: InstanceId,
  limits: Settings['signIn'],
  attempt: Attempt,
  verdict: 'right' | 'wrong',
): Promise<void> {
  for (const { key } of keysOf(attempt, limits)) {
    await settleCounter(tx, instanceId, key, verdict === 'right');
  }
}

/** The counters of an attempt; the last is that of the address. */
function keysOf(attempt: Attempt, limits: Settings['signIn']) {
  const { attemptsPerUser, attemptsPerAddress } = limits;
  const network = networkOf(attempt.ip);
  switch (attempt.kind) {
    case 'password':
      return [
        { key: `user ${network} ${hashedName(attempt.userName)}`, limit: attemptsPerUser },
        { key: `address ${network}`, limit: attemptsPerAddress },
      ];
    case 'second-factor':
      return [
        { key: `factor ${attempt.userId}`, limit: attemptsPerUser },
        { key: `address ${network}`, limit: attemptsPerAddress },
      ];
    case 'mail':
      return [
        { key: `mail ${hashedName(attempt.userName)}`, limit: attemptsPerUser },
        { key: `mail address ${network}`, limit: attemptsPerAddress },
      ];
    case 'mail-code':
      return [
        { key: `mail code ${attempt.userId}`, limit: attemptsPerUser },
        { key: `mail code address ${network}`, limit: attemptsPerAddress },
      ];
    case 'guess':
      return [
        ...(attempt.userId === undefined ? [] : [{ key: `link ${attempt.userId}`, limit: attemptsPerUser }]),
        { key: `guess address ${network}`, limit: attemptsPerAddress },
      ];
    default:
      return unreachable(attempt);
  }
}

/**
 * The counters of a user's own attempts: keys, and the ends of the keys that differ only by the address. Those of
 * addresses aren't among them.
 */
export function countersOf(user: { id: UserId; userName: string }): CounterKeys {
  const name = hashedName(user.userName);
  return {
    keys: [`factor ${user.id}`, `mail ${name}`, `mail code ${user.id}`, `link ${user.id}`],
    ends: [` ${name}`],
  };
}

// By the key with which the directory finds the user: another spelling of a name gives no more attempts. Hashed, because
// people type passwords into the wrong field, and this table outlives the sign-in.
const hashedName = (userName: string) => hashToken(nameKey(userName));

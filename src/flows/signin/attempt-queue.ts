import { setTimeout } from 'node:timers/promises';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { takeAttempt, type Attempt, type ThrottleVerdict } from './throttle.ts';

/**
 * Takes attempts. At the limit, one waits while others under the same counter are being judged: each that turns out
 * right makes room, so that many right passwords of a user at once all get in. It isn't counted meanwhile, so no more
 * than the limit are ever judged and wrong. The wait ends as soon as the limit is used up by wrong ones.
 */
export interface AttemptQueue {
  take(instance: Instance, attempt: Attempt, at: Instant): Promise<ThrottleVerdict>;
}

const PAUSE_MS = 50;
/** Five seconds: much longer than hashes take, also when the server that computed them was killed. */
const MAX_PAUSES = 100;
/** For each counter, so that an attacker who lets many requests wait keeps only requests under the same counter out. */
const MAX_WAITING = 50;
const SOON_SECONDS = 5;

interface Needs {
  db: Database;
  /** Waits for so many milliseconds. */
  pause?: (ms: number) => Promise<unknown>;
}

export function createAttemptQueue({ db, pause = setTimeout }: Needs): AttemptQueue {
  /** Those that wait in this server, by counter, the first first. Only it asks the database: others may be behind it. */
  const queues = new Map<string, symbol[]>();

  const wait = async (key: string, retry: () => Promise<ThrottleVerdict>): Promise<ThrottleVerdict> => {
    const queue = queues.get(key) ?? [];
    // Full.
    if (queue.length >= MAX_WAITING) return { ok: false, retryAfterSeconds: SOON_SECONDS };
    const place = Symbol('waiting');
    queue.push(place);
    queues.set(key, queue);
    try {
      for (let pauses = 0; pauses < MAX_PAUSES; pauses += 1) {
        await pause(PAUSE_MS);
        if (queue[0] !== place) continue;
        const verdict = await retry();
        if (verdict.ok || verdict.undecided === undefined) return verdict;
      }
      return { ok: false, retryAfterSeconds: SOON_SECONDS };
    } finally {
      queue.splice(queue.indexOf(place), 1);
      if (queue.length === 0) queues.delete(key);
    }
  };

  return {
    async take(instance, attempt, at) {
      const { id, settings } = instance;
      const attemptOnce = () => db.transaction((tx) => takeAttempt(tx, id, settings.signIn, attempt, at));
      const verdict = await attemptOnce();
      if (verdict.ok || verdict.undecided === undefined) return verdict;
      return wait(`${id} ${verdict.undecided}`, attemptOnce);
    },
  };
}

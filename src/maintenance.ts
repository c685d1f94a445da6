import { setImmediate } from 'node:timers/promises';
import { listApplicationIds } from './applications/store.ts';
import { trimEvents } from './audit/store.ts';
import { trimExchanges, trimPendingRequests, trimRequestIds } from './idp/trim.ts';
import { listOrganizations, findInstanceOf } from './organizations/store.ts';
import { policyTime, timesOf } from './organizations/organization.ts';
import { HOUR_MS, MINUTE_MS, type Clock } from './platform/clock.ts';
import { durationMs } from './platform/duration.ts';
import type { Logger } from './platform/logger.ts';
import { trimSampleSessions } from './samples/store.ts';
import { trimSessions } from './sessions/session-store.ts';
import { trimSignIns } from './signin/store.ts';
import { trimThrottles } from './signin/throttle.ts';
import type { Database, Tx } from './storage/database.ts';

const EVERY_MS = MINUTE_MS;
/** Rows that one deletion takes at most, so that no request waits long behind it. */
const BATCH = 500;
const EVENTS_PER_ORGANIZATION = 100_000;
const REQUEST_ID_AGE_MS = 15 * MINUTE_MS;

/** Keeps what only grows within its bounds, in the background. */
export function startMaintenance({ db, clock, log }: { db: Database; clock: Clock; log: Logger }): {
  stop(): Promise<void>;
} {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => maintain(db, clock))
      .catch((error: unknown) => log.error({ err: error }, 'maintenance failed'));
  }, EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}

/** One round over all organizations. */
export async function maintain(db: Database, clock: Clock): Promise<void> {
  for (const organization of await listOrganizations(db.read)) {
    const at = policyTime(organization.clock, clock.now());
    await inBatches(db, (tx) => trimEvents(tx, organization.id, EVENTS_PER_ORGANIZATION, BATCH));
    const instance = await findInstanceOf(db.read, organization.id);
    if (!instance) continue;
    const windowMs = durationMs(instance.settings.signIn.throttleWindow);
    await db.transaction(async (tx) => {
      await trimSignIns(tx, instance.id, at - HOUR_MS, BATCH);
      await trimThrottles(tx, instance.id, at - windowMs, BATCH);
      await trimPendingRequests(tx, instance.id, at, BATCH);
      await trimSessions(tx, instance.id, at, BATCH);
      await trimSampleSessions(tx, instance.id, timesOf(instance, clock), BATCH);
    });
    for (const id of await listApplicationIds(db.read, instance.id)) {
      await db.transaction((tx) => trimRequestIds(tx, id, at - REQUEST_ID_AGE_MS, BATCH));
      await inBatches(db, (tx) => trimExchanges(tx, id, BATCH));
    }
  }
}

/** Deletes until a batch isn't full; what waits for the database gets its turn between two. */
async function inBatches(db: Database, trim: (tx: Tx) => Promise<number>): Promise<void> {
  while ((await db.transaction(trim)) === BATCH) await setImmediate();
}

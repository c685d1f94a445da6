import { setImmediate } from 'node:timers/promises';
import { listApplicationIds } from './applications/store.ts';
import { trimEvents } from './audit/store.ts';
import {
  trimExchanges,
  trimPendingRequests,
  trimRequestIds,
  trimSurplusRequestIds,
  trimSurplusRequests,
} from './idp/trim.ts';
import { listOrganizations, findInstanceOf } from './organizations/store.ts';
import { timesOf, type Instance } from './organizations/organization.ts';
import { MINUTE_MS, type Clock } from './platform/clock.ts';
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

/** One round over all organizations. A failure in one of them doesn't keep the others waiting; the first is thrown. */
export async function maintain(db: Database, clock: Clock): Promise<void> {
  const failures: unknown[] = [];
  for (const organization of await listOrganizations(db.read)) {
    try {
      await trimAll(db, (tx) => trimEvents(tx, organization.id, EVENTS_PER_ORGANIZATION, BATCH));
      const instance = await findInstanceOf(db.read, organization.id);
      if (instance) await maintainInstance(db, instance, clock);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function maintainInstance(db: Database, instance: Instance, clock: Clock): Promise<void> {
  const { id } = instance;
  const times = timesOf(instance, clock);
  const { policyAt, wireAt } = times;
  const windowMs = durationMs(instance.settings.signIn.throttleWindow);
  await trimAll(db, (tx) => trimSignIns(tx, id, policyAt, BATCH));
  await trimAll(db, (tx) => trimThrottles(tx, id, policyAt - windowMs, BATCH));
  await trimAll(db, (tx) => trimPendingRequests(tx, id, policyAt, BATCH));
  await trimAll(db, (tx) => trimSessions(tx, id, policyAt, BATCH));
  await trimAll(db, (tx) => trimSampleSessions(tx, id, times, BATCH));
  for (const application of await listApplicationIds(db.read, id)) {
    await trimAll(db, (tx) => trimSurplusRequests(tx, id, application, BATCH));
    await trimAll(db, (tx) => trimRequestIds(tx, application, wireAt - REQUEST_ID_AGE_MS, BATCH));
    await trimAll(db, (tx) => trimSurplusRequestIds(tx, application, BATCH));
    await trimAll(db, (tx) => trimExchanges(tx, application, BATCH));
  }
}

/** Deletes until a batch isn't full; what waits for the database gets its turn between two. */
async function trimAll(db: Database, trim: (tx: Tx) => Promise<number>): Promise<void> {
  while ((await db.transaction(trim)) >= BATCH) await setImmediate();
}

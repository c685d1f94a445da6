import { setImmediate } from 'node:timers/promises';
import { listApplicationIds } from '../domain/applications/store.ts';
import { trimEvents } from '../domain/audit/store.ts';
import { trimRehearsals } from '../domain/certificates/rehearsals.ts';
import { trimLinks } from '../domain/credentials/passwords/password-links.ts';
import { trimRegistrations } from '../domain/credentials/mfa/registration.ts';
import {
  trimExchanges,
  trimPendingRequests,
  trimRequestIds,
  trimSurplusRequestIds,
  trimSurplusRequests,
} from '../flows/idp/trim.ts';
import { trimMails } from '../domain/mail/store.ts';
import { listOrganizations, findInstanceOf } from '../domain/organizations/store.ts';
import { timesOf, type Instance } from '../domain/organizations/organization.ts';
import { settingsSchema } from '../domain/organizations/settings.ts';
import { MINUTE_MS, SECOND_MS, type Clock } from '../foundation/platform/clock.ts';
import { durationMs } from '../foundation/platform/duration.ts';
import type { Logger } from '../foundation/platform/logger.ts';
import { trimSampleSessions } from '../lab/samples/store.ts';
import { trimSessions } from '../domain/sessions/session-store.ts';
import { trimSignIns } from '../flows/signin/store.ts';
import { trimThrottles } from '../flows/signin/throttle.ts';
import { trimSpentTokens } from '../foundation/storage/spent-tokens.ts';
import type { Database, Tx } from '../foundation/storage/database.ts';

const EVERY_MS = MINUTE_MS;
/** After a round that found much: a busy server would fill its disk in a minute with what isn't kept. */
const SOON_MS = 10 * SECOND_MS;
/** Rows that one deletion takes at most, so that no request waits long behind it. */
const BATCH = 500;
/** Longer than a request can be fresh: its ID is remembered as long as it could pass again. */
const REQUEST_ID_AGE_MS = 15 * MINUTE_MS;
/** What is kept where no instance says how much. */
const DEFAULTS = settingsSchema.parse({});

/** Keeps what only grows within its bounds, in the background. */
export function startMaintenance({ db, clock, log }: { db: Database; clock: Clock; log: Logger }): {
  /** Resolves once nothing is under way; what a round has left to do waits for the next start. */
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const schedule = (ms: number) => {
    timer = setTimeout(() => {
      running = round();
    }, ms);
    timer.unref();
  };
  const round = async () => {
    let deleted = 0;
    try {
      deleted = await maintain(db, clock, stopping.signal);
    } catch (error) {
      log.error({ err: error }, 'maintenance failed');
    }
    if (!stopping.signal.aborted) schedule(deleted >= BATCH ? SOON_MS : EVERY_MS);
  };
  schedule(EVERY_MS);
  return {
    stop() {
      stopping.abort();
      clearTimeout(timer);
      return running;
    },
  };
}

/** Deletes until a batch isn't full; adds up what went. */
type TrimAll = (trim: (tx: Tx) => Promise<number>) => Promise<void>;

/**
 * One round over all organizations; returns how many rows went. A failure in one of them doesn't keep the others waiting;
 * the first is thrown. Ends early, between two batches, when it is told to.
 */
export async function maintain(db: Database, clock: Clock, signal?: AbortSignal): Promise<number> {
  const failures: unknown[] = [];
  let deleted = 0;
  const trimAll: TrimAll = async (trim) => {
    for (let full = true; full && !signal?.aborted;) {
      const count = await db.transaction(trim);
      deleted += count;
      full = count >= BATCH;
      // What waits for the database gets its turn.
      if (full) await setImmediate();
    }
  };
  for (const organization of await listOrganizations(db.read)) {
    try {
      const instance = await findInstanceOf(db.read, organization.id);
      const { retention } = instance?.settings ?? DEFAULTS;
      await trimAll((tx) => trimEvents(tx, organization.id, retention.events, BATCH));
      await trimAll((tx) => trimMails(tx, organization.id, retention.mails, BATCH));
      if (instance) await maintainInstance(db, instance, clock, trimAll);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return deleted;
}

async function maintainInstance(
  db: Database,
  instance: Instance,
  clock: Clock,
  trimAll: TrimAll,
): Promise<void> {
  const { id: instanceId, settings } = instance;
  const times = timesOf(instance, clock);
  const { policyAt, wireAt } = times;
  const { exchangesPerApplication, requestsPerApplication } = settings.retention;
  const windowMs = durationMs(settings.signIn.throttleWindow);
  await trimAll((tx) => trimSignIns(tx, instanceId, policyAt, BATCH));
  await trimAll((tx) => trimThrottles(tx, instanceId, policyAt - windowMs, BATCH));
  await trimAll((tx) => trimPendingRequests(tx, instanceId, policyAt, BATCH));
  await trimAll((tx) => trimSessions(tx, instanceId, policyAt, BATCH));
  await trimAll((tx) => trimLinks(tx, instanceId, policyAt, BATCH));
  await trimAll((tx) => trimRehearsals(tx, instanceId, policyAt, BATCH));
  await trimAll((tx) => trimSpentTokens(tx, instanceId, policyAt, BATCH));
  await trimAll((tx) => trimRegistrations(tx, instanceId, policyAt, BATCH));
  await trimAll((tx) => trimSampleSessions(tx, instanceId, times, BATCH));
  for (const applicationId of await listApplicationIds(db.read, instanceId)) {
    const surplus = { instanceId, applicationId, keep: requestsPerApplication };
    await trimAll((tx) => trimSurplusRequests(tx, surplus, BATCH));
    await trimAll((tx) => trimRequestIds(tx, applicationId, wireAt - REQUEST_ID_AGE_MS, BATCH));
    await trimAll((tx) => trimSurplusRequestIds(tx, applicationId, requestsPerApplication, BATCH));
    await trimAll((tx) => trimExchanges(tx, applicationId, exchangesPerApplication, BATCH));
  }
}

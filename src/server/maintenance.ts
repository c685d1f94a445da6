import { setImmediate } from 'node:timers/promises';
import { listApplicationIds } from '../domain/applications/store.ts';
import { trimEvents } from '../domain/audit/store.ts';
import { trimRehearsals } from '../domain/certificates/rehearsal-store.ts';
import { trimLinks } from '../domain/credentials/passwords/link-store.ts';
import { trimRegistrations } from '../domain/credentials/mfa/registration-store.ts';
import { trimExchanges } from '../flows/idp/exchanges/store.ts';
import { trimRequestIds, trimSurplusRequestIds } from '../flows/idp/requests/seen-request-store.ts';
import { trimPendingRequests, trimSurplusRequests } from '../flows/idp/requests/pending-request-store.ts';
import { trimMails } from '../domain/mail/store.ts';
import { listOrganizations } from '../domain/organizations/organization-store.ts';
import { findInstanceOf } from '../domain/organizations/instance-store.ts';
import { timesOf, type Instance } from '../domain/organizations/organization.ts';
import { settingsSchema } from '../domain/organizations/settings.ts';
import { MINUTE_MS, SECOND_MS, type Clock } from '../foundation/platform/clock.ts';
import { durationMs } from '../foundation/platform/duration.ts';
import type { Logger } from '../foundation/platform/logger.ts';
import { trimSampleSessions } from '../lab/samples/store.ts';
import { trimSessions } from '../domain/sessions/session-store.ts';
import { trimSignIns } from '../domain/sessions/sign-in-store.ts';
import { trimThrottles } from '../flows/signin/throttle-store.ts';
import { trimSpentTokens } from '../foundation/storage/spent-tokens.ts';
import type { Database, Tx } from '../foundation/storage/database.ts';

const EVERY_MS = MINUTE_MS;
/** The pause after a round that deleted much: a busy server could fill its disk within a minute. */
const SOON_MS = 10 * SECOND_MS;
/** The most rows that one transaction deletes, so that no request waits long for it. */
const BATCH = 500;
/** How long request IDs are remembered: longer than a request is accepted, so that it can't be replayed. */
const REQUEST_ID_AGE_MS = 15 * MINUTE_MS;
/** For organizations without an instance. */
const DEFAULTS = settingsSchema.parse({});

/** Deletes expired and surplus rows in the background. */
export function startMaintenance({ db, clock, log }: { db: Database; clock: Clock; log: Logger }): {
  /** Resolves once the round under way has stopped. The next start continues its work. */
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

/** Runs `trim` until it deletes less than a full batch, and counts the rows. */
type TrimAll = (trim: (tx: Tx) => Promise<number>) => Promise<void>;

/**
 * One round over all organizations. Returns how many rows it deleted. A failure in one organization doesn't
 * keep the others waiting; the first failure is thrown at the end. `signal` stops it between two batches.
 */
export async function maintain(db: Database, clock: Clock, signal?: AbortSignal): Promise<number> {
  const failures: unknown[] = [];
  let deleted = 0;
  const trimAll: TrimAll = async (trim) => {
    for (let full = true; full && !signal?.aborted;) {
      const count = await db.transaction(trim);
      deleted += count;
      full = count >= BATCH;
      // Gives waiting requests a turn at the database.
      if (full) await setImmediate();
    }
  };
  for (const organization of await listOrganizations(db.read)) {
    try {
      const instance = await findInstanceOf(db.read, organization.id);
      const { retention } = instance?.settings ?? DEFAULTS;
      await trimAll((tx) => trimEvents(tx, organization.id, retention.events, BATCH));
      await trimAll((tx) => trimMails(tx, organization.id, retention.mails, BATCH));
      if (instance) await maintainInstance(db, clock, instance, trimAll);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return deleted;
}

async function maintainInstance(
  db: Database,
  clock: Clock,
  instance: Instance,
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

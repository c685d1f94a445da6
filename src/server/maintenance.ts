import { findInstanceOf } from '../domain/organizations/instance-store.ts';
import { listOrganizations } from '../domain/organizations/organization-store.ts';
import { timesOf, type Organization } from '../domain/organizations/organization.ts';
import { settingsSchema } from '../domain/organizations/settings.ts';
import type { TrimAll } from '../domain/organizations/trims.ts';
import { MAX_CLOCK_DIFFERENCE_MS, MINUTE_MS, SECOND_MS, type Clock } from '../foundation/platform/clock.ts';
import type { Logger } from '../foundation/platform/logger.ts';
import type { Database } from '../foundation/storage/database.ts';
import { modules } from './modules.ts';
import { nextTurn } from '../foundation/platform/turns.ts';

const EVERY_MS = MINUTE_MS;
/** The pause after a round that deleted much: a busy server could fill its disk within a minute. */
const SOON_MS = 10 * SECOND_MS;
/** The most rows that one transaction deletes, so that no request waits long for it. */
const BATCH = 500;
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

/**
 * One round over the server and all organizations. Returns how many rows it deleted. A failure in one of them doesn't keep
 * the others waiting; the first failure is thrown at the end. `signal` stops it between two batches.
 */
export async function maintain(db: Database, clock: Clock, signal?: AbortSignal): Promise<number> {
  const failures: unknown[] = [];
  let deleted = 0;
  const trimAll: TrimAll = async (trim) => {
    for (let full = true; full && !signal?.aborted;) {
      const count = await db.transaction((tx) => trim(tx, BATCH));
      deleted += count;
      full = count >= BATCH;
      // Gives waiting requests a turn at the database.
      if (full) await nextTurn();
    }
  };
  const attempt = (trim: Promise<void>) => trim.catch((error: unknown) => void failures.push(error));
  await attempt(trimServer(clock, trimAll));
  for (const organization of await listOrganizations(db.read))
    await attempt(trimOrganization(db, clock, organization, trimAll));
  if (failures.length > 0) throw failures[0];
  return deleted;
}

async function trimServer(clock: Clock, trimAll: TrimAll): Promise<void> {
  const at = behind(clock).now();
  for (const { trims } of modules) await trims?.server?.({ at, trimAll });
}

async function trimOrganization(
  db: Database,
  clock: Clock,
  organization: Organization,
  trimAll: TrimAll,
): Promise<void> {
  const instance = await findInstanceOf(db.read, organization.id);
  const { retention } = instance?.settings ?? DEFAULTS;
  const round = { queries: db.read, organization, retention, trimAll };
  for (const { trims } of modules) await trims?.organization?.(round);
  if (!instance) return;
  const times = timesOf(behind(clock), instance);
  for (const { trims } of modules) await trims?.instance?.({ ...round, instance, times });
}

/**
 * Another server's clock may be behind ours. While it accepts a token or an assertion, it must still find that it was
 * used before (replay).
 */
const behind = (clock: Clock): Clock => ({ now: () => clock.now() - MAX_CLOCK_DIFFERENCE_MS });

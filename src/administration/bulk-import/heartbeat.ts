import { SECOND_MS, type Clock } from '../../foundation/platform/clock.ts';
import type { Database, Tx } from '../../foundation/storage/database.ts';

/** Well below the time without a heartbeat after which an import counts as interrupted, so that one may fail. */
const HEARTBEAT_MS = 3 * SECOND_MS;

export interface HeartbeatNeeds {
  readonly db: Database;
  /** Real time. */
  readonly clock: Clock;
  /** Repeats `act` until it is stopped. Replaced only by tests, whose clock stands still. */
  readonly every?: (ms: number, act: () => Promise<void>) => { stop(): void };
}

/**
 * Records heartbeats of long work by `record` until it is stopped. Committed steps record one too, but hashing passwords
 * and making keys for one step can take longer than the work may go without a heartbeat.
 */
export function startHeartbeat(
  { db, every = onTimer }: Pick<HeartbeatNeeds, 'db' | 'every'>,
  record: (tx: Tx) => Promise<void>,
): { stop(): void } {
  // A failed heartbeat is ignored: if they keep failing, the work will count as interrupted.
  return every(HEARTBEAT_MS, () => db.transaction(record).catch(() => undefined));
}

function onTimer(ms: number, act: () => Promise<void>): { stop(): void } {
  const timer = setInterval(() => void act(), ms);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}

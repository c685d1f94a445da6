import { SECOND_MS, type Clock } from '../../foundation/platform/clock.ts';
import type { ImportId } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { recordHeartbeat } from './store.ts';

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
 * Records heartbeats of a running import until it is stopped. Committed chunks record one too, but hashing the
 * passwords of one chunk can take longer than an import may go without a heartbeat.
 */
export function startHeartbeat(
  { db, clock, every = onTimer }: HeartbeatNeeds,
  id: ImportId,
): { stop(): void } {
  // A failed heartbeat is ignored: if they keep failing, the import will count as interrupted.
  return every(HEARTBEAT_MS, () =>
    db.transaction((tx) => recordHeartbeat(tx, clock, id)).catch(() => undefined),
  );
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

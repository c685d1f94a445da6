import { SECOND_MS, type Clock } from '../../foundation/platform/clock.ts';
import type { ImportId } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { recordHeartbeat } from './store.ts';

/** Several in the time after which an import is missed. */
const HEARTBEAT_MS = 3 * SECOND_MS;

export interface HeartbeatNeeds {
  readonly db: Database;
  /** The real time: by it an import is missed whose server is gone. */
  readonly clock: Clock;
  /** Does something again and again until it is stopped. Replaced only by tests, whose time stands still. */
  readonly every?: (ms: number, act: () => Promise<void>) => { stop(): void };
}

/**
 * Says that an import's server is there until it is stopped. Chunks are heard of when they are committed; the hashes of one
 * can take longer than an import may be silent.
 */
export function startHeartbeat(
  { db, clock, every = onTimer }: HeartbeatNeeds,
  id: ImportId,
): { stop(): void } {
  // One that can't be noted is missed if it goes on like that.
  return every(HEARTBEAT_MS, () =>
    db.transaction((tx) => recordHeartbeat(tx, id, clock)).catch(() => undefined),
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

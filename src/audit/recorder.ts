import type { Clock } from '../platform/clock.ts';
import type { Ids, OrganizationId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';
import { toRecord, type AuditEvent, type EventOrigin, type EventPlace } from './event.ts';
import { insertEvent } from './store.ts';

/** The organization whose history an event belongs to, and what its records say of it. */
export interface History extends EventPlace {
  organizationId: OrganizationId;
}

/** Writes events in the transaction of what they tell about. */
export type Record = (tx: Tx, history: History, event: AuditEvent, origin: EventOrigin) => Promise<void>;

/** Makes the one way in which events are written. */
export function createRecorder({ clock, ids }: { clock: Clock; ids: Ids }): Record {
  let sequence = 0;
  return async (tx, history, event, origin) => {
    // The real time in thousandths of a millisecond, and always growing here. Events of several servers are in order as
    // far as their clocks agree.
    sequence = Math.max(sequence + 1, clock.now() * 1000);
    await insertEvent(tx, history.organizationId, origin.at, sequence, toRecord(event, origin, history, ids));
  };
}

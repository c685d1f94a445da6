import type { Clock } from '../platform/clock.ts';
import type { Ids, OrganizationId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';
import { toRecord, type AuditEvent, type EventOrigin, type EventPlace } from './event.ts';
import { insertEvent, insertEvents } from './store.ts';

/** The organization whose history an event belongs to, and what its records say of it. */
export interface History extends EventPlace {
  organizationId: OrganizationId;
}

/** Writes events in the transaction of what they tell about. */
export interface Record {
  (tx: Tx, history: History, event: AuditEvent, origin: EventOrigin): Promise<void>;
  /** Many events of one origin, in their order, with few statements. */
  all(tx: Tx, history: History, events: readonly AuditEvent[], origin: EventOrigin): Promise<void>;
}

/** Makes the one way in which events are written. */
export function createRecorder({ clock, ids }: { clock: Clock; ids: Ids }): Record {
  let sequence = 0;
  // The real time in thousandths of a millisecond, and always growing here. Events of several servers are in order as far
  // as their clocks agree.
  const next = () => (sequence = Math.max(sequence + 1, clock.now() * 1000));
  const record = async (tx: Tx, history: History, event: AuditEvent, origin: EventOrigin) => {
    await insertEvent(tx, history.organizationId, origin.at, next(), toRecord(event, origin, history, ids));
  };
  return Object.assign(record, {
    async all(tx: Tx, history: History, events: readonly AuditEvent[], origin: EventOrigin) {
      const entries = events.map((event) => ({
        sequence: next(),
        record: toRecord(event, origin, history, ids),
      }));
      await insertEvents(tx, history.organizationId, origin.at, entries);
    },
  });
}

import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../foundation/platform/clock.ts';
import type { Ids, OrganizationId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { toRecord, type AuditEvent, type EventOrigin, type EventPlace } from './event.ts';
import { createSequence } from '../../foundation/platform/sequence.ts';
import { insertEvent, insertEvents, toRow, type EventRow } from './store.ts';

/** The organization whose history an event belongs to, and what its records say of it. */
export interface History extends EventPlace {
  organizationId: OrganizationId;
}

/** Writes events in the transaction of what they tell about. */
export interface Record {
  (tx: Tx, history: History, event: AuditEvent, origin: EventOrigin): Promise<void>;
  /**
   * Makes many events of one origin, in their order, and lets others have the processor in between: the database can do
   * meanwhile what they tell about. The result writes them, with few statements.
   */
  prepare(
    history: History,
    events: readonly AuditEvent[],
    origin: EventOrigin,
  ): Promise<(tx: Tx) => Promise<void>>;
}

/** Events that are made before others have the processor: about a millisecond. */
const AT_A_TIME = 64;

/** Makes the one way in which events are written. */
export function createRecorder({ clock, ids }: { clock: Clock; ids: Ids }): Record {
  const next = createSequence(clock);
  const rowOf = (history: History, event: AuditEvent, origin: EventOrigin) =>
    toRow(history.organizationId, origin.at, next(), toRecord(event, origin, history, ids));
  const record = async (tx: Tx, history: History, event: AuditEvent, origin: EventOrigin) => {
    await insertEvent(tx, rowOf(history, event, origin));
  };
  return Object.assign(record, {
    async prepare(history: History, events: readonly AuditEvent[], origin: EventOrigin) {
      const rows: EventRow[] = [];
      for (const [index, event] of events.entries()) {
        if (index % AT_A_TIME === 0) await setImmediate();
        rows.push(rowOf(history, event, origin));
      }
      return (tx: Tx) => insertEvents(tx, rows);
    },
  });
}

import type { Clock } from '../../foundation/platform/clock.ts';
import type { Ids, OrganizationId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { toRecord, type AuditEvent, type EventOrigin, type EventPlace } from './event.ts';
import { createSequence } from '../../foundation/platform/sequence.ts';
import { nextTurn } from '../../foundation/platform/turns.ts';
import { insertEvent, insertEvents, toRow, type EventRow } from './store.ts';

/** The organization to whose history an event belongs, with the account and region that its records name. */
export interface History extends EventPlace {
  organizationId: OrganizationId;
}

/** Writes an event in the transaction of the change that it describes. */
export interface RecordEvent {
  (tx: Tx, history: History, event: AuditEvent, origin: EventOrigin): Promise<void>;
  /** An id for an event that is recorded later, so that what belongs to it can name it. */
  newId(): string;
  /**
   * Builds many events of one request in order, yielding to the event loop now and then, so that the database
   * can meanwhile write the changes that the events describe. The function that it resolves to inserts them,
   * with few statements.
   */
  prepare(
    history: History,
    events: readonly AuditEvent[],
    origin: EventOrigin,
  ): Promise<(tx: Tx) => Promise<void>>;
}

/** Events built before yielding to the event loop: about a millisecond of work. */
const EVENTS_PER_TURN = 64;

/** Creates the recorder. All events are written through it. */
export function createRecorder({ clock, ids }: { clock: Clock; ids: Ids }): RecordEvent {
  const next = createSequence(clock);
  const rowOf = (history: History, event: AuditEvent, origin: EventOrigin) =>
    toRow(history.organizationId, origin.at, next(), toRecord(ids, event, origin, history), origin.signInId);
  const record = async (tx: Tx, history: History, event: AuditEvent, origin: EventOrigin) => {
    await insertEvent(tx, rowOf(history, event, origin));
  };
  return Object.assign(record, {
    newId: () => ids.uuid(),
    async prepare(history: History, events: readonly AuditEvent[], origin: EventOrigin) {
      const rows: EventRow[] = [];
      for (const [index, event] of events.entries()) {
        if (index % EVENTS_PER_TURN === 0) await nextTurn();
        rows.push(rowOf(history, event, origin));
      }
      return (tx: Tx) => insertEvents(tx, rows);
    },
  });
}

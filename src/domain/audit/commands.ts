import { AppError } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import type { Database, Tx } from '../../foundation/storage/database.ts';
import { authorize, type Context } from './actor.ts';
import type { Operation } from './operations.ts';
import type { History, RecordEvent as RecordEvent } from './recorder.ts';

/** What an operation's event says about it. Callers replace secrets with HIDDEN. */
export interface OperationDetails {
  requestParameters: Record<string, unknown> | null;
  responseElements?: Record<string, unknown> | null;
  /**
   * The user to whom the changed record belongs, for the operations that users may perform on their own
   * records.
   */
  owner?: UserId;
}

/**
 * A change under way: one transaction and the actor who requested it. Every operation goes through `perform`,
 * which authorizes it before its writes and records it after them, in the same transaction. `tx` is for reads,
 * and for writes that belong to an operation.
 */
export interface Work {
  readonly tx: Tx;
  readonly context: Context;
  /** `write` gets the id of the event, for rows that name what caused them. */
  perform<T>(
    operation: Operation,
    details: OperationDetails,
    write: (tx: Tx, eventId: string) => Promise<T>,
  ): Promise<T>;
  /**
   * One operation on many records, which `write` writes together. It records one event for each, as if each
   * had been performed alone.
   * Before it throws, `write` calls `blame` with the index of the record that caused the failure, if it is
   * known.
   */
  performEach(
    operation: Operation,
    details: readonly OperationDetails[],
    write: (tx: Tx, blame: (index: number) => void) => Promise<void>,
  ): Promise<void>;
}

/** Runs changes in transactions. */
export interface Commands {
  /**
   * Runs everything that `body` performs in one transaction. A failure rolls it back, is recorded after that,
   * and is rethrown.
   */
  run<T>(context: Context, history: History, body: (work: Work) => Promise<T>): Promise<T>;
}

interface UnderWay {
  operation: Operation;
  details: OperationDetails;
}

export function createCommands({ db, record }: { db: Database; record: RecordEvent }): Commands {
  const eventOf = ({ operation, details }: UnderWay, { actor }: Context) => {
    const { requestParameters, responseElements = null } = details;
    return { name: 'Command', operation, actor, requestParameters, responseElements } as const;
  };

  return {
    async run(context, history, body) {
      let underWay: UnderWay | undefined;
      const workIn = (tx: Tx): Work => ({
        tx,
        context,
        async perform(operation, details, write) {
          underWay = { operation, details };
          assertAllowed(context, history, operation, details.owner);
          const id = record.newId();
          const result = await write(tx, id);
          await record(tx, history, { ...eventOf(underWay, context), id }, context);
          underWay = undefined;
          return result;
        },
        async performEach(operation, details, write) {
          if (details.length === 0) return;
          underWay = { operation, details: { requestParameters: null } };
          assertAllowed(context, history, operation);
          const events = details.map((each) => eventOf({ operation, details: each }, context));
          const prepared = record.prepare(history, events, context);
          prepared.catch(() => {
            // Awaited below. If the write fails first, its error is thrown and this one doesn't matter.
          });
          await write(tx, (index) => {
            underWay = { operation, details: details[index] ?? { requestParameters: null } };
          });
          const insert = await prepared;
          await insert(tx);
          underWay = undefined;
        },
      });
      try {
        return await db.transaction((tx) => body(workIn(tx)));
      } catch (error) {
        if (underWay) {
          const event = { ...eventOf(underWay, context), responseElements: null, failure: failureOf(error) };
          await recordFailure(() => db.transaction((tx) => record(tx, history, event, context)));
        }
        throw error;
      }
    },
  };
}

function assertAllowed(
  { actor }: Context,
  { organizationId }: History,
  operation: Operation,
  owner?: UserId,
): void {
  const verdict = authorize(actor, operation, { organizationId, owner });
  if (!verdict.ok) throw new AppError('AccessDeniedException', verdict.message);
}

/**
 * Records a failure after the rollback. If the event can't be written either (an organization that couldn't
 * be created has no history; the database may be gone), the caller still gets the original failure.
 */
async function recordFailure(record: () => Promise<void>): Promise<void> {
  try {
    await record();
  } catch {
    return;
  }
}

function failureOf(error: unknown): { code: string; message: string } {
  // Only public messages: the cause of an unexpected error belongs in the log, not in a history that users read.
  return error instanceof AppError
    ? { code: error.code, message: error.publicMessage }
    : { code: 'InternalError', message: 'The operation failed.' };
}

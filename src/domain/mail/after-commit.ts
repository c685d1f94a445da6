import type { Database, Tx } from '../../foundation/storage/database.ts';

/** A database that calls back after each commit of a transaction in which mail was posted. */
export interface NotifyingDatabase {
  readonly db: Database;
  /** Notes that mail was posted in this transaction. */
  posted(tx: Tx): void;
}

/**
 * Wraps a database so that `notify` is called once posted mail is committed: before that, no other transaction
 * sees it, and after a rollback it doesn't exist.
 */
export function notifyAfterCommit(db: Database, notify: () => void): NotifyingDatabase {
  const posting = new WeakSet<Tx>();
  return {
    db: {
      ...db,
      async transaction(work) {
        const { result, isPosting } = await db.transaction(async (tx) => ({
          result: await work(tx),
          isPosting: posting.has(tx),
        }));
        if (isPosting) notify();
        return result;
      },
      async sharedTransaction(work) {
        const ran: Tx[] = [];
        await db.sharedTransaction(async (tx) => {
          ran.push(tx);
          await work(tx);
        });
        if (ran.some((tx) => posting.has(tx))) notify();
      },
    },
    posted: (tx) => void posting.add(tx),
  };
}

import type { Database, Tx } from '../../foundation/storage/database.ts';

/** A database that tells when something posted in one of its transactions is committed, and how it is told of it. */
export interface TellingDatabase {
  readonly db: Database;
  /** Something was posted in this transaction. */
  posted(tx: Tx): void;
}

/** Before the commit nobody else sees what was posted, and after a rollback there is nothing: `tell` is called only then. */
export function tellAfterCommit(db: Database, tell: () => void): TellingDatabase {
  const posting = new WeakSet<Tx>();
  return {
    db: {
      ...db,
      async transaction(work) {
        const { result, isPosting } = await db.transaction(async (tx) => ({
          result: await work(tx),
          isPosting: posting.has(tx),
        }));
        if (isPosting) tell();
        return result;
      },
    },
    posted: (tx) => void posting.add(tx),
  };
}

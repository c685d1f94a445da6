interface Waiting<Tx> {
  readonly work: (tx: Tx) => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

type RunWork<Tx> = (work: (tx: Tx) => Promise<void>) => Promise<void>;

/**
 * Lets work share a transaction with all other work that is asked for in the same turn of the event loop. Each promise
 * settles as if its work had a transaction of its own, and not before the commit: what is acknowledged is stored.
 */
export function createSharedTransactions<Tx>(transaction: RunWork<Tx>): RunWork<Tx> {
  let waiting: Waiting<Tx>[] = [];

  const runAlone = ({ work, resolve, reject }: Waiting<Tx>): Promise<void> =>
    transaction(work).then(resolve, reject);

  const runAll = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    try {
      await transaction(async (tx) => {
        for (const { work } of all) await work(tx);
      });
    } catch {
      // Nothing was stored. The failure of one, such as a request that was answered already, must not fail the others.
      for (const each of all) await runAlone(each);
      return;
    }
    for (const { resolve } of all) resolve();
  };

  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void runAll());
      waiting.push({ work, resolve, reject });
    });
}

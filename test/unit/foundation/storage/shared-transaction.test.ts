import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSharedTransactions } from '../../../../src/foundation/storage/shared-transaction.ts';

/** A database that notes what it commits, and commits when the test says so. */
function manualDatabase() {
  const committed: string[][] = [];
  const commits: (() => void)[] = [];
  return {
    committed,
    commit: () => commits.shift()?.(),
    transaction: async (work: (tx: string[]) => Promise<void>) => {
      const written: string[] = [];
      await work(written);
      await new Promise<void>((resolve) => commits.push(resolve));
      committed.push(written);
    },
  };
}

const write = (text: string) => (tx: string[]) => {
  tx.push(text);
  return Promise.resolve();
};

describe('shared transactions', () => {
  it('commits the work of a turn together, and that of a later turn by itself', async () => {
    const database = manualDatabase();
    const share = createSharedTransactions(database.transaction);
    const both = Promise.all([share(write('one')), share(write('two'))]);
    await nextTurn();
    const later = share(write('three'));
    await nextTurn();
    database.commit();
    await both;
    assert.deepEqual(database.committed, [['one', 'two']]);
    database.commit();
    await later;
    assert.deepEqual(database.committed, [['one', 'two'], ['three']]);
  });

  it('acknowledges nothing before the commit', async () => {
    const database = manualDatabase();
    const share = createSharedTransactions(database.transaction);
    let acknowledged = 0;
    const all = ['one', 'two'].map((text) => share(write(text)).then(() => (acknowledged += 1)));
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    assert.equal(acknowledged, 0);
    database.commit();
    await Promise.all(all);
    assert.equal(acknowledged, 2);
  });

  it('fails all when the database commits nothing', async () => {
    const error = new Error('The disk is full.');
    const share = createSharedTransactions<string[]>(() => Promise.reject(error));
    const outcomes = await Promise.allSettled([share(write('one')), share(write('two'))]);
    const failed = { status: 'rejected', reason: error };
    assert.deepEqual(outcomes, [failed, failed]);
  });
});

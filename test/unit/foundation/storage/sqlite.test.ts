import assert from 'node:assert/strict';
import type { Database, Tx } from '../../../../src/foundation/storage/database.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';

describe('the one connection of SQLite', () => {
  let db: Database;
  beforeEach(async () => {
    db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
  });
  afterEach(() => db.close());

  const write = (tx: Tx, value: string) =>
    tx
      .insertInto('server_state')
      .values({ name: 'public-url', value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();

  it('is lent in the order of requests, also to those that arrive while it is handed over', async () => {
    const order: string[] = [];
    const inTurn = (name: string, meanwhile?: () => Promise<unknown>) =>
      db.transaction(async (tx) => {
        await write(tx, name);
        order.push(name);
        await meanwhile?.();
      });
    let late: Promise<unknown> = Promise.resolve();
    const asked = ['a', 'b', 'c'].map((name) =>
      inTurn(name, () => {
        if (name === 'a') late = inTurn('late');
        return Promise.resolve();
      }),
    );
    await Promise.all(asked);
    await late;
    assert.deepEqual(order, ['a', 'b', 'c', 'late']);
  });

  it('lets the event loop turn during a transaction of many statements', async () => {
    let [turns, isRunning] = [0, true];
    const turn = () => {
      turns += 1;
      if (isRunning) setImmediate(turn);
    };
    setImmediate(turn);
    await db.transaction(async (tx) => {
      turns = 0;
      for (const endAt = performance.now() + 150; performance.now() < endAt;) await write(tx, 'again');
    });
    isRunning = false;
    assert.ok(turns >= 2, `${turns} turns`);
  });

  it('goes to the next in line after a failure', async () => {
    const failing = db.transaction(async (tx) => {
      await write(tx, 'lost');
      throw new Error('changed my mind');
    });
    const next = db.transaction((tx) => write(tx, 'kept'));
    await assert.rejects(failing, /changed my mind/);
    await next;
    const rows = await db.read.selectFrom('server_state').select('value').execute();
    assert.deepEqual(
      rows.map(({ value }) => value),
      ['kept'],
    );
  });
});

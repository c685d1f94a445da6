import assert from 'node:assert/strict';
import type { Queries, Tx } from '../../../../src/foundation/storage/database.ts';
import { prepared } from '../../../../src/foundation/storage/prepared.ts';
import type { ServerStateName } from '../../../../src/foundation/storage/server-state.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';

describeOnEachDatabase('prepared queries', (open) => {
  let built = 0;
  const find = prepared((queries: Queries, given: { name: ServerStateName; least: string }) => {
    built += 1;
    return queries
      .selectFrom('server_state')
      .select('value')
      .where('value', '>=', given.least)
      .where('name', '=', given.name)
      .limit(1);
  });
  const valuesOf = async (queries: Queries, given: Parameters<typeof find>[1]) =>
    (await find(queries, given)).map(({ value }) => value);
  const insert = prepared((tx: Tx, given: { value: string; name: ServerStateName }) =>
    tx.insertInto('server_state').values({ name: given.name, value: given.value }),
  );

  beforeEach(() =>
    open().transaction(async (tx) => {
      await tx.deleteFrom('server_state').execute();
      await insert(tx, { name: 'public-url', value: 'b' });
      await insert(tx, { name: 'sealing-check', value: 'c' });
    }),
  );

  it('bind each value to its place, in any order and any number of times', async () => {
    const { read } = open();
    assert.deepEqual(await valuesOf(read, { name: 'public-url', least: 'a' }), ['b']);
    assert.deepEqual(await valuesOf(read, { least: 'a', name: 'sealing-check' }), ['c']);
    assert.deepEqual(await valuesOf(read, { name: 'public-url', least: 'c' }), []);
  });

  it('are built once for a database and its transactions', async () => {
    await find(open().read, { name: 'public-url', least: 'a' });
    const before = built;
    const seen = await open().transaction((tx) => valuesOf(tx, { name: 'public-url', least: 'a' }));
    await find(open().read, { name: 'public-url', least: 'a' });
    assert.deepEqual(seen, ['b']);
    assert.equal(built, before);
  });

  it('run in the transaction that they were given', async () => {
    const changed = open().transaction(async (tx) => {
      await insert(tx, { name: 'api-token-hash', value: 'd' });
      assert.deepEqual(await valuesOf(tx, { name: 'api-token-hash', least: 'a' }), ['d']);
      throw new Error('changed my mind');
    });
    await assert.rejects(changed, /changed my mind/);
    assert.deepEqual(await find(open().read, { name: 'api-token-hash', least: 'a' }), []);
  });

  it('bind what a value contains, and never write it into the query', async () => {
    const attack = "x' or '1'='1";
    assert.deepEqual(await find(open().read, { name: attack as ServerStateName, least: '' }), []);
  });
});

import assert from 'node:assert/strict';
import { setUserEnabled, updateUser } from '../../../../src/domain/directory/user-commands.ts';
import {
  countForList,
  listUsers,
  MOST_COUNTED,
  turnUsers,
} from '../../../../src/domain/directory/user-list-store.ts';
import { insertUserRows } from '../../../../src/domain/directory/user-store.ts';
import type { UserId } from '../../../../src/foundation/platform/ids.ts';
import { inConformance } from '../../../support/basics/depth.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addUser } from '../../../support/people/people.ts';

describeOnEachDatabase('lists of users', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  it('are listed in the order of their names, a page at a time, each once', async () => {
    const { db, instance } = tenant;
    for (const name of ['bob', 'Zoe', 'ana', 'Carl', 'émile']) {
      await addUser(tenant, name, { email: `${name}.mail@example.com` });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listUsers(db.read, instance.id, {}, { limit: 2, cursor });
      assert.ok(page.items.length <= 2);
      seen.push(...page.items.map((user) => user.userName));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(
      seen,
      ['ana', 'bob', 'Carl', 'Zoe', 'émile'].map((name) => `${name}@example.com`),
    );
  });

  it(inConformance('are counted up to ten thousand'), async () => {
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    assert.equal(await countForList(db.read, instance.id), 1);
    const others = Array.from({ length: MOST_COUNTED }, (_, index) => ({
      ...{ ...ana, id: `${instance.id} ${index}` as UserId, userName: `other${index}` },
      email: `other${index}@example.com`,
    }));
    await db.transaction((tx) => insertUserRows(tx, instance.id, others.slice(1)));
    assert.equal(await countForList(db.read, instance.id), MOST_COUNTED);
    await db.transaction((tx) => insertUserRows(tx, instance.id, others.slice(0, 1)));
    assert.equal(await countForList(db.read, instance.id), undefined);
  });

  it('are filtered by their whole name or address', async () => {
    const { db, instance } = tenant;
    await addUser(tenant, 'ana');
    const bob = await addUser(tenant, 'bob', { email: 'Robert@example.com' });
    const list = async (filter: Parameters<typeof listUsers>[2]) =>
      (await listUsers(db.read, instance.id, filter, { limit: 10 })).items;
    assert.deepEqual(await list({ userName: 'BOB@example.com' }), [bob]);
    assert.deepEqual(await list({ email: 'robert@EXAMPLE.com' }), [bob]);
    assert.deepEqual(await list({ userName: 'ana@example.com', email: 'robert@example.com' }), []);
    assert.deepEqual(await list({ email: 'robert' }), []);
  });

  it('are searched by parts of their names and address, and filtered by their status', async () => {
    const { db, instance, run } = tenant;
    const zoe = await addUser(tenant, 'zoe', { userName: 'z_1', displayName: 'Zo\u00EB \uFB01n' });
    const ana = await addUser(tenant, 'ana', { email: '100%@example.org', displayName: 'Ana Souza' });
    await addUser(await makeTenant(open()), 'ana');
    const names = async (filter: Parameters<typeof listUsers>[2]) =>
      (await listUsers(db.read, instance.id, filter, { limit: 10 })).items.map(({ userName }) => userName);
    const [z, a] = [[zoe.userName], [ana.userName]];
    for (const search of ['ZOE\u0308', 'fin', '_', '1 zo', 'zo\u00EB\0fin'])
      assert.deepEqual(await names({ search }), z, search);
    for (const search of ['SOU', '0%', 'souza ana', 'org\tana@'])
      assert.deepEqual(await names({ search }), a, search);
    for (const search of ['!', 'ana zo', '%1', 'blue']) assert.deepEqual(await names({ search }), [], search);
    assert.deepEqual(await names({ search: ' \0 ', order: 'descending' }), [...z, ...a]);
    await run((work) => updateUser(work, instance, ana.id, { displayName: 'Lua' }));
    assert.deepEqual(await names({ search: 'souza' }), []);
    await run((work) => setUserEnabled(work, instance, ana.id, false));
    assert.deepEqual(await names({ enabled: false }), a);
    assert.deepEqual(await names({ enabled: true, search: 'example' }), z);
  });

  it('are paged in both directions', async () => {
    const { db, instance } = tenant;
    for (const name of ['bob', 'ana', 'carl']) await addUser(tenant, name);
    const page = (order: 'ascending' | 'descending', cursor?: string | null) =>
      listUsers(
        db.read,
        instance.id,
        { search: 'example', order },
        { limit: 2, cursor: cursor ?? undefined },
      );
    const last = await page('descending');
    assert.deepEqual(
      last.items.map(({ givenName }) => givenName),
      ['Carl', 'Bob'],
    );
    const first = await page('descending', last.cursor);
    assert.deepEqual([first.items.map(({ givenName }) => givenName), first.cursor], [['Ana'], null]);
    const on = await page('ascending', (await page('ascending')).cursor);
    assert.deepEqual(
      on.items.map(({ givenName }) => givenName),
      ['Carl'],
    );
  });

  it('are turned forwards and back, in both orders, and each page leads to its neighbours', async () => {
    const { db, instance } = tenant;
    for (const name of ['a', 'b', 'c', 'd', 'e']) await addUser(tenant, name);
    for (const order of ['ascending', 'descending'] as const) {
      const turn = (cursor?: string | null, isBackwards = false) =>
        turnUsers(db.read, instance.id, { order }, { limit: 2, cursor: cursor ?? undefined, isBackwards });
      const names = ({ items }: Awaited<ReturnType<typeof turn>>) =>
        items.map(({ userName }) => userName[0]).join('');
      const [one, two, three] = order === 'ascending' ? ['ab', 'cd', 'e'] : ['ed', 'cb', 'a'];
      const first = await turn();
      const second = await turn(first.next);
      const third = await turn(second.next);
      assert.deepEqual([names(first), names(second), names(third)], [one, two, three]);
      assert.deepEqual([first.previous, third.next], [null, null]);
      const back = await turn(third.previous, true);
      assert.equal(names(back), two);
      assert.equal(names(await turn(back.next)), three);
      const start = await turn(back.previous, true);
      assert.deepEqual([names(start), start.previous], [one, null]);
    }
  });

  it('are found by their names also when these are as long as they may be', async () => {
    const { db, instance } = tenant;
    // Four octets a character, which compress badly: the rows of PostgreSQL’s indexes hold 2,704 octets.
    const long = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        String.fromCodePoint(0x20000 + ((index * 7919) % 40000)),
      ).join('');
    const user = await addUser(tenant, 'long', { userName: long(64), displayName: long(500) });
    const { items } = await listUsers(db.read, instance.id, { search: user.userName }, { limit: 10 });
    assert.deepEqual(items, [user]);
  });
});

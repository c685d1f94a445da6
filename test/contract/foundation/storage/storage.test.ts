import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { InstanceId, OrganizationId } from '../../../../src/foundation/platform/ids.ts';
import { orConflict, type Tx } from '../../../../src/foundation/storage/database.ts';
import { StorageError } from '../../../../src/foundation/storage/storage-error.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

let names = 0;

const organizationRow = (id: string, createdAt: number) =>
  ({
    id: id as OrganizationId,
    name: 'x',
    management_account_id: '1',
    is_default: 0,
    clock_offset_ms: -createdAt,
    clock_frozen_at: null,
    version: 1,
    created_at: createdAt,
  }) as const;

describeOnEachDatabase('the database', (open) => {
  const read = async (name: string) =>
    (await open().read.selectFrom('server_state').select('value').where('name', '=', name).executeTakeFirst())
      ?.value;
  const write = (tx: Tx, name: string, value: string) =>
    tx.insertInto('server_state').values({ name, value }).execute();
  const newName = () => `name ${(names += 1)}`;

  it('keeps what a transaction wrote', async () => {
    const name = newName();
    assert.equal(await open().transaction((tx) => write(tx, name, 'x').then(() => 'result')), 'result');
    assert.equal(await read(name), 'x');
  });

  it('keeps nothing of a transaction that throws, and passes the error on', async () => {
    const [name, error] = [newName(), new Error('changed my mind')];
    await assert.rejects(
      open().transaction(async (tx) => {
        await write(tx, name, 'x');
        throw error;
      }),
      error,
    );
    assert.equal(await read(name), undefined);
    // The connection can be used as before.
    await open().transaction((tx) => write(tx, name, 'y'));
    assert.equal(await read(name), 'y');
  });

  it('keeps shared work, and passes on the failure of the work that failed alone', async () => {
    const [first, second, error] = [newName(), newName(), new Error('changed my mind')];
    const share = (name: string, then?: () => never) =>
      open().sharedTransaction(async (tx) => {
        await write(tx, name, 'x');
        then?.();
      });
    const outcomes = await Promise.allSettled([
      share(first),
      share(newName(), () => {
        throw error;
      }),
      share(second),
    ]);
    assert.deepEqual(outcomes, [
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: error },
      { status: 'fulfilled', value: undefined },
    ]);
    assert.deepEqual([await read(first), await read(second)], ['x', 'x']);
  });

  it('hides everything that is not committed', async () => {
    const name = newName();
    let seen: Promise<string | undefined> | undefined;
    await open().transaction(async (tx) => {
      await write(tx, name, 'x');
      seen = read(name);
      // PostgreSQL answers immediately, SQLite when its one connection is free; neither shows half of the
      // transaction.
      if (open().dialect === 'postgres') assert.equal(await seen, undefined);
    });
    assert.equal(await seen, open().dialect === 'postgres' ? undefined : 'x');
  });

  it('runs simultaneous transactions, each as a whole', async () => {
    const name = newName();
    await open().transaction((tx) => write(tx, name, '0'));
    const add = () =>
      open().transaction(async (tx) => {
        const next = sql<string>`cast(cast(value as integer) + 1 as text)`;
        await tx.updateTable('server_state').set({ value: next }).where('name', '=', name).execute();
      });
    await Promise.all(Array.from({ length: 20 }, add));
    assert.equal(await read(name), '20');
  });

  it('turns a taken name into a conflict with our own message', async () => {
    const name = newName();
    await open().transaction((tx) => write(tx, name, 'x'));
    const again = open().transaction((tx) => orConflict(write(tx, name, 'y'), 'It is taken.'));
    await assert.rejects(again, (error: unknown) => {
      failsWith('ConflictException')(error);
      assert.ok(error instanceof Error);
      assert.equal(error.message, 'It is taken.');
      return true;
    });
  });

  it('passes other violations on unchanged', async () => {
    const empty = { instance_id: null as never, throttle_key: 'x', attempts: 1, window_started_at: 0 };
    const insert = open().transaction((tx) =>
      orConflict(tx.insertInto('throttles').values(empty).execute(), 'It is taken.'),
    );
    await assert.rejects(insert, /not.null/i);
  });

  it('returns instants as numbers, to the millisecond', async () => {
    const at = Date.UTC(2199, 11, 31, 23, 59, 59, 999);
    await open().transaction(async (tx) => {
      const organization = organizationRow('o-instants', at);
      await tx.insertInto('organizations').values(organization).execute();
      const row = await tx
        .selectFrom('organizations')
        .selectAll()
        .where('id', '=', organization.id)
        .executeTakeFirstOrThrow();
      assert.deepEqual({ ...row }, organization);
    });
  });

  it('sorts names byte by byte, whatever the locale of the server', async () => {
    const order = ['Z', 'a b', 'a-c', 'ab', 'ä', '😀'];
    const listed = await open().transaction(async (tx) => {
      const owner = organizationRow('o-sorting', 0);
      await tx.insertInto('organizations').values(owner).execute();
      const instance = {
        id: 'sorting' as never,
        organization_id: owner.id,
        directory_id: 'd-sorting' as never,
      };
      const rest = { alias: null, region: 'us-east-1', settings: '{}', version: 1, created_at: 0 };
      await tx
        .insertInto('instances')
        .values({ ...instance, ...rest })
        .execute();
      for (const [index, key] of [...order].reverse().entries()) {
        const group = {
          id: `g${index}` as never,
          instance_id: instance.id,
          display_name: key,
          display_name_key: key,
        };
        const times = { description: '', version: 1, created_at: 0, updated_at: 0 };
        await tx
          .insertInto('groups')
          .values({ ...group, ...times })
          .execute();
      }
      return tx.selectFrom('groups').select('display_name').orderBy('display_name_key').execute();
    });
    assert.deepEqual(
      listed.map((row) => row.display_name),
      order,
    );
    if (open().dialect !== 'postgres') return;
    const { rows } = await open().transaction((tx) =>
      sql<{ name: string; collation: string | null }>`select table_name || '.' || column_name as name,
        collation_name as collation from information_schema.columns
        where column_name in ('user_name_key', 'email_key', 'display_name_key')`.execute(tx),
    );
    assert.ok(rows.length >= 4);
    for (const { name, collation } of rows) assert.equal(collation, 'C', name);
  });

  it('is brought up to date a second time without harm', async () => {
    const name = newName();
    await open().transaction((tx) => write(tx, name, 'x'));
    await open().migrate();
    assert.equal(await read(name), 'x');
    await open().ping();
  });

  it('reports that the owner of a row is gone when another client deleted it at the same moment', async () => {
    const { ids } = await makeTenant(open());
    const orphan = {
      ...{ instance_id: 'ssoins-gone' as InstanceId, throttle_key: ids.uuid(), attempts: 1 },
      window_started_at: 0,
    };
    const writing = open().transaction((tx) => tx.insertInto('throttles').values(orphan).execute());
    await assert.rejects(writing, (error: unknown) => {
      assert.ok(error instanceof StorageError);
      assert.deepEqual([error.fault, error.status, error.retryAfterSeconds], ['gone', 409, undefined]);
      return true;
    });
  });
});

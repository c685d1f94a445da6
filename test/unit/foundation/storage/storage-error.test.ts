import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { sql } from 'kysely';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import {
  StorageError,
  toStorageError,
  type StorageFault,
} from '../../../../src/foundation/storage/storage-error.ts';

describe('the meaning of a database’s failure', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vestibule-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = () => join(folder, 'x.db');
  const faultOf = async (work: Promise<unknown>) => {
    const thrown = await work.then(
      () => assert.fail('it was to fail'),
      (error: unknown) => error,
    );
    assert.ok(thrown instanceof StorageError, String(thrown));
    assert.ok(thrown.cause instanceof Error, 'the log needs the cause');
    return thrown.fault;
  };

  it('is a conflict with others when another process locks SQLite’s file', async () => {
    const db = openSqlite({ location: file(), durability: 'process' });
    const holder = new DatabaseSync(file());
    await db.transaction((tx) => sql`pragma busy_timeout = 0`.execute(tx));
    holder.exec('BEGIN IMMEDIATE');
    assert.equal(await faultOf(db.transaction((tx) => sql`select 1`.execute(tx))), 'busy');
    holder.close();
    await db.transaction((tx) => sql`create table works (again)`.execute(tx));
    await db.close();
  });

  it('is a lack of space when SQLite can’t enlarge its file, and the transaction is not kept', async () => {
    const db = openSqlite({ location: file(), durability: 'process' });
    await db.transaction((tx) => sql`create table things (name text)`.execute(tx));
    await db.transaction((tx) => sql`pragma max_page_count = 10`.execute(tx));
    const add = (letters: number) =>
      db.transaction(async (tx) => {
        await sql`insert into things values ('small')`.execute(tx);
        await sql`insert into things values (${'x'.repeat(letters)})`.execute(tx);
      });
    assert.equal(await faultOf(add(1e6)), 'full');
    await add(10);
    const { rows } = await db.transaction((tx) =>
      sql<{ count: number }>`select count(*) as count from things`.execute(tx),
    );
    assert.equal(rows[0]?.count, 2);
    await db.close();
  });

  it('is a database that can’t be written when SQLite says so', async () => {
    const db = openSqlite({ location: file(), durability: 'process' });
    await db.transaction((tx) => sql`pragma query_only = 1`.execute(tx));
    const writing = db.transaction((tx) => sql`create table things (name text)`.execute(tx));
    assert.equal(await faultOf(writing), 'unwritable');
    await db.close();
  });

  for (const [code, fault] of [
    ['40P01', 'busy'],
    ['40001', 'busy'],
    ['53100', 'full'],
    ['53300', 'unreachable'],
    ['57P01', 'unreachable'],
    ['57P03', 'unreachable'],
    ['3D000', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['25006', 'unwritable'],
    ['23505', undefined],
    ['42601', undefined],
  ] as const satisfies readonly (readonly [string, StorageFault | undefined])[]) {
    it(`is ${fault ?? 'nothing about the database'} for PostgreSQL’s ${code}`, () => {
      const thrown = Object.assign(new Error('x'), { code });
      const told = toStorageError(thrown);
      assert.equal(told instanceof StorageError ? told.fault : undefined, fault);
      assert.equal(told instanceof StorageError ? told.cause : told, thrown);
    });
  }
});

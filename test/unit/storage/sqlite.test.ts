import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../../src/storage/database.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';

describe('a database in a file', () => {
  let folder: string;
  let opened: Database[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-sqlite-'));
    opened = [];
  });
  afterEach(async () => {
    for (const database of opened) await database.close();
    rmSync(folder, { recursive: true });
  });

  const open = (durability: 'process' | 'full' = 'process') => {
    const database = openSqlite({ location: join(folder, 'data.sqlite'), durability });
    opened.push(database);
    return database;
  };
  const write = (database: Database, name: string) =>
    database.transaction((tx) => tx.insertInto('server_state').values({ name, value: 'x' }).execute());
  const names = async (database: Database) =>
    (await database.read.selectFrom('server_state').select('name').orderBy('name').execute()).map(
      (row) => row.name,
    );

  it('is there again after it was closed', async () => {
    const first = open();
    await first.migrate();
    await write(first, 'a');
    await opened.pop()?.close();
    assert.deepEqual(await names(open()), ['a']);
  });

  it('waits for the write of another process instead of failing', async () => {
    const database = open();
    await database.migrate();
    // Holds the lock when it says so, and for a moment more: without a busy timeout the write below fails at once.
    const program = `
      import { writeSync } from 'node:fs';
      import { DatabaseSync } from '@photostructure/sqlite';
      const sqlite = new DatabaseSync(${JSON.stringify(join(folder, 'data.sqlite'))});
      sqlite.exec("begin immediate; insert into server_state values ('theirs', 'x')");
      writeSync(1, 'locked');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      sqlite.exec('commit');`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    await once(child.stdout, 'data');
    await write(database, 'ours');
    await once(child, 'close');
    assert.deepEqual(await names(database), ['ours', 'theirs']);
  });

  it('runs with a write-ahead log, foreign keys, and the durability that was asked for', async () => {
    const pragma = (database: Database, name: string) =>
      database.transaction(async (tx) => {
        const { rows } = await sql<Record<string, unknown>>`select * from pragma_${sql.raw(name)}`.execute(
          tx,
        );
        return Object.values(rows[0] ?? {})[0];
      });
    const [process, full] = [open(), open('full')];
    assert.equal(await pragma(process, 'journal_mode'), 'wal');
    assert.equal(await pragma(process, 'foreign_keys'), 1);
    assert.deepEqual([await pragma(process, 'synchronous'), await pragma(full, 'synchronous')], [1, 2]);
  });

  it('is as good as before after a statement that failed, again and again', async () => {
    const database = open();
    await database.migrate();
    for (let round = 0; round < 3; round += 1) {
      await assert.rejects(
        database.transaction((tx) => sql`select * from nowhere`.execute(tx)),
        /nowhere/,
      );
      await write(database, String(round));
    }
    assert.deepEqual(await names(database), ['0', '1', '2']);
  });

  it('does not answer when it is closed', async () => {
    const database = open();
    await database.migrate();
    await database.ping();
    await opened.pop()?.close();
    await assert.rejects(database.ping());
  });
});

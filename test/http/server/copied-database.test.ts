import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Database } from '../../../src/foundation/storage/database.ts';
import { describeOnEachDatabase } from '../../support/databases/each-database.ts';
import { readTables } from '../../support/databases/schema.ts';
import { walkWithSecrets } from '../../support/secrets/secret-walk.ts';
import { startServer } from '../../support/servers/server.ts';

/** A walk doesn't write it: the command stores hashes of its secrets there. */
const OF_THE_COMMAND = 'server_state';

/** A column's value as text; octets that aren't text stay recognizable as far as they are. */
const toText = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);

/** All rows of all tables with all columns, as text. */
async function readEverything(db: Database): Promise<Map<string, string[]>> {
  const tables = await readTables(db);
  return db.transaction(async (tx) => {
    const read = new Map<string, string[]>();
    for (const { name } of tables) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(tx);
      read.set(
        name,
        rows.flatMap((row) => Object.entries(row).map(([column, value]) => `${column}: ${toText(value)}`)),
      );
    }
    return read;
  });
}

describeOnEachDatabase(
  'a copied database',
  (open) => {
    it('has no secret of anybody, whatever was done before', async function () {
      this.timeout(60_000);
      const server = await startServer({ db: open() });
      try {
        const seen = await walkWithSecrets(server);
        const found = [];
        const empty = [];
        for (const [table, values] of await readEverything(server.db)) {
          if (values.length === 0 && table !== OF_THE_COMMAND) empty.push(table);
          found.push(...seen.foundIn(values).map((each) => `${table}: ${each}`));
        }
        assert.deepEqual(found, []);
        assert.deepEqual(empty, [], 'the walk must fill every table');
        assert.ok(seen.size > 60, `only ${seen.size} secrets`);
      } finally {
        await server.stop();
      }
    });
  },
  { isPostgresInSample: false },
);

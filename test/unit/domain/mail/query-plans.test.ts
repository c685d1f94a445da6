import assert from 'node:assert/strict';
import { CompiledQuery, type Kysely } from 'kysely';
import { claimDue, hasPending } from '../../../../src/domain/mail/queue-store.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import type { Tables } from '../../../../src/foundation/storage/tables.ts';
import { queriesOf } from '../../../support/databases/queries.ts';

describe('how SQLite looks for mail that is to be sent', () => {
  it('by the index of what is pending, not through all that was ever sent', async () => {
    const db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
    const sealer = createSealer(Buffer.alloc(32, 3));
    const asked = [
      ...(await queriesOf(db, hasPending)),
      // What it is handed can write, too: a claim is asked like any question here.
      ...(await queriesOf(db, (queries) => claimDue(queries as never, sealer, 1, 5))),
    ];
    assert.equal(asked.length, 2);
    const kysely = db.read as Kysely<Tables>; // what createDatabase was given
    for (const { sql, parameters } of asked) {
      // Without the values: a plan that one decides is made anew each time.
      const unbound = parameters.map(() => null);
      const explain = CompiledQuery.raw(`explain query plan ${sql}`, unbound);
      const { rows } = await kysely.executeQuery<{ detail: string }>(explain);
      const plan = rows.map(({ detail }) => detail).join('\n');
      assert.match(plan, /mails_due/, sql);
      assert.doesNotMatch(plan, /SCAN mails(?! USING (COVERING )?INDEX mails_due)|TEMP B-TREE/, sql);
    }
    await db.close();
  });
});

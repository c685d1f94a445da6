import assert from 'node:assert/strict';
import { CompiledQuery, type Kysely } from 'kysely';
import { claimDue, hasPending } from '../../../../src/domain/mail/queue-store.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import type { Tables } from '../../../../src/foundation/storage/tables.ts';
import { queriesOf } from '../../../support/databases/queries.ts';

describe('SQLite’s plan for mail that is to be sent', () => {
  it('uses the index of pending messages, and doesn’t read all that were ever sent', async () => {
    const db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
    const sealer = createSealer(Buffer.alloc(32, 3));
    const asked = [
      ...(await queriesOf(db, hasPending)),
      // The claim writes, but it is recorded like any query here.
      ...(await queriesOf(db, (queries) => claimDue(queries as never, sealer, 1, 5))),
    ];
    assert.equal(asked.length, 2);
    const kysely = db.read as Kysely<Tables>; // the type that createDatabase was given
    for (const { sql, parameters } of asked) {
      // Without values: a plan that depends on a value would be made again each time.
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

import assert from 'node:assert/strict';
import { readSnapshot } from '../../../../src/foundation/storage/snapshot.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('a snapshot', (open) => {
  it('shows all later reads as of its beginning, whatever is written meanwhile', async () => {
    const db = open();
    const tenant = await makeTenant(db);
    await addUser(tenant, 'ana');
    let written: Promise<unknown> | undefined;
    const counts = await readSnapshot(db, async (queries) => {
      const count = async () =>
        (
          await queries
            .selectFrom('users')
            .select('id')
            .where('instance_id', '=', tenant.instance.id)
            .execute()
        ).length;
      const before = await count();
      written = addUser(tenant, 'bob');
      // On SQLite the writer waits until the snapshot ends.
      if (db.dialect === 'postgres') await written;
      return [before, await count()];
    });
    await written;
    assert.deepEqual(counts, [1, 1]);
    const after = await db.read
      .selectFrom('users')
      .select('id')
      .where('instance_id', '=', tenant.instance.id)
      .execute();
    assert.equal(after.length, 2);
  });
});

import assert from 'node:assert/strict';
import { findLastEvent, findRecentNames } from '../../../../src/domain/audit/store.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase(
  'the names of an organization’s newest events',
  (open) => {
    it('are looked for among a thousand, however many somebody causes', async () => {
      const { db, organization, clock } = await makeTenant(open());
      const insert = (names: readonly string[], sequence: number) =>
        db.transaction(async (tx) => {
          for (const [index, event_name] of names.entries()) {
            await tx
              .insertInto('events')
              .values({
                ...{
                  id: `${sequence + index}`,
                  organization_id: organization.id,
                  event_at: clock.now(),
                  event_name,
                },
                ...{ sequence: sequence + index, username: 'ana', read_only: 0, failed: 0, record: '{}' },
              })
              .execute();
          }
        });
      const found = () => findRecentNames(db.read, organization.id, ['Federate', 'Authenticate']);
      const later = Number.MAX_SAFE_INTEGER - 10_000;
      await insert(['Authenticate', 'Federate', ...Array<string>(999).fill('Logout')], later);
      assert.deepEqual([...(await found())], ['Federate']);
      assert.equal((await findLastEvent(db.read, organization.id))?.name, 'Logout');
      await insert(['Logout'], later + 2000);
      assert.deepEqual([...(await found())], []);
    });
  },
  { isPostgresInSample: false },
);

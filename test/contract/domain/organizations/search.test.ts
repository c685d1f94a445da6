import assert from 'node:assert/strict';
import { pageOrganizations } from '../../../../src/domain/organizations/instance-store.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('the search for organizations', (open) => {
  it('finds a part of the name in any letter case, and signs that SQL gives a meaning as themselves', async () => {
    const { organization, instance } = await makeTenant(open());
    await open().transaction((tx) =>
      tx
        .updateTable('organizations')
        .set({ name: 'Café 100%_!\\ Ltd' })
        .where('id', '=', organization.id)
        .execute(),
    );
    const finds = async (search: string) =>
      (await pageOrganizations(open().read, { search }, { limit: 10 })).items.length === 1;
    for (const search of ['CAF', 'fé 1', '100%', '%_!', '!\\ l', organization.id, instance.directoryId])
      assert.equal(await finds(search), true, search);
    for (const search of ['caf%ltd', 'C_f', organization.id.slice(1), "' or 1=1 --", 'Café 100%_!\\\\'])
      assert.equal(await finds(search), false, search);
  });
});

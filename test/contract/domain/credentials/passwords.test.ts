import assert from 'node:assert/strict';
import { findPassword } from '../../../../src/domain/credentials/passwords/store.ts';
import { setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import { hashPassword, verifyPassword } from '../../../../src/domain/credentials/passwords/password.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('passwords', (open) => {
  it('keep the hash of the latest password, and the fingerprint that an organization file declared', async () => {
    const tenant = await makeTenant(open());
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    assert.equal(await findPassword(db.read, instance.id, ana.id), undefined);

    const first = { hash: await hashPassword('correct-Horse-7', 4), declaredMac: 'mac' };
    await tenant.run((work) => setPassword(work, instance, ana.id, first));
    assert.deepEqual(await findPassword(db.read, instance.id, ana.id), first);

    const second = { hash: await hashPassword('battery-Staple-8', 4), declaredMac: null };
    await tenant.run((work) => setPassword(work, instance, ana.id, second));
    const stored = await findPassword(db.read, instance.id, ana.id);
    assert.deepEqual(stored, second);
    assert.equal(await verifyPassword('battery-Staple-8', stored.hash, 4), true);
    assert.equal(await verifyPassword('correct-Horse-7', stored.hash, 4), false);
  });
});

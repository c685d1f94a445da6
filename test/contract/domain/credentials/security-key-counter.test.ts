import assert from 'node:assert/strict';
import { insertDevice, listDevices } from '../../../../src/domain/credentials/mfa/store.ts';
import { useWebAuthn } from '../../../../src/domain/credentials/mfa/webauthn/store.ts';
import type { Tx } from '../../../../src/foundation/storage/database.ts';
import { newMfaDeviceId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { FILLED_SEALER as sealer } from '../../../support/databases/filled-tenant.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';
import { addUser } from '../../../support/people/people.ts';

describeOnEachDatabase('the counter of a security key', (open) => {
  async function keyAt(signCount: number) {
    const tenant = await makeTenant(open());
    const { db, ids, clock, instance } = tenant;
    const { id: userId } = await addUser(tenant, 'ana');
    const id = newMfaDeviceId(ids);
    const credential = { credentialId: 'AAAA', publicKey: 'AAAA', signCount, transports: [] };
    await db.transaction((tx) =>
      insertDevice(tx, sealer, instance.id, {
        ...{ id, userId, name: 'Key', registeredAt: clock.now(), lastUsedAt: null, version: 1 },
        ...{ type: 'WEBAUTHN', credential, isBuiltIn: false },
      }),
    );
    const use = (tx: Tx, after: number) =>
      useWebAuthn(tx, instance.id, id, { before: signCount, after }, clock.now());
    const stored = async () => {
      const [device] = await listDevices(db.read, sealer, instance.id, userId);
      return device?.type === 'WEBAUTHN' ? device.credential.signCount : undefined;
    };
    return { tenant, use, stored };
  }

  it('is used by one of two copies that sign at the same moment', async () => {
    const { tenant, use, stored } = await keyAt(5);
    const second = race(
      tenant,
      ({ tx }) => use(tx, 6),
      () => tenant.db.transaction((tx) => use(tx, 6)),
    );
    assert.equal(await second, false);
    assert.equal(await stored(), 6);
  });

  it('is stored up to its end, 2^32 − 1', async () => {
    const { tenant, use, stored } = await keyAt(0);
    assert.ok(await tenant.db.transaction((tx) => use(tx, 0xffff_ffff)));
    assert.equal(await stored(), 0xffff_ffff);
  });
});

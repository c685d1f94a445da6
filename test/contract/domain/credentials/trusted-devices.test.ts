import assert from 'node:assert/strict';
import { setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import { setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { newTrustedDeviceId, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { removeTrustedDevice } from '../../../../src/domain/sessions/trusted-device-commands.ts';
import { insertTrust, listTrustedDevices } from '../../../../src/domain/sessions/trusted-device-store.ts';
import type { TrustedDevice } from '../../../../src/domain/sessions/trusted-device.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('trust in a browser', (open) => {
  let tenant: Tenant;
  let ana: User;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    ana = await addUser(tenant, 'ana');
  });

  const byUser = (user = ana) => ({
    actor: {
      type: 'user',
      userId: user.id,
      userName: user.userName,
      directoryId: tenant.instance.directoryId,
    } as const,
  });

  async function trust(ip = '127.0.0.1'): Promise<TrustedDevice> {
    const { db, ids, clock, instance } = tenant;
    const device = {
      ...{ id: newTrustedDeviceId(ids), userId: ana.id, browserId: ids.uuid() as BrowserId },
      ...{ browserFamily: 'Chrome', ip, userAgent: 'test', trustedAt: clock.now() },
    };
    await db.transaction((tx) => insertTrust(tx, instance.id, device));
    return device;
  }
  const trusted = () => listTrustedDevices(tenant.db.read, tenant.instance.id, ana.id);

  it('can be revoked by the user for one browser', async () => {
    const [home, work] = [await trust('192.0.2.1'), await trust('192.0.2.2')];
    const { instance } = tenant;
    const forget = (userId = ana.id) =>
      tenant.run((it) => removeTrustedDevice(it, instance, userId, home.id), byUser());
    await forget();
    assert.deepEqual(
      (await trusted()).map(({ id }) => id),
      [work.id],
    );
    assert.equal((await tenant.events(1))[0]?.eventName, 'DeleteTrustedDevice');
    await assert.rejects(forget(), failsWith('ResourceNotFoundException'));
    await tenant.run((it) => setUserEnabled(it, instance, ana.id, false));
    await assert.rejects(forget(), failsWith('ConflictException'));
  });

  for (const how of ['disabled', 'given another password'] as const) {
    it(`is revoked everywhere for a user who is ${how}`, async () => {
      await trust();
      const { instance } = tenant;
      await tenant.run(async (work) => {
        if (how === 'disabled') await setUserEnabled(work, instance, ana.id, false);
        else await setPassword(work, instance, ana.id, { hash: 'hash', declaredMac: null });
      });
      assert.deepEqual(await trusted(), []);
    });
  }
});

import assert from 'node:assert/strict';
import { isReused } from '../../../../src/domain/credentials/passwords/reuse.ts';
import { changeOwnPassword, setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import { createLink, findLink, takeLink } from '../../../../src/domain/credentials/passwords/link-store.ts';
import { mustChangePassword } from '../../../../src/domain/credentials/passwords/store.ts';
import { hashPassword } from '../../../../src/domain/credentials/passwords/password.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { deleteUser } from '../../../../src/domain/directory/user-commands.ts';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import { newTrustedDeviceId, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { insertTrust, listTrustedDevices } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('the rules of passwords', (open) => {
  let tenant: Tenant;
  let ana: User;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    ana = await addUser(tenant, 'ana');
  });

  const change = async (password: string) => {
    const hash = await hashPassword(password, 4);
    await tenant.run((work) => changeOwnPassword(work, tenant.instance, ana.id, hash));
  };
  const reused = (password: string) => isReused(tenant.db.read, tenant.instance.id, ana.id, password);
  const trust = () =>
    tenant.db.transaction((tx) =>
      insertTrust(tx, tenant.instance.id, {
        ...{ id: newTrustedDeviceId(tenant.ids), userId: ana.id, browserId: tenant.ids.uuid() as BrowserId },
        ...{ browserFamily: 'Chrome', ip: '127.0.0.1', userAgent: 'test', trustedAt: tenant.clock.now() },
      }),
    );
  const trusted = async () => (await listTrustedDevices(tenant.db.read, tenant.instance.id, ana.id)).length;

  it('remember the last three passwords and no more, also while the clock stands still', async () => {
    for (const password of ['first-Horse-1', 'second-Horse-2', 'third-Horse-3', 'fourth-Horse-4'])
      await change(password);
    assert.equal(await reused('first-Horse-1'), false);
    for (const password of ['second-Horse-2', 'third-Horse-3', 'fourth-Horse-4'])
      assert.equal(await reused(password), true, password);
    assert.equal(await reused('FOURTH-horse-4'), false, 'passwords are case-sensitive');
    const kept = await tenant.db.read
      .selectFrom('password_history')
      .selectAll()
      .where('user_id', '=', ana.id)
      .execute();
    assert.equal(kept.length, 2);
  });

  it('remember a password that an operator replaces; an operator may set an old one, even the same hash', async () => {
    const hashes = await Promise.all(['one-Horse-1', 'two-Horse-2'].map((each) => hashPassword(each, 4)));
    for (const hash of [...hashes, ...hashes, ...hashes])
      await tenant.run((work) => setPassword(work, tenant.instance, ana.id, { hash, declaredMac: null }));
    assert.equal(await reused('one-Horse-1'), true);
    assert.equal(await reused('two-Horse-2'), true);
  });

  it('revoke trusted browsers after a reset; a user’s own change revokes none and ends the duty to change', async () => {
    await trust();
    const hash = await hashPassword('one-Horse-1', 4);
    await tenant.run((work) =>
      setPassword(work, tenant.instance, ana.id, { hash, declaredMac: null, mustChange: true }),
    );
    assert.equal(await trusted(), 0);
    assert.equal(await mustChangePassword(tenant.db.read, tenant.instance.id, ana.id), true);
    await trust();
    await change('two-Horse-2');
    assert.equal(await trusted(), 1);
    assert.equal(await mustChangePassword(tenant.db.read, tenant.instance.id, ana.id), false);
  });

  const link = (purpose: 'invitation' | 'reset') =>
    tenant.db.transaction((tx) =>
      createLink(
        tx,
        tenant.ids,
        { instanceId: tenant.instance.id, userId: ana.id },
        purpose,
        tenant.clock.now(),
      ),
    );
  const found = (purpose: 'invitation' | 'reset', token: string, at = tenant.clock.now()) =>
    findLink(tenant.db.read, tenant.instance.id, purpose, token, at);
  const take = (token: string) =>
    tenant.db.transaction((tx) => takeLink(tx, tenant.instance.id, 'reset', token, tenant.clock.now()));

  it('find a link by its token for its purpose while it is valid', async () => {
    const at = tenant.clock.now();
    const invitation = await link('invitation');
    assert.equal(await found('invitation', invitation), ana.id);
    assert.equal(await found('reset', invitation), undefined);
    assert.equal(await found('invitation', `${invitation}x`), undefined);
    assert.equal(await found('invitation', invitation, at + 7 * DAY_MS - 1), ana.id);
    assert.equal(await found('invitation', invitation, at + 7 * DAY_MS), undefined);
    const reset = await link('reset');
    assert.equal(await found('invitation', invitation), undefined, 'a new link voids earlier ones');
    assert.equal(await found('reset', reset, at + DAY_MS - 1), ana.id);
    assert.equal(await found('reset', reset, at + DAY_MS), undefined);
    const rows = await tenant.db.read.selectFrom('password_links').selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes(reset), 'the token itself is kept nowhere');
  });

  it('let a link be used once, by one of two simultaneous requests', async () => {
    const token = await link('reset');
    const taken = await Promise.all([take(token), take(token)]);
    assert.deepEqual(taken.sort(), [false, true]);
    assert.equal(await found('reset', token), undefined);
  });

  it('revoke links when the password is set in another way, and when the user is deleted', async () => {
    const first = await link('reset');
    await change('one-Horse-1');
    assert.equal(await found('reset', first), undefined);
    const second = await link('reset');
    await tenant.run((work) => deleteUser(work, tenant.instance, ana.id));
    assert.equal(await found('reset', second), undefined);
  });
});

import assert from 'node:assert/strict';
import { isReused } from '../../../../src/domain/credentials/passwords/reuse.ts';
import { changeOwnPassword, setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import { findPassword, mustChangePassword } from '../../../../src/domain/credentials/passwords/store.ts';
import { hashPassword } from '../../../../src/domain/credentials/passwords/password.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('a password change by the user', (open) => {
  const make = async () => {
    const tenant = await makeTenant(open());
    const ana = await addUser(tenant, 'ana');
    const first = { hash: await hashPassword('One-horse-1', 4), declaredMac: 'mac' };
    await tenant.run((work) => setPassword(work, tenant.instance, ana.id, first));
    return { tenant, ana };
  };
  type Person = Awaited<ReturnType<typeof make>>['ana'];
  const change = async ({ instance, ...tenant }: Tenant, { id, userName }: Person, password: string) => {
    const hash = await hashPassword(password, 4);
    const actor = { type: 'user', userId: id, userName, directoryId: instance.directoryId } as const;
    await tenant.run((work) => changeOwnPassword(work, instance, id, hash), { actor });
  };

  it('is recorded as the user’s own act, and ends the duty to change the password', async () => {
    const { tenant, ana } = await make();
    const { db, instance } = tenant;
    await db.transaction((tx) =>
      tx.updateTable('passwords').set({ must_change: 1 }).where('user_id', '=', ana.id).execute(),
    );
    assert.ok(await mustChangePassword(db.read, instance.id, ana.id));
    await change(tenant, ana, 'Two-horses-2');
    assert.ok(!(await mustChangePassword(db.read, instance.id, ana.id)));
    assert.equal((await findPassword(db.read, instance.id, ana.id))?.declaredMac, null);
    const [event] = await tenant.events(1);
    assert.equal(event?.eventName, 'UpdatePassword');
    assert.equal(event.userIdentity['userName'], ana.userName);
  });

  it('refuses each of the last three passwords', async () => {
    const { tenant, ana } = await make();
    const { db, instance } = tenant;
    const reused = (password: string) => isReused(db.read, instance.id, ana.id, password);
    assert.ok(await reused('One-horse-1'));
    assert.ok(!(await reused('one-horse-1')), 'case matters');
    for (const password of ['Two-horses-2', 'Three-horses-3']) {
      tenant.clock.advance(1000);
      await change(tenant, ana, password);
    }
    for (const password of ['One-horse-1', 'Two-horses-2', 'Three-horses-3'])
      assert.ok(await reused(password), password);
    tenant.clock.advance(1000);
    await change(tenant, ana, 'Four-horses-4');
    assert.ok(!(await reused('One-horse-1')), 'the fourth last can be used again');
  });

  it('is refused to other users', async () => {
    const { tenant, ana } = await make();
    const { id: userId, userName } = await addUser(tenant, 'bo');
    const { instance } = tenant;
    const actor = { type: 'user', userId, userName, directoryId: instance.directoryId } as const;
    await assert.rejects(
      tenant.run((work) => changeOwnPassword(work, instance, ana.id, 'x'), { actor }),
      failsWith('AccessDeniedException'),
    );
  });
});

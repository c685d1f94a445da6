import assert from 'node:assert/strict';
import type { User } from '../../../../src/domain/directory/user.ts';
import { NO_PROGRESS, type SignIn } from '../../../../src/domain/sessions/sign-in.ts';
import {
  findSignIn,
  insertSignIn,
  markCompleted,
  restartSignIns,
  updateSignIn,
} from '../../../../src/domain/sessions/sign-in-store.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { newSignInId, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addUser } from '../../../support/people/people.ts';

const sealer = createSealer(Buffer.alloc(32, 7));

describeOnEachDatabase('the facts of a sign-in', (open) => {
  let tenant: Tenant;
  let ana: User;
  let begun: SignIn;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    ana = await addUser(tenant, 'ana');
    const { db, ids, clock, instance } = tenant;
    begun = {
      ...{ id: newSignInId(ids), instanceId: instance.id, browserId: ids.uuid() as BrowserId },
      ...{ userName: null, userId: null, verified: [], progress: NO_PROGRESS, failures: 0 },
      ...{ expiresAt: clock.now() + 60_000, completedAt: null, version: 0 },
      continuation: { kind: 'saml', ref: 'request', demand: ['TOTP'] },
    };
    await db.transaction((tx) => insertSignIn(tx, sealer, begun, { at: clock.now(), ip: '', userAgent: '' }));
  });

  const stored = async () =>
    (await findSignIn(tenant.db.read, sealer, tenant.instance.id, begun.id)) ?? assert.fail();
  type Facts = Parameters<typeof updateSignIn>[3];
  const update = (signIn: SignIn, facts: Facts) =>
    tenant.db.transaction((tx) => updateSignIn(tx, sealer, signIn, facts));
  const at = () => tenant.clock.now();

  it('never change where it leads and what is demanded, whatever is stored (attack: avoiding the demand)', async () => {
    const steps: Facts[] = [
      { userName: 'ana', userId: ana.id, verified: [], progress: NO_PROGRESS, failures: 0 },
      { verified: [{ type: 'PASSWORD', at: at() }] },
      { failures: 1, progress: { ...NO_PROGRESS, challenged: 'WEBAUTHN' } },
      { userName: 'bo', userId: null, verified: [], progress: NO_PROGRESS, failures: 0 },
      { userName: 'ana', userId: ana.id },
    ];
    for (const facts of steps) {
      // A request has no continuation to give: the type of the facts lacks it, and this one is ignored.
      const more = { ...facts, continuation: { kind: 'portal', ref: '' } };
      assert.ok(await update(await stored(), more));
      assert.deepEqual((await stored()).continuation, begun.continuation);
    }
    await tenant.db.transaction((tx) => restartSignIns(tx, tenant.instance.id, ana.id));
    const restarted = await stored();
    assert.deepEqual([restarted.userName, restarted.verified], [null, []]);
    assert.deepEqual(restarted.continuation, begun.continuation);
    await tenant.db.transaction((tx) => markCompleted(tx, restarted, at()));
    assert.deepEqual((await stored()).continuation, begun.continuation);
  });

  it('are stored by one of two requests that read the same version', async () => {
    const seen = await stored();
    assert.ok(await update(seen, { userName: 'ana', userId: ana.id }));
    assert.ok(!(await update(seen, { userName: 'bo', userId: null })));
    assert.equal((await stored()).userName, 'ana');
    assert.ok(!(await tenant.db.transaction((tx) => markCompleted(tx, seen, at()))));
  });

  it('are stored no more after it is completed, which happens once', async () => {
    const seen = await stored();
    assert.ok(await tenant.db.transaction((tx) => markCompleted(tx, seen, at())));
    assert.ok(!(await tenant.db.transaction((tx) => markCompleted(tx, seen, at()))));
    assert.ok(!(await update(await stored(), { failures: 1 })));
  });
});

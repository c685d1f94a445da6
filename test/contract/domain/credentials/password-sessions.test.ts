import assert from 'node:assert/strict';
import { changeOwnPassword, setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import { replaceHash } from '../../../../src/domain/credentials/passwords/store.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { listSessions } from '../../../../src/domain/sessions/session-store.ts';
import { insertSignIn, markCompleted } from '../../../../src/domain/sessions/sign-in-store.ts';
import { NO_PROGRESS, type SignIn } from '../../../../src/domain/sessions/sign-in.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { newSignInId, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { FILLED_SEALER } from '../../../support/databases/filled-tenant.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addUser } from '../../../support/people/people.ts';
import { addSession } from '../../../support/people/sessions.ts';

describeOnEachDatabase('the sessions of a user whose password is replaced', (open) => {
  let tenant: Tenant;
  let ana: User;
  let bo: User;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    [ana, bo] = [await addUser(tenant, 'ana'), await addUser(tenant, 'bo')];
    await set(ana, 'first');
    for (const user of [ana, ana, bo]) await begin(user);
  });

  const set = (user: User, hash: string) =>
    tenant.run((work) => setPassword(work, tenant.instance, user.id, { hash, declaredMac: null }));
  const begin = (user: User) =>
    tenant.db.transaction((tx) => addSession(tx, tenant.instance, user, tenant.clock.now()));
  const count = async ({ id }: User) =>
    (await listSessions(tenant.db.read, tenant.instance.id, id, { limit: 10 })).items.length;
  const names = async (limit: number) => (await tenant.events(limit)).map(({ eventName }) => eventName);

  it('end together, and only this user’s, by an operator: recorded after the change', async () => {
    await set(ana, 'second');
    assert.deepEqual([await count(ana), await count(bo)], [0, 1]);
    assert.deepEqual(await names(2), ['BatchDeleteSession', 'UpdatePassword']);
  });

  it('end by the user', async () => {
    const { directoryId } = tenant.instance;
    const actor = { type: 'user', userId: ana.id, userName: ana.userName, directoryId } as const;
    await tenant.run((work) => changeOwnPassword(work, tenant.instance, ana.id, 'second'), { actor });
    assert.deepEqual([await count(ana), await count(bo)], [0, 1]);
    assert.deepEqual(await names(2), ['BatchDeleteSession', 'UpdatePassword']);
  });

  it('stay when the change is rolled back', async () => {
    const failing = tenant.run(async (work) => {
      await setPassword(work, tenant.instance, ana.id, { hash: 'second', declaredMac: null });
      throw new Error('something else fails');
    });
    await assert.rejects(failing, /something else/);
    assert.equal(await count(ana), 2);
  });

  it('stay with a first password, the same hash, or the same password hashed anew', async () => {
    await set(bo, 'first');
    await set(ana, 'first');
    const { id } = ana;
    await tenant.db.transaction((tx) => replaceHash(tx, tenant.instance.id, id, 'first', 'costlier'));
    assert.deepEqual([await count(ana), await count(bo)], [2, 1]);
  });

  it('are not mentioned when all have expired', async () => {
    tenant.clock.advance(DAY_MS);
    await set(ana, 'second');
    assert.deepEqual(await names(1), ['UpdatePassword']);
  });

  it('end also when a sign-in with the old password completes at the same moment', async () => {
    const at = tenant.clock.now();
    const signIn: SignIn = {
      ...{ id: newSignInId(tenant.ids), instanceId: tenant.instance.id, browserId: 'b' as BrowserId },
      ...{ userName: ana.userName, userId: ana.id, verified: [{ type: 'PASSWORD', at }] },
      ...{ progress: NO_PROGRESS, failures: 0, continuation: { kind: 'portal', ref: '' } },
      ...{ expiresAt: at + HOUR_MS, completedAt: null, version: 1 },
    };
    await tenant.db.transaction((tx) =>
      insertSignIn(tx, FILLED_SEALER, signIn, { at, ip: '', userAgent: '' }),
    );
    const completes = async ({ tx }: { tx: Parameters<typeof markCompleted>[0] }) => {
      assert.ok(await markCompleted(tx, signIn, at));
      await addSession(tx, tenant.instance, ana, at);
    };
    await race(tenant, completes, () => set(ana, 'second'));
    assert.equal(await count(ana), 0);
  });
});

import assert from 'node:assert/strict';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import { createRecorder } from '../../../../src/domain/audit/recorder.ts';
import { historyOf } from '../../../../src/domain/organizations/commands.ts';
import { findWatchedSignIn, listWatchedSignIns } from '../../../../src/domain/sessions/sign-in-list-store.ts';
import { insertSignIn } from '../../../../src/domain/sessions/sign-in-store.ts';
import { NO_PROGRESS } from '../../../../src/domain/sessions/sign-in.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import {
  newSignInId,
  type BrowserId,
  type SignInId,
  type UserId,
} from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addUser } from '../../../support/people/people.ts';

const SEALER = createSealer(Buffer.alloc(32, 7));

describeOnEachDatabase('sign-ins that are watched', (open) => {
  const begin = async ({ db, ids, instance }: Tenant, at: number, userId: UserId | null = null) => {
    const signIn = {
      ...{ id: newSignInId(ids), instanceId: instance.id, browserId: 'b' as BrowserId, userId },
      ...{ userName: userId === null ? null : 'ana', verified: [], progress: NO_PROGRESS, failures: 0 },
      ...{ continuation: { kind: 'portal', ref: '' }, expiresAt: at + 60_000, completedAt: null, version: 0 },
    };
    const origin = { at, ip: '203.0.113.7', userAgent: 'Firefox' };
    await db.transaction((tx) => insertSignIn(tx, SEALER, signIn, origin));
    return signIn.id;
  };

  it('are listed page by page, the newest first, of one user or of all, never those of another organization', async () => {
    const [tenant, other] = [await makeTenant(open()), await makeTenant(open())];
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    const ids: SignInId[] = [];
    for (let at = 1; at <= 5; at += 1) ids.unshift(await begin(tenant, at, at % 2 === 0 ? ana.id : null));
    const foreign = await begin(other, 9);
    const list = async (userId: UserId | undefined, limit: number, cursor?: string) => {
      const page = await listWatchedSignIns(db.read, SEALER, instance.id, { userId }, { limit, cursor });
      return { ids: page.items.map(({ signIn }) => signIn.id), cursor: page.cursor ?? undefined };
    };
    const first = await list(undefined, 3);
    assert.deepEqual(first.ids, ids.slice(0, 3));
    assert.deepEqual(await list(undefined, 3, first.cursor), { ids: ids.slice(3), cursor: undefined });
    assert.deepEqual((await list(ana.id, 3)).ids, [ids[1], ids[3]]);
    const find = (id: SignInId) => findWatchedSignIn(db.read, SEALER, instance.id, id);
    const found = await find(ids[0] ?? assert.fail());
    assert.deepEqual([found?.startedAt, found?.ip, found?.userAgent], [5, '203.0.113.7', 'Firefox']);
    assert.equal(await find(foreign), undefined);
  });

  it('have their events, whatever else happened since, and no others', async () => {
    const [tenant, other] = [await makeTenant(open()), await makeTenant(open())];
    const { db, ids, clock, organization } = tenant;
    const record = createRecorder({ clock, ids });
    const [one, two] = [newSignInId(ids), newSignInId(ids)];
    const event = (of: Tenant, signInId: SignInId | undefined, outcome: 'Success' | 'Failure') =>
      db.transaction((tx) =>
        record(
          tx,
          historyOf(of.instance),
          {
            ...{ name: 'CredentialVerification', authWorkflowId: 'w', userName: 'ana', outcome },
            credentialType: 'PASSWORD',
          },
          { at: clock.now(), requestId: 'r', ip: '127.0.0.1', userAgent: '', signInId },
        ),
      );
    await event(tenant, one, 'Failure');
    await event(tenant, two, 'Success');
    await event(tenant, undefined, 'Success');
    await event(other, one, 'Success');
    await event(tenant, one, 'Success');
    const outcomes = async (signInId: SignInId, failed?: boolean) => {
      const { items } = await listEvents(db.read, organization.id, { signInId, failed }, { limit: 10 });
      return items.map(({ serviceEventDetails }) => serviceEventDetails?.['CredentialVerification']);
    };
    assert.deepEqual(await outcomes(one), ['Success', 'Failure']);
    assert.deepEqual(await outcomes(one, true), ['Failure']);
    assert.deepEqual(await outcomes(two), ['Success']);
  });
});

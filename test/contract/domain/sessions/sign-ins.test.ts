import assert from 'node:assert/strict';
import { NO_PROGRESS } from '../../../../src/domain/sessions/sign-in.ts';
import { insertSignIn, trimSurplusSignIns } from '../../../../src/domain/sessions/sign-in-store.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { newSignInId, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const SEALER = createSealer(Buffer.alloc(32, 7));

describeOnEachDatabase('sign-ins under way', (open) => {
  /** Begins a sign-in that expires at `expiresAt`; returns its id. */
  const begin = async ({ db, ids, instance }: Tenant, expiresAt: number, hasPassword = false) => {
    const id = newSignInId(ids);
    const signIn = {
      ...{ id, instanceId: instance.id, browserId: 'b' as BrowserId, userName: null, userId: null },
      ...{ verified: hasPassword ? [{ type: 'PASSWORD', at: 1 } as const] : [], progress: NO_PROGRESS },
      ...{ failures: 0, continuation: { kind: 'portal', ref: '' }, expiresAt, completedAt: null, version: 0 },
    };
    await db.transaction((tx) => insertSignIn(tx, SEALER, signIn, { at: 1, ip: '', userAgent: '' }));
    return id;
  };

  it('are limited in number, from the oldest on, except those in which a factor was verified', async () => {
    const [tenant, other] = [await makeTenant(open()), await makeTenant(open())];
    const { db, instance } = tenant;
    const proved = [await begin(tenant, 1, true), await begin(tenant, 6, true)];
    const ids = [];
    for (let expiresAt = 2; expiresAt <= 9; expiresAt += 1) ids.push(await begin(tenant, expiresAt));
    await begin(other, 1);
    const trim = () => db.transaction((tx) => trimSurplusSignIns(tx, instance.id, 3, 3));
    // Maintenance goes on while a batch is full.
    assert.deepEqual([await trim(), await trim(), await trim()], [3, 2, 0]);
    const left = async (of: Tenant) =>
      (await db.read.selectFrom('sign_ins').select('id').where('instance_id', '=', of.instance.id).execute())
        .map(({ id }) => id)
        .sort();
    assert.deepEqual(await left(tenant), [...proved, ...ids.slice(-3)].sort());
    assert.equal((await left(other)).length, 1);
  });
});

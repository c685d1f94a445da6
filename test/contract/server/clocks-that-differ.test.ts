import assert from 'node:assert/strict';
import { insertDevice, listDevices } from '../../../src/domain/credentials/mfa/store.ts';
import { useTotp } from '../../../src/domain/credentials/mfa/totp/store.ts';
import { newTotpSecret, totpCode, verifyTotp } from '../../../src/domain/credentials/mfa/totp/totp.ts';
import { timesOf } from '../../../src/domain/organizations/organization.ts';
import { insertRequestId } from '../../../src/flows/idp/requests/seen-request-store.ts';
import { newCaptcha, openCaptcha } from '../../../src/flows/signin/password/captcha.ts';
import { MAX_CLOCK_DIFFERENCE_MS, MINUTE_MS, toIso } from '../../../src/foundation/platform/clock.ts';
import { newMfaDeviceId, randomIds, type BrowserId } from '../../../src/foundation/platform/ids.ts';
import { spendToken } from '../../../src/foundation/storage/spent-tokens.ts';
import { startSampleSession } from '../../../src/lab/samples/store.ts';
import { maintain } from '../../../src/server/maintenance.ts';
import { addApplication } from '../../support/applications/applications.ts';
import { manualClock } from '../../support/basics/clock.ts';
import { describeOnEachDatabase } from '../../support/databases/each-database.ts';
import { FILLED_SEALER as sealer } from '../../support/databases/filled-tenant.ts';
import { makeTenant, type Tenant } from '../../support/databases/tenant.ts';
import { addUser } from '../../support/people/people.ts';

describeOnEachDatabase('two servers whose clocks differ', (open) => {
  let tenant: Tenant;
  beforeEach(async () => (tenant = await makeTenant(open())));

  /** Maintenance by the server whose clock is ahead. The tenant's clock is that of the other one. */
  const maintainAhead = () => maintain(tenant.db, manualClock(tenant.clock.now() + MAX_CLOCK_DIFFERENCE_MS));
  const last = (endsAt: number) => tenant.clock.set(endsAt - 1);

  it('let a captcha be answered once, up to its last millisecond at the slow one', async () => {
    const { db, clock, instance } = tenant;
    const place = { instanceId: instance.id, browserId: 'a' as BrowserId }; // any browser
    const { sealed } = await newCaptcha({ ids: randomIds, sealer }, place, 'words', clock.now());
    const answer = async () => {
      const opened = openCaptcha(sealer, place, sealed, clock.now());
      assert.ok(opened, 'the slow server still accepts it');
      return db.transaction((tx) => spendToken(tx, instance.id, opened.nonce, opened.expiresAt));
    };
    assert.ok(await answer());
    last(clock.now() + 10 * MINUTE_MS);
    await maintainAhead();
    assert.ok(!(await answer()));
  });

  it('accept a request once, also of a service provider whose clock is three minutes ahead', async () => {
    const { db, clock, instance } = tenant;
    const { id: applicationId } = await addApplication(tenant, 'wiki');
    const receive = () => {
      const seen = { instanceId: instance.id, applicationId, requestId: '_r' as never, at: clock.now() }; // any ID
      return db.transaction((tx) => insertRequestId(tx, seen));
    };
    assert.ok(await receive());
    clock.advance((3 + 10) * MINUTE_MS);
    await maintainAhead();
    assert.ok(!(await receive()));
  });

  it('let an assertion start one session of a sample', async () => {
    const { db, clock, instance } = tenant;
    const endsAt = clock.now() + 5 * MINUTE_MS;
    const confirmation = { method: 'bearer', recipient: null, notBefore: null, inResponseTo: null };
    const assertion = {
      ...{ id: '_a', issuer: 'us', nameId: null, session: null, attributes: [] },
      confirmations: [{ ...confirmation, notOnOrAfter: toIso(endsAt) }],
      conditions: { notBefore: null, notOnOrAfter: null, audiences: [] },
    };
    const session = { assertion, asked: null, relayState: null, xml: '', verifications: [] };
    const start = () => {
      const scope = { instanceId: instance.id, sample: 'notes' };
      const given = { handle: randomIds.token(), session, times: timesOf(clock, instance) };
      return db.transaction((tx) => startSampleSession(tx, scope, given));
    };
    assert.ok(await start());
    last(endsAt);
    await maintainAhead();
    assert.ok(!(await start()));
  });

  for (const [title, first, second] of [
    ['ahead', MAX_CLOCK_DIFFERENCE_MS / 2, 0],
    ['behind', 0, MAX_CLOCK_DIFFERENCE_MS / 2],
  ] as const) {
    it(`accept an app’s code once: the one that is ${title} first, then the other one`, async () => {
      const { db, ids, clock, instance } = tenant;
      const { id: userId } = await addUser(tenant, 'ana');
      const id = newMfaDeviceId(ids);
      const credential = { secret: await newTotpSecret(), driftSteps: 0, lastStep: null };
      const device = { id, userId, name: 'App', registeredAt: clock.now(), lastUsedAt: null, version: 1 };
      await db.transaction((tx) =>
        insertDevice(tx, sealer, instance.id, { ...device, type: 'TOTP', credential, inSync: true }),
      );
      const code = await totpCode(credential.secret, clock.now());
      const stored = async () => {
        const [found] = await listDevices(db.read, sealer, instance.id, userId);
        return found?.type === 'TOTP' ? found.credential : credential;
      };
      const at = (ahead: number) => timesOf(manualClock(clock.now() + ahead), instance);
      const early = await verifyTotp(credential, code, at(second).wireAt);
      const verdict = await verifyTotp(await stored(), code, at(first).wireAt);
      assert.ok(verdict.ok && early.ok, 'both would accept it');
      assert.ok(await db.transaction((tx) => useTotp(tx, instance.id, id, verdict, at(first))));
      const again = await verifyTotp(await stored(), code, at(second).wireAt);
      assert.deepEqual(again, { ok: false, reason: 'used' });
      // The other one had read the device before.
      assert.ok(!(await db.transaction((tx) => useTotp(tx, instance.id, id, early, at(second)))));
    });
  }
});

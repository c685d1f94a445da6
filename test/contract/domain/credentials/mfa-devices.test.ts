import assert from 'node:assert/strict';
import type { MfaDevice, MfaType } from '../../../../src/domain/credentials/mfa/device.ts';
import { deleteDevice, renameDevice } from '../../../../src/domain/credentials/mfa/commands.ts';
import { listDevices } from '../../../../src/domain/credentials/mfa/store.ts';
import {
  completeRegistration,
  startRegistration,
} from '../../../../src/domain/credentials/mfa/registration.ts';
import {
  findRegistration,
  type RegistrationOwner,
} from '../../../../src/domain/credentials/mfa/registration-store.ts';
import { STRATEGIES } from '../../../../src/domain/credentials/mfa/strategies.ts';
import {
  registrationOptions,
  webAuthnSite,
} from '../../../../src/domain/credentials/mfa/webauthn/webauthn.ts';
import { setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { maintain } from '../../../../src/server/maintenance.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import {
  newTrustedDeviceId,
  randomIds,
  type BrowserId,
  type MfaDeviceId,
} from '../../../../src/foundation/platform/ids.ts';
import {
  insertTrust,
  limitTrust,
  listTrustedDevices,
  MAX_TRUSTED_DEVICES,
} from '../../../../src/domain/sessions/trusted-device-store.ts';
import type { TrustedDevice } from '../../../../src/domain/sessions/trusted-device.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { FILLED_SEALER as sealer } from '../../../support/databases/filled-tenant.ts';
import { addUser } from '../../../support/people/people.ts';
import { race } from '../../../support/databases/race.ts';
import { totpCode } from '../../../support/mfa/totp-code.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('MFA devices', (open) => {
  let tenant: Tenant;
  let ana: User;
  let owners = 0;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    ana = await addUser(tenant, 'ana');
  });

  // A challenge must be bytes in base64url, which the counted tokens of these tests aren't.
  const publicUrl = new URL('http://localhost:8080');
  const needs = () => ({ ids: randomIds, sealer, publicUrl });
  const site = webAuthnSite(publicUrl, 'Example');
  const newOwner = (): RegistrationOwner => `session:${(owners += 1)}`;
  const registering = (owner: RegistrationOwner) => ({ instance: tenant.instance, userId: ana.id, owner });
  const devices = () => listDevices(tenant.db.read, sealer, tenant.instance.id, ana.id);
  const byUser = (user = ana) => ({
    actor: {
      type: 'user',
      userId: user.id,
      userName: user.userName,
      directoryId: tenant.instance.directoryId,
    } as const,
  });

  type Body = Parameters<Tenant['run']>[0];
  const start = (owner: RegistrationOwner, type: MfaType) =>
    tenant.run((work) => startRegistration(needs(), work, registering(owner), type));
  const completeBy = (owner: RegistrationOwner, type: MfaType, answer: unknown) => {
    const times = { wireAt: tenant.clock.now() };
    return (work: Parameters<Body>[0]) =>
      completeRegistration(needs(), work, registering(owner), { type, answer, times });
  };

  /** An app whose registration waits for its first code; `complete` sends that code. */
  async function app(owner = newOwner()) {
    const { secret } = await start(owner, 'TOTP');
    const code = totpCode(secret, tenant.clock.now());
    return { owner, secret, code, complete: completeBy(owner, 'TOTP', code) };
  }

  async function registerApp(): Promise<MfaDevice> {
    const { complete } = await app();
    const registered = await tenant.run(complete);
    assert.ok(registered.ok);
    return registered.device;
  }

  async function registerKey(key = softwareKey()) {
    const owner = newOwner();
    const { secret } = await start(owner, 'WEBAUTHN');
    const options = await registrationOptions(site, ana, [], secret);
    const answer = key.create(options, site.origin);
    return tenant.run(completeBy(owner, 'WEBAUTHN', answer));
  }

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

  it('are trusted in a bounded number of contexts, the newest ones, whatever the clock shows', async () => {
    const { db, clock, instance } = tenant;
    const before = [];
    for (let each = 0; each < MAX_TRUSTED_DEVICES + 5; each += 1) {
      clock.advance(1000);
      before.push(await trust(`192.0.2.${each}`));
    }
    clock.advance(-3_600_000);
    const last = await trust('198.51.100.1');
    await db.transaction((tx) => limitTrust(tx, instance.id, ana.id, last.id));
    const left = (await trusted()).map(({ id }) => id);
    assert.deepEqual(
      left,
      [...before.slice(6).reverse(), last].map(({ id }) => id),
    );
  });

  it('are renamed by their user, with an event, and only at the version that the user saw', async () => {
    const device = await registerApp();
    const { instance } = tenant;
    const rename = (name: string, version?: number, who = byUser()) =>
      tenant.run(
        (work) => renameDevice(work, instance, ana.id, device.id, { name, expectedVersion: version }),
        who,
      );
    await rename('Phone', 1);
    assert.deepEqual(
      (await devices()).map(({ name, version }) => [name, version]),
      [['Phone', 2]],
    );
    const [event] = await tenant.events(1);
    assert.equal(event?.eventName, 'UpdateMfaDeviceForUser');
    assert.equal(event.requestParameters?.['displayName'], 'Phone');
    await assert.rejects(rename('Tablet', 1), failsWith('ConflictException'));
    const bo = await addUser(tenant, 'bo');
    await assert.rejects(rename('Mine', undefined, byUser(bo)), failsWith('AccessDeniedException'));
    await assert.rejects(
      tenant.run((work) => renameDevice(work, instance, bo.id, device.id, { name: 'Mine' }), byUser(bo)),
      failsWith('ResourceNotFoundException'),
    );
    assert.deepEqual(
      (await devices()).map(({ name }) => name),
      ['Phone'],
    );
  });

  it('are deleted one by one, and the last one takes all trusted browsers along', async () => {
    const [first, second] = [await registerApp(), await registerApp()];
    const { instance } = tenant;
    await trust();
    const remove = (id: MfaDeviceId) =>
      tenant.run((work) => deleteDevice(work, instance, ana.id, id), byUser());
    await remove(first.id);
    assert.equal((await trusted()).length, 1);
    await assert.rejects(remove(first.id), failsWith('ResourceNotFoundException'));
    const bo = await addUser(tenant, 'bo');
    await assert.rejects(
      tenant.run((work) => deleteDevice(work, instance, bo.id, second.id), byUser(bo)),
      failsWith('ResourceNotFoundException'),
    );
    await remove(second.id);
    assert.deepEqual([await devices(), await trusted()], [[], []]);
    assert.equal((await tenant.events(1))[0]?.eventName, 'DeleteMfaDeviceForUser');
  });

  it('take all trusted browsers along when the last two are deleted at the same moment', async () => {
    const [first, second] = [await registerApp(), await registerApp()];
    await trust();
    const { instance } = tenant;
    await race(
      tenant,
      (work) => deleteDevice(work, instance, ana.id, first.id),
      () => tenant.run((work) => deleteDevice(work, instance, ana.id, second.id)),
    );
    assert.deepEqual([await devices(), await trusted()], [[], []]);
  });

  it('can’t be changed while their user is disabled', async () => {
    const device = await registerApp();
    const started = await app();
    const { instance } = tenant;
    await tenant.run((work) => setUserEnabled(work, instance, ana.id, false));
    const conflict = failsWith('ConflictException');
    const run = (body: Parameters<Tenant['run']>[0]) => tenant.run(body);
    await assert.rejects(
      run((work) => renameDevice(work, instance, ana.id, device.id, { name: 'X' })),
      conflict,
    );
    await assert.rejects(
      run((work) => deleteDevice(work, instance, ana.id, device.id)),
      conflict,
    );
    await assert.rejects(run(started.complete), conflict);
    await assert.rejects(app(), conflict);
    assert.deepEqual(
      (await devices()).map(({ id, name }) => [id, name]),
      [[device.id, device.name]],
    );
  });

  it('number two apps and six keys at most', async () => {
    for (let count = 0; count < STRATEGIES.TOTP.maxDevices; count += 1) await registerApp();
    await assert.rejects(app(), failsWith('ConflictException'));
    for (let count = 0; count < STRATEGIES.WEBAUTHN.maxDevices; count += 1) await registerKey();
    await assert.rejects(registerKey(), failsWith('ConflictException'));
    const names = (await devices()).map(({ name }) => name);
    assert.equal(names.length, 8);
    assert.equal(new Set(names).size, 8, 'each with a name of its own');
  });

  it('number two apps at most when two are registered at the same moment', async () => {
    await registerApp();
    const [one, other] = [await app(), await app()];
    await assert.rejects(
      race(tenant, one.complete, () => tenant.run(other.complete)),
      failsWith('ConflictException'),
    );
    assert.equal((await devices()).length, STRATEGIES.TOTP.maxDevices);
  });

  it('are registered once, whichever user has the key, and once for each registration', async () => {
    const key = softwareKey();
    assert.ok((await registerKey(key)).ok);
    await assert.rejects(registerKey(key), failsWith('ConflictException'));
    ana = await addUser(tenant, 'bo');
    await assert.rejects(registerKey(key), failsWith('ConflictException'));
    const { complete } = await app();
    const answers = [await tenant.run(complete), await tenant.run(complete)];
    assert.deepEqual(
      answers.map((answer) => answer.ok || answer.reason),
      [true, 'none-under-way'],
    );
  });

  it('are registered once when one answer is sent twice at the same moment', async () => {
    const { complete } = await app();
    const second = await race(tenant, complete, () => tenant.run(complete));
    assert.deepEqual(second, { ok: false, reason: 'none-under-way' });
    assert.equal((await devices()).length, 1);
  });

  it('are registered as out of sync by a code that is up to ten steps old, and not by an older one', async () => {
    const { clock } = tenant;
    const owner = newOwner();
    const { secret } = await start(owner, 'TOTP');
    const at = clock.now();
    const complete = async (stepsOld: number) => {
      const code = totpCode(secret, at - stepsOld * 30_000);
      return tenant.run(completeBy(owner, 'TOTP', code));
    };
    assert.deepEqual(await complete(11), { ok: false, reason: 'wrong-code' });
    assert.equal((await complete(10)).ok, true);
    const [device] = await devices();
    assert.equal(device?.type === 'TOTP' && device.inSync, false);
  });

  it('are registered within a quarter of an hour; abandoned registrations are trimmed', async () => {
    const { complete, owner } = await app();
    const { db, clock } = tenant;
    clock.advance(15 * MINUTE_MS - 1);
    const find = () => findRegistration(db.read, sealer, registering(owner), clock.now());
    assert.ok(await find());
    await maintain(db, clock);
    assert.ok(await find());
    clock.advance(1);
    assert.equal(await find(), undefined);
    assert.deepEqual(await tenant.run(complete), { ok: false, reason: 'none-under-way' });
    clock.advance(MINUTE_MS); // another server's clock may be behind
    await maintain(db, clock);
    assert.deepEqual(
      await db.read.selectFrom('mfa_registrations').selectAll().where('user_id', '=', ana.id).execute(),
      [],
    );
  });
});

import assert from 'node:assert/strict';
import { addDevice } from '../../../../src/domain/credentials/mfa/registration.ts';
import { totpWithSecret } from '../../../../src/domain/credentials/mfa/totp/strategy.ts';
import { listDevices } from '../../../../src/domain/credentials/mfa/store.ts';
import { setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import type { Instance } from '../../../../src/domain/organizations/organization.ts';
import { newTrustedDeviceId, randomIds, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { insertTrust, listTrustedDevices } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import {
  changed,
  emptyDatabase,
  makeFileServer,
  SEALER,
  type FileServer,
} from '../../../support/organization-file/file-server.ts';
import { readGood, type Edit } from '../../../support/organization-file/organization-files.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const OTHER = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU';
const [THIRD, FOURTH] = ['A'.repeat(32), 'B'.repeat(32)];

/** Declares an app for a user of the fixture. */
const withTotp = (secret: string, name = 'Ana'): Edit => [
  `    displayName: ${name} ${name === 'Ana' ? 'Souza' : 'Petrova'}\n`,
  `    displayName: ${name} ${name === 'Ana' ? 'Souza' : 'Petrova'}\n    totp: ${secret}\n`,
];

describeOnEachDatabase('an authenticator app in an organization file', (open) => {
  let server: FileServer;
  beforeEach(async () => {
    await emptyDatabase(open());
    server = makeFileServer(open());
  });

  const apps = async (instance: Instance, name = 'ana') => {
    const { id } = await server.user(instance, name);
    const devices = await listDevices(server.db.read, SEALER, instance.id, id);
    return devices.map((device) => (device.type === 'TOTP' ? device.credential.secret : device.type));
  };
  const needs = { ids: randomIds, sealer: SEALER };

  it('may have a short secret, with a warning where it stands that does not repeat it', async () => {
    const { warnings, instance } = await server.applyGood([withTotp('JBSWY3DPEHPK3PXP')]);
    assert.deepEqual(await apps(instance), ['JBSWY3DPEHPK3PXP']);
    const [warning, ...more] = warnings;
    assert.match(warning?.message ?? '', /has 80 bits\. RFC 4226 §4 demands 128/);
    assert.deepEqual([warning?.path, more], ['users[0].totp', []]);
    assert.deepEqual((await server.applyGood([withTotp(SECRET)])).warnings, []);
  });

  it('is registered once, however its secret is written, and changes nothing the second time', async () => {
    const first = await server.applyGood([withTotp(SECRET)]);
    assert.deepEqual(first.counts.mfaDevices, { created: 1, updated: 0, unchanged: 0, removed: 0 });
    assert.deepEqual(await apps(first.instance), [SECRET]);
    for (const again of [
      SECRET,
      `"${SECRET.toLowerCase()
        .replace(/(....)/g, '$1 ')
        .trim()}"`,
    ]) {
      assert.deepEqual(changed(await server.applyGood([withTotp(again)], { prune: true })), {});
    }
    // A file that doesn't mention the app leaves it alone.
    assert.deepEqual(changed(await server.applyGood([], { prune: true })), {});
    assert.deepEqual(await apps(first.instance), [SECRET]);
    const events = JSON.stringify(await server.db.read.selectFrom('events').selectAll().execute());
    assert.match(events, /CompleteVirtualMfaDeviceRegistration/);
    assert.ok(!events.includes(SECRET));
  });

  it('is replaced when the secret changes; an app that the user registered stays', async () => {
    const { instance } = await server.applyGood([withTotp(SECRET)]);
    const { id } = await server.user(instance, 'ana');
    await server.run(instance, (work) => addDevice(needs, work, instance, id, totpWithSecret(OTHER)));
    const replaced = await server.applyGood([withTotp(THIRD)]);
    assert.deepEqual(changed(replaced), { mfaDevices: { created: 0, updated: 1 } });
    assert.deepEqual((await apps(instance)).sort(), [THIRD, OTHER].sort());
    // The file declares the user's own app, which exists already.
    assert.deepEqual(changed(await server.applyGood([withTotp(OTHER)])), {});
  });

  it('revokes trusted browsers when it replaces a user’s only device', async () => {
    const { instance } = await server.applyGood([withTotp(SECRET)]);
    const { id: userId } = await server.user(instance, 'ana');
    await server.db.transaction((tx) =>
      insertTrust(tx, instance.id, {
        ...{
          id: newTrustedDeviceId(randomIds),
          userId,
          browserId: 'b' as BrowserId,
          browserFamily: 'Chrome',
        },
        ...{ ip: '192.0.2.1', userAgent: 'Chrome', trustedAt: 1 },
      }),
    );
    await server.applyGood([withTotp(THIRD)]);
    assert.deepEqual(await listTrustedDevices(server.db.read, instance.id, userId), []);
  });

  it('is refused with its place when the user already has two others', async () => {
    const { instance } = await server.applyGood();
    const { id } = await server.user(instance, 'ana');
    for (const secret of [OTHER, THIRD]) {
      await server.run(instance, (work) => addDevice(needs, work, instance, id, totpWithSecret(secret)));
    }
    const result = await server.apply(await readGood(withTotp(FOURTH)));
    assert.ok(!result.ok);
    assert.deepEqual(
      result.faults.map(({ path, line }) => [path, line]),
      [['users[0].totp', 18]],
    );
    assert.deepEqual((await apps(instance)).length, 2);
  });

  it('is registered for a disabled user, too, and whichever types are enabled: settings only decide at sign-in', async () => {
    const { instance } = await server.applyGood([
      withTotp(SECRET, 'Olga'),
      ['  session: {lifetime: PT2H}', '  session: {lifetime: PT2H}\n  mfa: {types: [webauthn]}'],
    ]);
    assert.deepEqual(await apps(instance, 'olga'), [SECRET]);
    const { id } = await server.user(instance, 'ana');
    await server.run(instance, (work) => setUserEnabled(work, instance, id, false));
    assert.deepEqual(changed(await server.applyGood([withTotp(OTHER)])), {
      mfaDevices: { created: 1, updated: 0 },
    });
  });
});

import assert from 'node:assert/strict';
import { devicesOf, secretOf } from '../../../support/mfa/registration.ts';
import { totpCode } from '../../../support/mfa/totp-code.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const PASSWORD = 'correct-Horse-8';
const BO = 'bo@example.com';

describe('a user’s MFA devices in the console', () => {
  let server: TestServer;
  let ana: Browserless;
  let path: string;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    const { users } = server.organization;
    const names = { givenName: 'Eve', familyName: 'Evans', displayName: 'Eve Evans' };
    await users.create({ userName: 'eve', password: PASSWORD, email: 'eve@example.com', ...names });
    await users.setConsoleAccess('ana@example.com', 'full');
    await users.setConsoleAccess('eve', 'full');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    const { id } = (await users.get(BO)) ?? assert.fail();
    path = `/demo/console/users/${id}/mfa-devices`;
  });
  beforeEach(async () => {
    for (const { id } of await devicesOf(server, BO)) await server.organization.mfaDevices.delete(BO, id);
  });
  after(() => server.stop());

  const begin = (browser = ana) => startType(browser, path);
  const answer = async (browser: Browserless, code?: string) => {
    const page = await browser.get(`${path}/register`);
    return browser.submit(page, { code: code ?? totpCode(secretOf(page), server.clock.now()) });
  };

  it('are registered by the code of an app, listed, renamed and deleted by typing DELETE', async () => {
    await begin();
    const wrong = await answer(ana, '000000');
    assert.equal(wrong.status, 400);
    assert.match(textOf(wrong), /This code is wrong/);
    const registered = await answer(ana);
    const [device] = await devicesOf(server, BO);
    assert.equal(registered.location, `${path}?done=registered&device=${device?.id}`);
    const list = await ana.get(registered.location);
    assert.match(textOf(list), /was registered.*Authenticator app/);
    assert.ok(list.body.includes(`<a href="${path}/${device?.id}/rename">Give it a name`));
    const renamed = await ana.submit(await ana.get(`${path}/${device?.id}/rename`), { name: 'Phone' });
    assert.equal(renamed.location, `${path}?done=renamed`);
    assert.match(textOf(await ana.get(path)), /Phone/);
    const deleted = await ana.submit(await ana.get(`${path}/${device?.id}/delete`), {
      confirmation: 'DELETE',
    });
    assert.equal(deleted.location, `${path}?done=deleted`);
    assert.deepEqual(await devicesOf(server, BO), []);
    const names = (await server.events()).map(({ eventName }) => eventName);
    for (const name of [
      'CompleteVirtualMfaDeviceRegistration',
      'UpdateMfaDeviceForUser',
      'DeleteMfaDeviceForUser',
    ])
      assert.ok(names.includes(name), name);
  });

  it('aren’t renamed over the change of somebody else', async () => {
    await begin();
    await answer(ana);
    const [device] = await devicesOf(server, BO);
    const page = await ana.get(`${path}/${device?.id}/rename`);
    await server.organization.mfaDevices.rename(BO, device?.id ?? '', 'Theirs');
    const conflict = await ana.submit(page, { name: 'Mine' });
    assert.equal(conflict.status, 409);
    assert.match(textOf(conflict), /Changed meanwhile.*Mine.*Theirs/);
    assert.equal((await ana.submit(conflict, { name: 'Mine' })).status, 303);
    assert.equal((await devicesOf(server, BO))[0]?.name, 'Mine');
  });

  it('attack: another administrator and the user can’t complete a registration, or read its secret', async () => {
    await begin();
    const page = await ana.get(`${path}/register`);
    const eve = server.browser();
    await signIn(eve, 'eve', PASSWORD);
    assert.ok(!(await eve.get(`${path}/register`)).body.includes(secretOf(page)));
    await startType(eve, path);
    const code = totpCode(secretOf(page), server.clock.now());
    assert.equal((await answer(eve, code)).status, 400);
    const bo = server.browser();
    await signIn(bo, BO, PASSWORD);
    assert.ok(!(await bo.get('/demo/start/mfa-devices/register')).body.includes(secretOf(page)));
    assert.deepEqual(await devicesOf(server, BO), []);
    assert.equal((await answer(ana)).status, 303);
  });

  it('of a disabled user can’t be changed, even by a form that was open', async () => {
    await begin();
    const page = await ana.get(`${path}/register`);
    await server.organization.users.update(BO, { enabled: false });
    try {
      const code = totpCode(secretOf(page), server.clock.now());
      assert.equal((await ana.submit(page, { code })).status, 409);
      assert.match(textOf(await ana.get(path)), /of a disabled user can’t be changed/);
      assert.equal((await ana.get(`${path}/register`)).location, path);
    } finally {
      await server.organization.users.update(BO, { enabled: true });
    }
  });
});

async function startType(browser: Browserless, path: string) {
  const { csrf = '' } = formOf(await browser.get(`${path}/register`), '/register').fields;
  const form = { csrf, type: 'TOTP' };
  const started = await browser.post(`${path}/register`, form, { site: 'same-origin' });
  assert.equal(started.status, 303, started.body);
}

import assert from 'node:assert/strict';
import { totpCode } from '../../../../src/domain/credentials/mfa/totp/totp.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import type { Answer } from '../../../support/servers/browserless.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

interface Device {
  id: string;
  type: string;
  name: string;
  inSync: boolean;
  isBuiltIn: boolean;
  version: number;
}
interface Problem {
  detail: string;
  errors?: { pointer: string }[];
}

describe('MFA devices in the control API', () => {
  let server: TestServer;
  let user: string;
  beforeEach(async function () {
    this.timeout(30_000); // the first server generates keys
    server = await startServer();
    const { items } = jsonOf(await call('GET', '/users?userName=ana@example.com', undefined)) as {
      items: { id: string }[];
    };
    user = items[0]?.id ?? assert.fail('no user');
  });
  afterEach(() => server.stop());

  const call = (method: string, path: string, json?: unknown) =>
    server.browser().send(method, `/api/v1/organizations/default${path}`, {
      headers: { authorization: `Bearer ${API_TOKEN}` },
      ...(json !== undefined && { json }),
    });
  const devices = (method: string, json?: unknown, rest = '') =>
    call(method, `/users/${user}/mfa-devices${rest}`, json);
  const list = async () => (jsonOf(await devices('GET')) as { items: Device[] }).items;

  it('registers an app with the secret from the answer and the code that the app shows', async () => {
    const started = jsonOf(await devices('POST', { type: 'totp' }, '/registrations'), 201) as {
      secret: string;
      uri: string;
    };
    assert.match(started.uri, /^otpauth:\/\/totp\/Example%20Corp:ana/);
    const wrong = jsonOf(await devices('POST', { code: '12345x' }), 400) as Problem;
    assert.equal(wrong.errors?.[0]?.pointer, '/code');
    const code = await totpCode(started.secret, server.clock.now());
    const device = jsonOf(await devices('POST', { code, name: 'Phone' }), 201) as Device;
    assert.deepEqual([device.type, device.name, device.inSync], ['totp', 'Phone', true]);
    jsonOf(await devices('POST', { code }), 409); // the registration is over
    const answer = await devices('GET');
    assert.deepEqual(
      (JSON.parse(answer.body) as { items: Device[] }).items.map(({ id }) => id),
      [device.id],
    );
    assert.ok(!answer.body.includes(started.secret));
    const events = JSON.stringify(await server.events());
    assert.match(events, /CompleteVirtualMfaDeviceRegistration/);
    assert.ok(!events.includes(started.secret));
  });

  it('registers a security key by the browser’s answer, once, and only for its own challenge', async () => {
    const start = async () =>
      (
        jsonOf(await devices('POST', { type: 'webauthn' }, '/registrations'), 201) as {
          options: { challenge: string; excludeCredentials: { id: string }[] };
        }
      ).options;
    const key = softwareKey();
    const stale = key.create(await start(), server.publicUrl.origin);
    const options = await start();
    // A newer registration replaced the challenge of the first; a wrong answer uses the challenge up.
    assert.equal(
      (jsonOf(await devices('POST', { response: stale }), 400) as Problem).errors?.[0]?.pointer,
      '/response',
    );
    jsonOf(await devices('POST', { response: key.create(options, server.publicUrl.origin) }), 409);
    const response = key.create(await start(), server.publicUrl.origin);
    const device = jsonOf(await devices('POST', { response }), 201) as Device;
    assert.deepEqual([device.type, device.name, device.isBuiltIn], ['webauthn', 'Security key', false]);
    assert.deepEqual(
      (await start()).excludeCredentials.map(({ id }) => id),
      [key.credentialId],
    );
  });

  it('registers an app by a given secret, in any spelling, once, and at most two apps a user', async () => {
    jsonOf(await devices('POST', { totpSecret: 'jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp' }), 201);
    jsonOf(await devices('POST', { totpSecret: SECRET }), 409);
    jsonOf(await devices('POST', { totpSecret: 'A'.repeat(32) }), 201);
    jsonOf(await devices('POST', { totpSecret: 'B'.repeat(32) }), 409);
    for (const wrong of ['JBSWY3DPEHPK3P', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3P01', 'A'.repeat(27), 5, '']) {
      const { errors, detail } = jsonOf(await devices('POST', { totpSecret: wrong }), 400) as Problem;
      assert.equal(errors?.[0]?.pointer, '/totpSecret');
      assert.ok(wrong === '' || !detail.includes(String(wrong)), detail);
    }
    jsonOf(await devices('POST', { totpSecret: SECRET, code: '123456' }), 400);
    jsonOf(await devices('POST', {}), 400);
  });

  it('refuses a disabled type, a registration that has expired, and one for a disabled user', async () => {
    jsonOf(await call('PATCH', '/settings', { mfa: { types: ['webauthn'] } }));
    jsonOf(await devices('POST', { type: 'totp' }, '/registrations'), 400);
    jsonOf(await devices('POST', { totpSecret: SECRET }), 400);
    jsonOf(await call('PATCH', '/settings', { mfa: { types: ['totp'] } }));
    const { secret } = jsonOf(await devices('POST', { type: 'totp' }, '/registrations'), 201) as {
      secret: string;
    };
    server.clock.advance(15 * MINUTE_MS);
    jsonOf(await devices('POST', { code: await totpCode(secret, server.clock.now()) }), 409);
    jsonOf(await call('PATCH', `/users/${user}`, { enabled: false }));
    jsonOf(await devices('POST', { type: 'totp' }, '/registrations'), 409);
    jsonOf(await devices('POST', { totpSecret: SECRET }), 409);
    assert.deepEqual(await list(), []);
  });

  it('renames and deletes a device, and removes trust with the last one', async () => {
    const { id } = jsonOf(await devices('POST', { totpSecret: SECRET }), 201) as Device;
    const renamed = jsonOf(await devices('PATCH', { name: 'Desk', version: 1 }, `/${id}`)) as Device;
    assert.deepEqual([renamed.name, renamed.version], ['Desk', 2]);
    jsonOf(await devices('PATCH', { name: 'Late', version: 1 }, `/${id}`), 409);
    jsonOf(await devices('PATCH', { name: '' }, `/${id}`), 400);
    // Another user's address doesn't lead to this device.
    const bo = jsonOf(await call('GET', '/users?userName=bo@example.com')) as { items: { id: string }[] };
    jsonOf(await call('DELETE', `/users/${bo.items[0]?.id ?? ''}/mfa-devices/${id}`), 404);
    jsonOf(await call('PATCH', `/users/${bo.items[0]?.id ?? ''}/mfa-devices/${id}`, { name: 'x' }), 404);
    await server.db.transaction((tx) =>
      tx
        .insertInto('trusted_devices')
        .values({
          ...{ id: 'trust', instance_id: server.instance.id, user_id: user, browser_id: 'b' },
          ...{ browser_family: 'Chrome', ip: '192.0.2.1', user_agent: 'Chrome', trusted_at: 1 },
        } as never) // ids as the database has them
        .execute(),
    );
    const trusted = async () =>
      (jsonOf(await call('GET', `/users/${user}/trusted-devices`)) as { items: object[] }).items;
    assert.equal((await trusted()).length, 1);
    assert.equal((await devices('DELETE', undefined, `/${id}`)).status, 204);
    assert.deepEqual([await list(), await trusted()], [[], []]);
    const names = (await server.events()).map(({ eventName }) => eventName);
    assert.ok(names.includes('UpdateMfaDeviceForUser') && names.includes('DeleteMfaDeviceForUser'));
  });

  it('shows where a session was begun, and ends any user’s session at once', async () => {
    const browser = server.browser();
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const sessions = async () =>
      (
        jsonOf(await call('GET', `/users/${user}/sessions`)) as {
          items: { id: string; ip: string; userAgent: string; factors: { type: string }[] }[];
        }
      ).items;
    const [session] = await sessions();
    assert.ok(session);
    assert.deepEqual(
      [session.ip, session.userAgent, session.factors.map(({ type }) => type)],
      ['127.0.0.1', browser.userAgent, ['PASSWORD']],
    );
    assert.equal((await browser.get('/demo/start')).status, 200);
    assert.equal((await call('DELETE', `/users/${user}/sessions/${session.id}`)).status, 204);
    assert.equal((await browser.get('/demo/start')).status, 302);
    assert.deepEqual(await sessions(), []);
  });
});

/** The body of an answer; the test that reads it declares its type. */
function jsonOf(answer: Answer, status = 200): unknown {
  assert.equal(answer.status, status, answer.body);
  return JSON.parse(answer.body);
}

import assert from 'node:assert/strict';
import { historyOf } from '../../../../src/domain/organizations/commands.ts';
import {
  completeRegistration,
  startRegistration,
} from '../../../../src/domain/credentials/mfa/registration.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { formOf, type Answer } from '../../../support/servers/browserless.ts';
import {
  addApp,
  addKey,
  afterPassword,
  ANA,
  choose,
  codeNow,
  isSignedIn,
  mailedCode,
  optionsOf,
  organizationWith,
  sendAssertion,
  userOf,
  wrongCode,
  type Mfa,
} from '../../../support/mfa/mfa.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import { assertGuideEvents, sharing } from '../../../support/people/sign-in-events.ts';

describe('the events of a sign-in with a second factor', () => {
  let server: TestServer;
  const start = async (mfa: Mfa) => (server = await startServer({ organization: organizationWith(mfa) }));
  afterEach(() => server.stop());

  const signInEvents = async () =>
    (await server.events()).filter(({ eventSource }) => eventSource === 'signin.amazonaws.com');
  /** The events as text, such as `Challenge TOTP`; an `!` at the end marks a failure. */
  const told = async () =>
    (await signInEvents()).map(({ eventName, additionalEventData, serviceEventDetails }) => {
      const failed = serviceEventDetails?.[eventName] === 'Success' ? '' : '!';
      return `${eventName.replace('Credential', '')} ${additionalEventData?.['CredentialType']}${failed}`;
    });

  it('match the guide’s, field for field: a password and an authenticator app', async () => {
    await start({ mode: 'always-on' });
    await addApp(server);
    const browser = server.browser();
    const page = await afterPassword(browser);
    assert.equal((await browser.submit(page, { code: codeNow(server) })).status, 303);
    assertGuideEvents(await signInEvents(), 'password-and-totp');
  });

  it('match the guide’s, field for field: a device must be registered', async () => {
    await start({ withoutDevice: 'register' });
    const browser = server.browser();
    const page = await afterPassword(browser);
    const signIn = await server.db.read.selectFrom('sign_ins').selectAll().executeTakeFirstOrThrow();
    await registerDevice(signIn.id);
    const csrf = formCsrf(page) ?? (await tokenOf(browser));
    const path = `/demo/signin/${signIn.id}`;
    const end = await browser.post(`${path}/continue`, { csrf }, { site: 'same-origin' });
    assert.equal(end.location, '/demo/start');
    assertGuideEvents(await signInEvents(), 'password-and-forced-registration');
  });

  it('name the security key, and share their request ids as those of an app do', async () => {
    await start({ mode: 'always-on' });
    const key = softwareKey();
    await addKey(server, key);
    const browser = server.browser();
    const page = await afterPassword(browser);
    const answer = key.get(optionsOf(page), server.publicUrl.origin);
    assert.equal((await sendAssertion(browser, page, answer)).status, 303);
    assert.deepEqual(await told(), [
      'Challenge PASSWORD',
      'Verification PASSWORD',
      'Challenge WEBAUTHN',
      'Verification WEBAUTHN',
      'UserAuthentication PASSWORD,WEBAUTHN',
    ]);
    assert.deepEqual(sharing(await signInEvents(), 'requestID'), [0, 1, 1, 3, 3]);
  });

  it('name the code sent by mail, and each code that is sent again', async () => {
    await start({ withoutDevice: 'email-code' });
    const browser = server.browser();
    const page = await afterPassword(browser);
    await browser.submit(page, { code: 'x' });
    const { action, fields } = formOf(page, '/email-code/send');
    const again = await browser.post(action, fields, { site: 'same-origin', followRedirects: true });
    assert.equal((await browser.submit(again, { code: await mailedCode(server) })).status, 303);
    assert.deepEqual(await told(), [
      'Challenge PASSWORD',
      'Verification PASSWORD',
      'Challenge EMAIL_OTP',
      'Verification EMAIL_OTP!',
      'Challenge EMAIL_OTP',
      'Verification EMAIL_OTP',
      'UserAuthentication PASSWORD,EMAIL_OTP',
    ]);
    assert.deepEqual(sharing(await signInEvents(), 'requestID'), [0, 1, 1, 3, 4, 5, 5]);
    const all = JSON.stringify(await server.events());
    assert.ok(!all.includes(await mailedCode(server)), 'no code is written down');
  });

  it('name the resynchronization of an app after a wrong code', async () => {
    await start({ mode: 'always-on' });
    await addApp(server);
    const browser = server.browser();
    const page = await afterPassword(browser);
    const wrong = await browser.submit(page, { code: wrongCode(server) });
    assert.equal(wrong.status, 401);
    const resync = await choose(browser, wrong, 'RESYNC_TOTP');
    const codes = { code: codeNow(server, -50), secondCode: codeNow(server, -49) };
    assert.equal((await browser.submit(resync, codes)).status, 303);
    assert.ok(await isSignedIn(browser));
    assert.deepEqual(await told(), [
      'Challenge PASSWORD',
      'Verification PASSWORD',
      'Challenge TOTP',
      'Verification TOTP!',
      'Challenge RESYNC_TOTP',
      'Verification RESYNC_TOTP',
      'UserAuthentication PASSWORD,RESYNC_TOTP',
    ]);
    const workflows = (await signInEvents()).map((event) => event.additionalEventData ?? {});
    assert.deepEqual(sharing(workflows, 'AuthWorkflowID'), [0, 0, 0, 0, 0, 0, 0]);
  });

  /** Does what the pages of a registration do: stores the device and notes it in the sign-in. */
  async function registerDevice(signInId: string): Promise<void> {
    const { instance, app, clock, db } = server;
    const { id: userId, userName } = await userOf(server, ANA.userName);
    const actor = { type: 'user', userId, userName, directoryId: instance.directoryId } as const;
    const context = { actor, requestId: 'x', ip: '127.0.0.1', userAgent: 'x', at: clock.now() };
    const registering = { instance, userId, owner: `signin:${signInId}` } as const;
    const times = { wireAt: clock.now() };
    const deviceId = await app.commands.run(context, historyOf(instance), async (work) => {
      const { secret } = await startRegistration(app.operationNeeds, work, registering, 'TOTP');
      const code = codeNow(server, 0, secret);
      const needs = { ...app.operationNeeds, publicUrl: new URL('http://localhost') };
      const given = { type: 'TOTP', answer: code, times } as const;
      const done = await completeRegistration(needs, work, registering, given);
      return done.ok ? done.device.id : assert.fail(done.reason);
    });
    const progress = { challenged: null, mailCode: null, registered: { deviceId, named: true } };
    await db.transaction((tx) =>
      tx
        .updateTable('sign_ins')
        .set({ progress: JSON.stringify(progress) })
        .where('id', '=', signInId as never)
        .execute(),
    );
  }

  const formCsrf = ({ body }: Answer) => /name="csrf" value="([^"]+)"/.exec(body)?.[1];
  /** Every form that the browser was shown holds its CSRF token. */
  const tokenOf = async (browser: ReturnType<TestServer['browser']>) =>
    formCsrf(await browser.get('/demo/start', { followRedirects: true })) ?? assert.fail('no token');
});

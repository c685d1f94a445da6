import assert from 'node:assert/strict';
import { keptExchanges } from '../../../support/saml/kept-exchanges.ts';
import { softwareKey, type SoftwareKey } from '../../../support/mfa/software-key.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { descendant, deliveryOf, responseOf } from '../../../support/saml/delivery.ts';
import {
  addApp,
  addKey,
  afterPassword,
  ANA,
  choose,
  codeNow,
  mailedCode,
  optionsOf,
  organizationWith,
  sendAssertion,
  userOf,
  type Mfa,
} from '../../../support/mfa/mfa.ts';
import { answerCode, begin, secretOf, setMfa } from '../../../support/mfa/registration.ts';
import { CODE } from '../../../support/saml/organization.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import {
  authenticate,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

const CLASSES = 'urn:oasis:names:tc:SAML:2.0:ac:classes:';
const MFA = 'https://refeds.org/profile/mfa';
const NO_AUTHN_CONTEXT = [`${CODE}Responder`, `${CODE}NoAuthnContext`];
const NO_PASSIVE = [`${CODE}Responder`, `${CODE}NoPassive`];

describe('a request for a stronger sign-in', () => {
  let server: TestServer;
  let wiki: Target;
  let browser: Browserless;
  let key: SoftwareKey;
  const start = async (mfa: Mfa = {}) => {
    server = await startServer({ organization: organizationWith(mfa) });
    wiki = await targetOf(server, 'wiki');
    browser = server.browser();
    key = softwareKey();
  };
  afterEach(() => server.stop());

  const asking = (classRef: string, attributes = '', comparison = 'exact') =>
    wiki.request({
      attributes,
      content: `<samlp:RequestedAuthnContext Comparison="${comparison}"><saml:AuthnContextClassRef>${classRef}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`,
    });
  const send = (xml: string) => redirectRequest(browser, wiki, xml, { relayState: '/r' });
  const statedBy = async (page: Answer) => {
    const { status, assertion } = await responseOf(page);
    return assertion
      ? descendant(assertion, 'AuthnStatement', 'AuthnContext', 'AuthnContextClassRef').text
      : status;
  };
  const withCode = (page: Answer, more: Record<string, string> = {}) =>
    browser.submit(page, { code: codeNow(server), ...more }, { followRedirects: true });
  /** Starts a portal session by password in a trusted browser. */
  const trusted = async () => {
    await addApp(server);
    await withCode(await afterPassword(browser), { trustDevice: 'on' });
    await signOut();
    server.clock.advance(60_000);
    await afterPassword(browser);
    assert.equal((await browser.get('/demo/start')).status, 200, 'the password alone, as it is trusted');
  };
  const signOut = async () => {
    const { action, fields } = formOf(await browser.get('/demo/start'), '/signout');
    await browser.post(action, fields, { site: 'same-origin' });
  };
  const asksForCode = (page: Answer) => assert.match(page.body, /name="code"/, textOf(page));

  it('is answered with the requested class after the second factor, in one sign-in', async () => {
    await start();
    await addApp(server);
    const identify = await send(asking(MFA));
    const challenge = await authenticate(browser, identify, ANA.userName, ANA.password);
    asksForCode(challenge);
    const page = await withCode(challenge);
    assert.equal(await statedBy(page), MFA);
    assert.equal(deliveryOf(page).relayState, '/r');
    for (const classRef of ['TimeSyncToken', 'MobileTwoFactorContract', 'PasswordProtectedTransport']) {
      assert.equal(
        await statedBy(await send(asking(CLASSES + classRef))),
        CLASSES + classRef,
        'in that session',
      );
    }
    assert.equal(await statedBy(await send(wiki.request())), `${CLASSES}TimeSyncToken`);
  });

  it('is answered by HTTP-POST as well', async () => {
    await start();
    await addApp(server);
    const identify = await postRequest(server, browser, wiki, asking(MFA));
    const page = await withCode(await authenticate(browser, identify, ANA.userName, ANA.password));
    assert.equal(await statedBy(page), MFA);
  });

  it('asks for the second factor each time, signed in or not, although the browser is trusted', async () => {
    await start();
    await trusted();
    assert.equal(await statedBy(await send(wiki.request())), `${CLASSES}PasswordProtectedTransport`);
    const challenge = await authenticate(browser, await send(asking(MFA)), ANA.userName, ANA.password);
    asksForCode(challenge);
    assert.equal(await statedBy(await withCode(challenge, { trustDevice: 'on' })), MFA);
    await signOut();
    server.clock.advance(60_000);
    asksForCode(await authenticate(browser, await send(asking(MFA)), ANA.userName, ANA.password));
  });

  it('attack: isn’t answered without the factor, whatever is sent to that sign-in and in whatever order', async () => {
    await start({ withoutDevice: 'email-code' });
    await trusted();
    const sent = await browser.get(wiki.redirect(asking(MFA)), { site: 'cross-site' });
    const path = (await browser.get(sent.location ?? '')).location ?? '';
    assert.match(path, /\/signin\//);
    const { fields } = formOf(await browser.get(path));
    const post = (to: string, form: Record<string, string> = {}) =>
      browser.post(`${path}/${to}`, { ...fields, ...form }, { site: 'same-origin' });
    const tries = async () => {
      await post('continue');
      await post('challenge', { code: '', trustDevice: 'on' });
      await post('challenge', { code: '000000', trustDevice: 'on' });
      await post('choose', { type: 'EMAIL_OTP' });
      await post('email-code/send');
      await post('email-code', { code: '000000', trustDevice: 'on' });
      await post('register', { type: 'TOTP' });
      await post('device-name', { name: 'x' });
      await post('continue', { demand: '', 'continuation[demand]': '' });
      const again = await browser.get(sent.location ?? '', { followRedirects: true });
      assert.doesNotMatch(again.body, /SAMLResponse/);
      assert.match(formOf(again).action, /\/identify$/, 'going to the request begins another one');
    };
    await tries();
    await post('identify', { username: ANA.userName });
    await tries();
    await post('password', { password: ANA.password });
    asksForCode(await browser.get(path));
    await tries();
    // The sign-in begins again: it forgets the factors that were given, but not the one that is required.
    await post('restart');
    await post('identify', { username: ANA.userName });
    await post('password', { password: ANA.password });
    asksForCode(await browser.get(path));
    const page = await withCode(await browser.get(path));
    assert.equal(await statedBy(page), MFA);
    const stated = await keptExchanges(server.db.read, server.sealer);
    assert.equal(stated.filter((each) => each.response_xml.includes(MFA)).length, 1);
  });

  it('asks for the type of factor that satisfies it, and no other type can be chosen', async () => {
    await start();
    await addApp(server);
    await addKey(server, key);
    const challenge = await authenticate(
      browser,
      await send(asking(`${CLASSES}TimeSyncToken`)),
      ANA.userName,
      ANA.password,
    );
    asksForCode(challenge);
    assert.deepEqual(
      [...challenge.body.matchAll(/name="type" value="(\w+)"/g)].map(([, it]) => it),
      ['RESYNC_TOTP'],
    );
    asksForCode(await choose(browser, challenge, 'WEBAUTHN'));
    assert.equal(await statedBy(await withCode(challenge)), `${CLASSES}TimeSyncToken`);
  });

  it('replaces a session by a security key with one by an app where only an app satisfies it', async () => {
    await start();
    await addKey(server, key);
    await addApp(server);
    const asked = await afterPassword(browser);
    const byKey = asked.body.includes('data-security-key') ? asked : await choose(browser, asked, 'WEBAUTHN');
    await sendAssertion(browser, byKey, key.get(optionsOf(byKey), server.publicUrl.origin));
    assert.equal(await statedBy(await send(asking(MFA))), MFA);
    const challenge = await authenticate(
      browser,
      await send(asking(`${CLASSES}TimeSyncToken`)),
      ANA.userName,
      ANA.password,
    );
    assert.equal(await statedBy(await withCode(challenge)), `${CLASSES}TimeSyncToken`);
  });

  it('leads to resynchronizing an app that is out of sync', async () => {
    await start();
    await addApp(server, ANA.userName, { inSync: false });
    const challenge = await authenticate(browser, await send(asking(MFA)), ANA.userName, ANA.password);
    const codes = { code: codeNow(server, -1), secondCode: codeNow(server) };
    assert.equal(await statedBy(await browser.submit(challenge, codes, { followRedirects: true })), MFA);
  });

  it('is refused to the service provider, after one sign-in, when the user has no stronger factor', async () => {
    await start();
    const page = await authenticate(browser, await send(asking(MFA)), ANA.userName, ANA.password);
    assert.deepEqual(await statedBy(page), NO_AUTHN_CONTEXT);
    assert.equal(deliveryOf(page).relayState, '/r');
    assert.deepEqual(await statedBy(await send(asking(MFA))), NO_AUTHN_CONTEXT, 'and at once when signed in');
  });

  it('treats a code by mail as usual: it is no stronger than a password', async () => {
    await start({ withoutDevice: 'email-code' });
    const asked = await authenticate(browser, await send(asking(MFA)), ANA.userName, ANA.password);
    const code = await mailedCode(server);
    const page = await browser.submit(asked, { code }, { followRedirects: true });
    assert.deepEqual(await statedBy(page), NO_AUTHN_CONTEXT);
  });

  it('accepts a device that is registered during the sign-in, and then states its class', async () => {
    await start({ withoutDevice: 'register' });
    const asked = await authenticate(browser, await send(asking(MFA)), ANA.userName, ANA.password);
    const path = formOf(asked, '/register').action.replace('/register', '');
    const registering = await begin(browser, 'TOTP', path);
    const naming = await browser.get((await answerCode(server, browser, registering)).location ?? '');
    const challenge = await browser.submit(naming, { name: 'Phone' }, { followRedirects: true });
    asksForCode(challenge);
    server.clock.advance(30_000);
    const code = codeNow(server, 0, secretOf(registering));
    const page = await browser.submit(challenge, { code }, { followRedirects: true });
    assert.equal(await statedBy(page), MFA);
  });

  it('is refused where second factors or the user’s type of device are disabled', async () => {
    await start();
    await addApp(server);
    for (const mfa of [{ mode: 'disabled' }, { mode: 'context-aware', types: ['webauthn'] }]) {
      await setMfa(server, mfa);
      await afterPassword(browser);
      assert.deepEqual(await statedBy(await send(asking(MFA))), NO_AUTHN_CONTEXT);
      browser = server.browser();
    }
  });

  it('says, when it is passive, whether a stronger sign-in would help', async () => {
    await start();
    await trusted();
    assert.deepEqual(await statedBy(await send(asking(MFA, 'IsPassive="true"'))), NO_PASSIVE);
    assert.deepEqual(
      await statedBy(await send(asking(`${CLASSES}X509`, 'IsPassive="true"'))),
      NO_AUTHN_CONTEXT,
    );
    assert.equal((await browser.get('/demo/start')).status, 200, 'the session is as it was');
  });

  it('is combined with ForceAuthn in one sign-in, and asks again at the next request', async () => {
    await start();
    await addApp(server);
    await withCode(await afterPassword(browser));
    assert.equal(await statedBy(await send(asking(MFA))), MFA);
    server.clock.advance(60_000);
    const challenge = await authenticate(
      browser,
      await send(asking(MFA, 'ForceAuthn="true"')),
      ANA.userName,
      ANA.password,
    );
    asksForCode(challenge);
    assert.equal(await statedBy(await withCode(challenge)), MFA);
    assert.match(formOf(await send(asking(MFA, 'ForceAuthn="true"'))).action, /\/identify$/);
  });

  it('asks another person who signs in for their own device, and is refused when they have none', async () => {
    await start();
    await trusted();
    const asGuest = await authenticate(browser, await send(asking(MFA)), 'bo@example.com', 'correct-Horse-8');
    // Bo has neither a device nor access: the missing class is reported first.
    assert.deepEqual(await statedBy(asGuest), NO_AUTHN_CONTEXT);
    await addApp(server, 'bo@example.com', { secret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU' });
    asksForCode(await authenticate(browser, await send(asking(MFA)), 'bo@example.com', 'correct-Horse-8'));
  });

  it('isn’t answered when the device is deleted while the user signs in', async () => {
    await start();
    await addApp(server);
    const identify = await send(asking(MFA));
    const challenge = await authenticate(browser, identify, ANA.userName, ANA.password);
    asksForCode(challenge);
    const { id } = await userOf(server, ANA.userName);
    await server.db.transaction((tx) => tx.deleteFrom('mfa_devices').where('user_id', '=', id).execute());
    const form = formOf(
      await browser.get(
        new URL(formOf(challenge, '/challenge').action, server.publicUrl).pathname.replace('/challenge', ''),
      ),
    );
    const page = await browser.post(form.action, form.fields, { site: 'same-origin', followRedirects: true });
    assert.deepEqual(await statedBy(page), NO_AUTHN_CONTEXT);
  });
});

import assert from 'node:assert/strict';
import { totpCode } from '../../../../src/domain/credentials/mfa/totp/totp.ts';
import { formOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { EXAMPLE, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const ON = EXAMPLE.replace(
  'passwordHashCost: 4',
  'passwordHashCost: 4, simulatedAddress: true, attemptsPerUser: 2',
);

describe('a simulated address', () => {
  let server: TestServer;
  let browser: Browserless;
  const start = async (organization: string) => {
    server = await startServer({ organization });
    browser = server.browser();
  };
  afterEach(() => server.stop());

  const cookie = () => `vestibule-${server.instance.directoryId}-address`;
  const choose = (page: Answer, address: string) =>
    browser.submit(page, { address }, { followRedirects: true });

  it('is chosen and plainly shown on the page, and appears in events and sessions', async () => {
    await start(ON);
    const asked = await browser.get('/demo/start', { followRedirects: true });
    assert.match(asked.body, /Your IP address: <strong>127\.0\.0\.1<\/strong><\/span>/);
    const chosen = await choose(asked, '203.0.113.7');
    // The browser is back at the same sign-in.
    assert.match(chosen.body, /Your IP address: <strong>203\.0\.113\.7<\/strong> \(simulated\)/);
    assert.equal(formOf(chosen, '/identify').action, formOf(asked, '/identify').action);
    const password = await browser.submit(chosen, { username: 'ana@example.com' }, { followRedirects: true });
    const portal = await browser.submit(password, { password: 'correct-Horse-7' }, { followRedirects: true });
    assert.match(portal.body, /\(simulated\)/);
    const authenticated = (await server.events()).find(({ eventName }) => eventName === 'UserAuthentication');
    assert.equal(authenticated?.sourceIPAddress, '203.0.113.7');
    const [session] = await server.db.read.selectFrom('sessions').select('ip').execute();
    assert.equal(session?.ip, '203.0.113.7');
    // The person removes the address again, in the portal.
    const real = await choose(portal, '');
    assert.match(real.body, /Your IP address: <strong>127\.0\.0\.1<\/strong><\/span>/);
    assert.equal(browser.cookies.get(cookie()) ?? '', '');
  });

  it('has a cookie that scripts can’t read, and can only be an address', async () => {
    await start(ON);
    const asked = await browser.get('/demo/start', { followRedirects: true });
    const { action, fields } = formOf(asked, '/address');
    const answer = await browser.post(
      action,
      { ...fields, address: '2001:DB8:0::7' },
      { site: 'same-origin' },
    );
    assert.match(
      answer.setCookies.join('\n'),
      new RegExp(`${cookie()}=2001:db8::7; path=/; samesite=lax; httponly`),
    );
    for (const wrong of [
      '203.0.113',
      '1.2.3.4.5',
      'localhost',
      'fe80::1%eth0',
      '<b>',
      '10.0.0.1\r\nX: y',
      '010.1.1.1',
    ]) {
      const refused = await browser.post(action, { ...fields, address: wrong }, { site: 'same-origin' });
      assert.equal(refused.status, 400, wrong);
      assert.deepEqual(
        refused.setCookies.filter((each) => each.includes('-address=')),
        [],
      );
      assert.ok(!refused.body.includes('<b>"'), wrong);
    }
    const shown = await browser.post(action, { ...fields, address: '203.0.113' }, { site: 'same-origin' });
    assert.match(shown.body, /value="203\.0\.113"/);
  });

  it('leads back only to this instance, whatever the form says', async () => {
    await start(ON);
    const asked = await browser.get('/demo/start', { followRedirects: true });
    const { action, fields } = formOf(asked, '/address');
    for (const to of ['//evil.example', 'https://evil.example/', '../../evil']) {
      const answer = await browser.post(action, { ...fields, signIn: to }, { site: 'same-origin' });
      assert.equal(answer.status, 400, to);
    }
    const { signIn: _, ...rest } = fields;
    const answer = await browser.post(action, { ...rest, address: '203.0.113.7' }, { site: 'same-origin' });
    assert.deepEqual([answer.status, answer.location], [303, '/demo/start']);
  });

  it('doesn’t help to guess passwords: failed attempts count against the real address', async () => {
    await start(ON);
    let page = await browser.get('/demo/start', { followRedirects: true });
    page = await browser.submit(page, { username: 'ana@example.com' }, { followRedirects: true });
    const statuses: number[] = [];
    for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
      page = await choose(page, address);
      statuses.push((await browser.submit(page, { password: 'wrong-Horse-1' })).status);
    }
    assert.deepEqual(statuses, [401, 401, 429]);
  });

  it('doesn’t inherit trust from the real address: the second factor is asked for there', async () => {
    await start(ON.replace('displayName: Ana Souza', `displayName: Ana Souza, totp: ${SECRET}`));
    const atPassword = async (address: string) => {
      let page = await browser.get('/demo/start', { followRedirects: true });
      page = await choose(page, address);
      page = await browser.submit(page, { username: 'ana@example.com' }, { followRedirects: true });
      return browser.submit(page, { password: 'correct-Horse-7' }, { followRedirects: true });
    };
    const signOut = async () => {
      const { action, fields } = formOf(await browser.get('/demo/start'), '/signout');
      await browser.post(action, fields, { site: 'same-origin' });
    };
    const isAsked = ({ body }: Answer) => /name="code"/.test(body);
    const asked = await atPassword('203.0.113.7');
    assert.ok(isAsked(asked));
    const code = await totpCode(SECRET, server.clock.now());
    const portal = await browser.submit(asked, { code, trustDevice: 'on' }, { followRedirects: true });
    assert.match(portal.body, /signout/);
    await signOut();
    assert.ok(!isAsked(await atPassword('203.0.113.7')));
    await signOut();
    assert.ok(isAsked(await atPassword('203.0.113.8')));
  });

  it('is off by default: no control is shown, a cookie has no effect, and no address can be chosen', async () => {
    await start(EXAMPLE);
    browser.cookies.set(cookie(), '203.0.113.7');
    const portal = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    assert.doesNotMatch(portal.body, /Your IP address:/);
    for (const { sourceIPAddress } of await server.events()) assert.notEqual(sourceIPAddress, '203.0.113.7');
    const { csrf = '' } = formOf(portal, '/signout').fields;
    const answer = await browser.post(
      '/demo/address',
      { csrf, address: '203.0.113.7' },
      { site: 'same-origin' },
    );
    assert.equal(answer.status, 409);
    assert.deepEqual(
      answer.setCookies.filter((each) => each.includes('-address=')),
      [],
    );
  });

  it('isn’t part of pages that are rendered in advance for all users', async () => {
    await start(ON);
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const page = await browser.get('/demo/start');
    const [, href = ''] = /href="(\/d-[^"]*\/saml\/assertion\/[^"]*)"/.exec(page.body) ?? [];
    const delivery = await browser.get(href, { followRedirects: true });
    assert.equal(delivery.status, 200);
    assert.match(delivery.body, /SAMLResponse/);
    assert.doesNotMatch(delivery.body, /name="address"/);
  });
});

import assert from 'node:assert/strict';
import { findInstance } from '../../../../src/domain/organizations/instance-store.ts';
import { openCaptcha } from '../../../../src/flows/signin/password/captcha.ts';
import { browserCookie, browserOf } from '../../../../src/flows/visit/visit.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { createGuard } from '../../../../src/interfaces/library/guard.ts';
import { createOrganizations } from '../../../../src/interfaces/library/handles/organizations.ts';
import { linkTo } from '../../../support/mail/mailbox.ts';
import {
  addApp,
  addKey,
  ANA,
  codeNow,
  optionsOf,
  organizationWith,
  sendAssertion,
} from '../../../support/mfa/mfa.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { targetOf } from '../../../support/saml/single-sign-on.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { API_TOKEN, startServer, type TestServer } from '../../../support/servers/server.ts';

/*
 * Two organizations of one server, with the same users, applications and samples. The browser is the attacker's
 * own or one into which the attacker has planted cookies: it presents what it has of one organization to the other.
 */
describe('two organizations of one server', () => {
  let one: TestServer;
  let other: TestServer;
  let browser: Browserless;

  before(async function () {
    this.timeout(30_000); // the first run generates keys
    const yaml = organizationWith({ mode: 'context-aware', withoutDevice: 'allow' }, 100_000);
    one = await startServer({ organization: yaml });
    const { app, publicUrl } = one;
    const { create } = createOrganizations({
      ...{ needs: app.operationNeeds, apply: app.applyOrganizationFile, publicUrl },
      port: Number(publicUrl.port),
      inMemory: true,
      guard: createGuard(() => false),
      log: await createLogger({ level: 'silent', pretty: false }),
    });
    const second = yaml
      .replace('Example Corp', 'Sample Ltd')
      .replace('111122223333', '444455556666')
      .replace('alias: demo', 'alias: ltd');
    const organization = await create({ yaml: second });
    const instance = await findInstance(one.db.read, 'ltd');
    assert.ok(instance);
    other = { ...one, organization, instance };
    for (const server of [one, other]) await addApp(server);
  });
  beforeEach(() => (browser = one.browser()));
  after(() => one.stop());

  const cookieOf = (name: string, { instance } = one) => `vestibule-${instance.directoryId}-${name}`;
  /** Presents a cookie of the first organization under the name that it has in the other one. */
  const present = (name: string, from = browser, to = browser) => {
    const value = from.cookies.get(cookieOf(name));
    assert.ok(value !== undefined, `no cookie ${name}`);
    to.cookies.set(cookieOf(name, other), value);
  };
  const identifyPage = (alias: string, of = browser) => of.get(`/${alias}/start`, { followRedirects: true });
  const signInAt = async (alias: string, of = browser, trustDevice = false): Promise<Answer> => {
    const asked = await of.submit(
      await identifyPage(alias, of),
      { username: ANA.userName },
      { followRedirects: true },
    );
    const page = await of.submit(asked, { password: ANA.password }, { followRedirects: true });
    if (!page.body.includes('name="code"')) return page;
    one.clock.advance(30_000); // a code works once
    const answer = { code: codeNow(one), ...(trustDevice && { trustDevice: 'on' }) };
    return of.submit(page, answer, { followRedirects: true });
  };
  const isSignedInAt = async (alias: string, of = browser) =>
    (await of.get(`/${alias}/start`)).status === 200;

  it('a session of one opens nothing at the other, under its name or beside its own', async () => {
    await signInAt('demo');
    present('session');
    present('browser');
    assert.ok(await isSignedInAt('demo'));
    assert.ok(!(await isSignedInAt('ltd')));
    const foreign = browser.cookies.get(cookieOf('session')) ?? '';
    browser.cookies.delete(cookieOf('session', other));
    await signInAt('ltd');
    assert.ok(await isSignedInAt('ltd'));
    assert.notEqual(browser.cookies.get(cookieOf('session', other)), foreign);
    const doubled = [...browser.cookies].map(([name, value]) => `${name}=${value}`);
    const planted = `${cookieOf('session', other)}=${foreign}`;
    for (const cookie of [
      [planted, ...doubled],
      [...doubled, planted],
    ].map((all) => all.join('; '))) {
      const { status, body } = await browser.get('/ltd/start', { headers: { cookie } });
      assert.ok(status === 302 || body.includes('Ana Souza'), 'signed in at most as before');
    }
  });

  it('a sign-in of one can’t be continued at the other, even by the same browser', async () => {
    const page = await identifyPage('demo');
    present('browser');
    const { action, fields } = formOf(page, '/identify');
    const moved = action.replace('/demo/', '/ltd/');
    const answers = [
      await browser.get(moved.replace('/identify', '')),
      await browser.post(moved, { ...fields, username: ANA.userName }, { site: 'same-origin' }),
    ];
    for (const { status, location } of answers) {
      assert.ok(status >= 400 && status < 500, String(status));
      assert.equal(location, undefined);
    }
  });

  it('a token against forged forms is one browser’s, and each organization gives a browser its own', async () => {
    const mine = formOf(await identifyPage('demo'), '/identify');
    const theirs = formOf(await identifyPage('ltd'), '/identify');
    assert.notEqual(mine.fields['csrf'], theirs.fields['csrf']);
    const form = { ...theirs.fields, csrf: mine.fields['csrf'] ?? '', username: ANA.userName };
    assert.equal((await browser.post(theirs.action, form, { site: 'same-origin' })).status, 403);
  });

  it('a trusted browser of one is asked for a code at the other', async () => {
    await signInAt('demo', browser, true);
    browser.cookies.delete(cookieOf('session'));
    const again = await signInAt('demo');
    assert.doesNotMatch(again.body, /name="code"/, 'it is trusted where it was');
    present('browser');
    const asked = await browser.submit(
      await identifyPage('ltd'),
      { username: ANA.userName },
      { followRedirects: true },
    );
    const page = await browser.submit(asked, { password: ANA.password }, { followRedirects: true });
    assert.match(page.body, /name="code"/);
  });

  it('a captcha that was solved at one isn’t solved at the other, for a browser with the same cookie', async () => {
    const page = await browser.get('/demo/forgot-password');
    present('browser');
    const there = formOf(await browser.get('/ltd/forgot-password'), 'forgot-password');
    const { challenge = '' } = formOf(page, 'forgot-password').fields;
    const { id } = browserOf(browser.cookies.get(browserCookie(one.instance)) ?? '');
    const place = { instanceId: one.instance.id, browserId: id };
    const captcha = openCaptcha(one.sealer, place, challenge, one.clock.now())?.answers[0] ?? '';
    const form = { ...there.fields, challenge, username: ANA.userName, captcha };
    const answer = await browser.post(there.action, form, { site: 'same-origin' });
    assert.equal(answer.status, 400, textOf(answer));
  });

  it('a mailed link of one is unknown at the other', async () => {
    await one.organization.users.resetPassword(ANA.userName, { sendLink: true });
    const link = await linkTo(one, ANA.userName);
    const page = await browser.get(link);
    assert.equal(page.status, 200);
    const moved = link.replace('/demo/', '/ltd/');
    assert.notEqual(moved, link);
    assert.equal((await browser.get(moved)).status, 410);
    const { action, fields } = formOf(page);
    present('browser');
    const password = { newPassword: 'brand-New-Horse-1', confirmPassword: 'brand-New-Horse-1' };
    const form = { ...fields, ...password };
    const answer = await browser.post(action.replace('/demo/', '/ltd/'), form, { site: 'same-origin' });
    assert.equal(answer.status, 410);
  });

  it('a request that waits at one can’t be answered at the other', async () => {
    const wiki = await targetOf(one, 'wiki');
    await signInAt('ltd');
    const { location = '' } = await browser.get(wiki.redirect(wiki.request()));
    assert.match(location, /\/saml\/continue\//);
    for (const directory of ['ltd', other.instance.directoryId]) {
      const moved = location.replace(/^\/[^/]+/, `/${directory}`);
      assert.equal((await browser.get(moved)).status, 410);
    }
  });

  it('a security key of one, or its answer, is refused at the other', async () => {
    const key = softwareKey();
    await addKey(one, key);
    await addKey(other, softwareKey());
    const at = async (alias: string, of: Browserless) => {
      const asked = await of.submit(
        await identifyPage(alias, of),
        { username: ANA.userName },
        { followRedirects: true },
      );
      const page = await of.submit(asked, { password: ANA.password }, { followRedirects: true });
      const { action, fields } = formOf(page, '/choose');
      const chosen = { ...fields, type: 'WEBAUTHN' };
      return of.post(action, chosen, { site: 'same-origin', followRedirects: true });
    };
    const here = await at('demo', browser);
    const there = await at('ltd', browser);
    for (const options of [optionsOf(here), optionsOf(there)]) {
      const answer = key.get(options, one.publicUrl.origin);
      assert.equal((await sendAssertion(browser, there, answer)).status, 401);
    }
  });

  it('a response of one is refused by the other’s sample, and so is the sample’s session', async () => {
    await signInAt('demo');
    const home = (server: TestServer) => `/samples/notes/${server.instance.directoryId}`;
    const notes = await targetOf(one, 'notes');
    const sent = formOf(await browser.get(notes.path));
    const acs = new URL(sent.action).pathname;
    const moved = acs.replace(one.instance.directoryId, other.instance.directoryId);
    assert.notEqual(moved, acs);
    assert.equal((await browser.post(moved, sent.fields, { site: 'same-origin' })).status, 400);
    assert.equal((await browser.post(acs, sent.fields, { site: 'same-origin' })).status, 303);
    assert.match(textOf(await browser.get(home(one))), /Hello, /);
    const handle = browser.cookies.get(`vestibule-sample-notes-${one.instance.directoryId}`) ?? assert.fail();
    browser.cookies.set(`vestibule-sample-notes-${other.instance.directoryId}`, handle);
    assert.doesNotMatch(textOf(await browser.get(home(other))), /Hello, /);
    browser.cookies.set(`vestibule-sample-expenses-${one.instance.directoryId}`, handle);
    const expenses = home(one).replace('notes', 'expenses');
    assert.doesNotMatch(textOf(await browser.get(expenses)), /Hello, /);
    for (const elsewhere of [home(other), expenses])
      for (const page of ['received', 'pages/today', 'pages/overview']) {
        assert.equal((await browser.get(`${elsewhere}/${page}`)).location, elsewhere);
      }
  });

  it('an address names one organization only, in one way of writing', async () => {
    for (const path of [
      '/LTD/start',
      '/Ltd/start',
      '/lt%64/start',
      '/ltd%00/start',
      '/ltd%20/start',
      '/%6ctd./start',
    ]) {
      const { status } = await browser.get(path);
      assert.ok(
        status === 404 || status === 400 || (path.includes('%64') && status === 302),
        `${path}: ${status}`,
      );
    }
    assert.equal((await browser.get(`/${other.instance.directoryId.toUpperCase()}/start`)).status, 404);
    const create = (alias: string) =>
      browser.send('POST', '/api/v1/organizations', {
        json: { name: 'Third', managementAccountId: '777788889999', alias },
        headers: { authorization: `Bearer ${API_TOKEN}` },
      });
    for (const alias of [
      'ltd',
      'LTD',
      ' ltd',
      'ltd\u0000',
      one.instance.directoryId,
      'api',
      'samples',
      'organizations',
    ]) {
      const { status } = await create(alias);
      assert.ok(status === 400 || status === 409, `${alias}: ${status}`);
    }
  });

  it('cookies of strangers hide none of ours, and too many of them are refused', async () => {
    await signInAt('demo');
    for (let number = 0; number < 50; number += 1) browser.cookies.set(`stranger-${number}`, 'x'.repeat(100));
    assert.ok(await isSignedInAt('demo'));
    browser.cookies.set('stranger', 'x'.repeat(32 * 1024));
    assert.equal((await browser.get('/demo/start')).status, 431);
  });
});

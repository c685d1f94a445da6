import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import {
  base64Of,
  carriedIn,
  certificatesOf,
  type ShownCertificate,
} from '../../../support/applications/certificates.ts';
import { responseOf } from '../../../support/saml/delivery.ts';
import { sqlDuring } from '../../../support/databases/queries.ts';
import { ANA, BO, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import { API_TOKEN, type TestServer } from '../../../support/servers/server.ts';
import { api, redirectRequest, targetOf, type Target } from '../../../support/saml/single-sign-on.ts';

describe('rehearsing a certificate in one browser', () => {
  let server: TestServer;
  let wiki: Target;
  let certificates: ReturnType<typeof certificatesOf>;
  let active: ShownCertificate;
  let inactive: ShownCertificate;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
    certificates = certificatesOf(server, 'wiki');
    inactive = await certificates.add();
    [active = inactive] = await certificates.list();
  });
  afterEach(() => api(server, 'DELETE', `${certificates.base}/rehearsal`));
  after(() => server.stop());

  const pathOf = (url: string) => new URL(url).pathname;
  const link = async () => pathOf((await certificates.rehearse()).url);
  const take = async (browser: Browserless, path: string) =>
    browser.submit(await browser.get(path), { rehearse: 'yes' }, { followRedirects: true });
  /** Which of the two certificates signs for this browser, begun in the portal and asked for by the service provider. */
  const signedWith = async (browser: Browserless, target = wiki) => {
    const { xml } = await responseOf(await browser.get(target.path));
    const asked = await responseOf(await redirectRequest(browser, target, target.request()));
    assert.equal(carriedIn(asked.xml), carriedIn(xml));
    return nameOf(xml);
  };
  const nameOf = (xml: string) => {
    const found = [active, inactive].find(
      ({ certificatePem }) => base64Of(certificatePem) === carriedIn(xml),
    );
    return found && (found.id === active.id ? 'active' : 'inactive');
  };
  const rehearsalCookie = () => `vestibule-${server.instance.directoryId}-rehearsal`;

  it('begins with a link and a button, and then only this browser is answered with the inactive certificate', async () => {
    const [browser, other] = [await signedIn(server), await signedIn(server)];
    const { url, certificateId, expiresAt } = await certificates.rehearse();
    assert.equal(certificateId, inactive.id);
    assert.equal(Date.parse(expiresAt), server.clock.now() + 60 * 60 * 1000);
    assert.ok(url.startsWith(`${server.publicUrl.origin}/${server.instance.directoryId}/saml/rehearsal/`));
    const page = await browser.get(pathOf(url));
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.match(textOf(page), /This signs responses to Wiki with a certificate that isn’t active yet/);
    assert.equal(await signedWith(browser), 'active', 'opening the link changes nothing');
    const running = await browser.submit(page, { rehearse: 'yes' }, { followRedirects: true });
    assert.match(textOf(running), /Certificate rehearsal .* Sign in to Wiki/);
    assert.equal(await signedWith(browser), 'inactive');
    assert.equal(await signedWith(other), 'active');
    const { items } = (await api(server, 'GET', `${certificates.base}/rehearsal`)) as { items: object[] };
    assert.deepEqual(items, [
      {
        ...{ certificateId: inactive.id, status: 'running', expiresAt },
        createdAt: new Date(server.clock.now()).toISOString(),
      },
    ]);
    const events = (await server.events()).filter(({ eventName }) => eventName === 'Federate');
    assert.equal(events.filter(({ serviceEventDetails: its }) => its?.['rehearsal'] === 'true').length, 2);
    // The certificate that we publish stays the same.
    assert.equal((await browser.get(wiki.certificatePath)).body, active.certificatePem);
    assert.ok(!(await browser.get(wiki.metadataPath)).body.includes(base64Of(inactive.certificatePem)));
    // The rehearsal is for this application only.
    const mapped = await targetOf(server, 'mapped');
    assert.equal(await signedWith(browser, mapped), undefined);
    assert.equal((await certificatesOf(server, 'mapped').list()).length, 1);
  });

  it('sets a session cookie that scripts can’t read, and stores its secret nowhere', async () => {
    const browser = server.browser();
    const page = await browser.get(await link());
    const sent = await browser.submit(page, { rehearse: 'yes' });
    const cookie = sent.setCookies.find((each) => each.startsWith(rehearsalCookie())) ?? '';
    assert.match(cookie, /; httponly/i);
    assert.match(cookie, /; samesite=lax/i);
    assert.doesNotMatch(cookie, /max-age|expires/i);
    const secret = browser.cookies.get(rehearsalCookie()) ?? '';
    const rows = JSON.stringify(
      await server.db.read.selectFrom('certificate_rehearsals').selectAll().execute(),
    );
    assert.ok(secret.length === 43 && !rows.includes(secret));
  });

  it('is shown in the portal, which can end it', async () => {
    const browser = await signedIn(server);
    assert.doesNotMatch(textOf(await browser.get('/demo/start')), /rehearsal/);
    await take(browser, await link());
    const portal = await browser.get('/demo/start');
    assert.match(
      textOf(portal),
      /certificate rehearsal is active in this browser In this browser, responses to Wiki/,
    );
    const ended = await browser.submit(portal, { end: 'yes' }, { followRedirects: true });
    assert.match(textOf(ended), /No rehearsal in this browser/);
    assert.equal(browser.cookies.get(rehearsalCookie()), undefined);
    assert.equal(await signedWith(browser), 'active');
    assert.doesNotMatch(textOf(await browser.get('/demo/start')), /rehearsal/);
  });

  it('is possible for several applications in one browser, which end together', async () => {
    const browser = await signedIn(server);
    await certificatesOf(server, 'mapped').add();
    await take(browser, await link());
    const secret = browser.cookies.get(rehearsalCookie());
    const page = await take(browser, pathOf((await certificatesOf(server, 'mapped').rehearse()).url));
    assert.equal(browser.cookies.get(rehearsalCookie()), secret);
    assert.match(textOf(page), /Sign in to Mapped.*Sign in to Wiki/);
    await browser.submit(page, { end: 'yes' });
    assert.equal(await signedWith(browser), 'active');
  });

  it('ends after an hour of the organization’s clock', async () => {
    const browser = await signedIn(server);
    const path = await link();
    await take(browser, path);
    const unused = await link();
    server.clock.advance(60 * 60 * 1000 - 1);
    assert.equal(await signedWith(browser), 'inactive');
    server.clock.advance(1);
    assert.equal(await signedWith(browser), 'active');
    for (const each of [path, unused]) assert.equal((await browser.get(each)).status, 410);
    const { csrf = '' } = formOf(await browser.get('/demo/start'), '/signout').fields;
    assert.equal((await browser.post(unused, { csrf }, { site: 'same-origin' })).status, 410);
  });

  it('makes no query to the database without a rehearsal’s cookie', async () => {
    const browser = await signedIn(server);
    await browser.get(wiki.path);
    const plain = await sqlDuring(server.db, () => browser.get(wiki.path));
    assert.ok(!plain.some((sql) => sql.includes('certificate_rehearsals')), plain.join('\n'));
    await take(browser, await link());
    const rehearsing = await sqlDuring(server.db, () => browser.get(wiki.path));
    assert.equal(rehearsing.filter((sql) => sql.includes('certificate_rehearsals')).length, 1);
  });

  it('attack: a used link is worthless in a second browser', async () => {
    const [browser, thief] = [await signedIn(server), await signedIn(server, BO)];
    const path = await link();
    const opened = await thief.get(path);
    await take(browser, path);
    const late = await thief.submit(opened, { rehearse: 'yes' });
    assert.equal(late.status, 410);
    assert.match(textOf(late), /has ended or is in use/);
    assert.equal((await thief.get(path)).status, 410);
    assert.equal(thief.cookies.get(rehearsalCookie()), undefined);
    const again = await browser.get(path);
    assert.equal(again.status, 410);
    assert.match(textOf(again), /Show the rehearsals in this browser/);
  });

  it('attack: tokens can’t be guessed, and work only in their own organization', async () => {
    const browser = await signedIn(server);
    const path = await link();
    const { csrf = '' } = formOf(await browser.get('/demo/start'), '/signout').fields;
    const other = await anotherOrganization(server);
    const token = path.split('/').at(-1) ?? '';
    for (const guess of [
      `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`,
      path.toUpperCase(),
      `${path}%00`,
      path.replace(token, '%25'),
      `/${other}/saml/rehearsal/${token}`,
    ]) {
      for (const answer of [
        await browser.get(guess),
        await browser.post(guess, { csrf }, { site: 'same-origin' }),
      ])
        assert.ok([400, 403, 404, 410].includes(answer.status), `${guess}: ${answer.status}`);
    }
    assert.equal((await browser.get(path)).status, 200, 'it is still there for who has it');
  });

  it('attack: another directory’s cookie, a planted one, and a hash in place of a secret have no effect', async () => {
    const [browser, other] = [await signedIn(server), await signedIn(server)];
    await take(browser, await link());
    const secret = browser.cookies.get(rehearsalCookie()) ?? '';
    other.cookies.set('vestibule-d-0000000000-rehearsal', secret);
    assert.equal(await signedWith(other), 'active');
    const row = await server.db.read
      .selectFrom('certificate_rehearsals')
      .select('secret_hash')
      .executeTakeFirstOrThrow();
    for (const planted of [row.secret_hash ?? '', 'x'.repeat(43), '', `${secret}A`, "' or 1=1 --"]) {
      other.cookies.set(rehearsalCookie(), planted);
      assert.equal(await signedWith(other), 'active', planted);
    }
    // The rehearsal replaces a secret that an attacker planted before.
    other.cookies.set(rehearsalCookie(), 'x'.repeat(43));
    await take(other, await link());
    assert.notEqual(other.cookies.get(rehearsalCookie()), 'x'.repeat(43));
    assert.equal(await signedWith(other), 'inactive');
  });

  it('attack: a page or link of another site can’t begin or end a rehearsal (CSRF)', async () => {
    const browser = await signedIn(server);
    const path = await link();
    const stranger = server.browser();
    const { csrf = '' } = formOf(await stranger.get(path)).fields;
    const own = formOf(await browser.get(path)).fields['csrf'] ?? '';
    for (const [token, site] of [
      [csrf, 'same-origin'],
      [own, 'cross-site'],
      ['forged', 'same-origin'],
    ] as const)
      assert.equal((await browser.post(path, { csrf: token }, { site })).status, 403);
    assert.equal(await signedWith(browser), 'active');
    await take(browser, path);
    const end = `/${server.instance.directoryId}/saml/rehearsals/end`;
    assert.equal((await browser.post(end, { csrf: own }, { site: 'cross-site' })).status, 403);
    assert.equal((await browser.post(end, { csrf }, { site: 'same-origin' })).status, 403);
    assert.equal(await signedWith(browser), 'inactive');
  });

  it('works in the library’s browser', async () => {
    const application = await server.organization.applications.get('wiki');
    assert.ok(application);
    const browser = await server.organization.signIn(ANA[0]);
    const { url, certificateId } = await application.certificates.rehearse();
    assert.equal(certificateId, inactive.id);
    await browser.submit(await browser.visit(url), { rehearse: 'yes' });
    const xml = async () => (await browser.visit(wiki.path)).response?.xml ?? '';
    assert.equal(nameOf(await xml()), 'inactive');
    await application.certificates.endRehearsals();
    assert.equal(nameOf(await xml()), 'active');
    await assert.rejects(
      application.certificates.rehearse(active),
      /all responses are signed with it already/,
    );
  });

  it('ends, with its links, when everybody gets the certificate', async () => {
    const browser = await signedIn(server);
    await take(browser, await link());
    const unused = await link();
    await certificates.activate(inactive.id);
    assert.equal((await browser.get(unused)).status, 410);
    assert.match(textOf(await browser.get('/demo/saml/rehearsals')), /No rehearsal/);
    assert.equal(await signedWith(browser), 'inactive', 'which is everybody’s now');
    await take(browser, await link());
    assert.equal(await signedWith(browser), 'active', 'the one before, in a rehearsal of going back');
    await certificates.delete(active.id);
    assert.equal(await signedWith(browser), 'inactive');
  });
});

/** Another organization's directory id. */
async function anotherOrganization(server: TestServer): Promise<string> {
  const answer = await server.browser().send('POST', '/api/v1/organizations', {
    json: { name: 'Sample Ltd', managementAccountId: '444455556666' },
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  assert.equal(answer.status, 201, answer.body);
  return /d-[0-9a-f]{10}/.exec(answer.body)?.[0] ?? assert.fail(answer.body);
}

import assert from 'node:assert/strict';
import { png } from '../../../support/pages/pictures.ts';
import { createOrganizations } from '../../../../src/interfaces/library/handles/organizations.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { createGuard } from '../../../../src/interfaces/library/guard.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { EXAMPLE, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const NAME = '<b>"Acme" & Söhne</b>';
const ESCAPED = '&lt;b>&quot;Acme&quot; &amp; Söhne&lt;/b>';
const LOGO = png(60, 20);

/** A page without what differs each time: nonces, ids, CSRF tokens, and addresses of sign-ins. */
const stable = ({ body }: Answer) =>
  body
    .replaceAll(/nonce="[^"]*"/g, '')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replaceAll(/name="csrf" value="[^"]*"/g, '');

describe('the branding of an organization', () => {
  let server: TestServer;
  let browser: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: EXAMPLE });
  });
  beforeEach(() => (browser = server.browser()));
  after(() => server.stop());

  const signInPage = () => browser.get('/demo/start', { followRedirects: true });
  const change = (branding: object) => server.organization.settings.update({ branding });
  const logoAddress = ({ body }: Answer) => /<img class="v-logo" src="([^"]+)"/.exec(body)?.[1] ?? '';

  it('shows name, logo and colour on sign-in pages, in the portal and in mail', async () => {
    const plain = await signInPage();
    await change({ name: NAME, colour: '#FFCC00' });
    await server.organization.logo.set(LOGO);
    const page = await signInPage();
    const style = /<style nonce="([^"]+)">(:root\{[^<]+\})<\/style>/.exec(page.body);
    assert.ok(style);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.ok(policy.includes(`style-src 'self' 'nonce-${style[1] ?? ''}'`), policy);
    assert.match(style[2] ?? '', /--v-accent:light-dark\(#[0-9a-f]{6},#ffcc00\)/);
    assert.ok(page.body.includes(`alt="${ESCAPED}"`) && textOf(page).includes(`to ${NAME}`));
    assert.ok(!page.body.includes('<b>'));

    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const portal = await browser.get('/demo/start', { followRedirects: true });
    assert.ok(portal.body.includes(`aria-label="${ESCAPED}, portal home"`));
    assert.equal(logoAddress(portal), logoAddress(page));

    await server.organization.users.create({
      ...{ userName: 'eve', email: 'eve@example.com', givenName: 'E', familyName: 'E', displayName: 'Eve' },
      invite: true,
    });
    const [mail] = await server.organization.mailbox.list({ to: 'eve@example.com' });
    assert.equal(mail?.subject, `Invitation to join ${NAME}`);
    assert.ok(!mail.html.includes('<b>'));

    await change({ name: null, colour: null });
    await server.organization.logo.remove();
    browser = server.browser();
    assert.equal(stable(await signInPage()), stable(plain));
  });

  it('has a picture that opens as a picture only, is kept for ever, and at its own address alone', async () => {
    await server.organization.logo.set(LOGO);
    const address = logoAddress(await signInPage());
    const answer = await browser.get(address);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.equal(answer.headers.get('content-length'), String(LOGO.length));
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
    assert.match(answer.headers.get('cache-control') ?? '', /public, max-age=31536000, immutable/);
    assert.deepEqual(answer.setCookies, []);
    const etag = answer.headers.get('etag') ?? '';
    const again = await browser.get(address, { headers: { 'if-none-match': etag } });
    assert.deepEqual([again.status, again.body], [304, '']);

    const { create } = createOrganizations({
      ...{ needs: server.app.operationNeeds, apply: server.app.applyOrganizationFile },
      ...{ publicUrl: server.publicUrl, port: server.port, inMemory: true, guard: createGuard(() => false) },
      log: await createLogger({ level: 'silent', pretty: false }),
    });
    const other = await create({ organization: { name: 'Other', managementAccountId: '444455556666' } });
    const elsewhere = address.replace('/demo/', `/${other.directoryId}/`);
    assert.equal((await browser.get(elsewhere)).status, 404);
    assert.equal((await browser.get(address.replace('.png', '.jpg'))).status, 404);
    assert.equal((await browser.get(address.replace(/\.png$/, '.html'))).status, 404);
    await server.organization.logo.set(png(20, 20));
    assert.equal((await browser.get(address)).status, 404);
    await server.organization.logo.remove();
    assert.equal((await browser.get(address)).status, 404);
  });

  it('lists users on the sign-in page only when it is told to, and then no disabled one', async () => {
    const plain = await signInPage();
    const url = formOf(plain, '/identify').action.replace(/\/identify$/, '');
    assert.equal(stable(await browser.get(`${url}?username=ana%40example.com`)), stable(plain));
    assert.ok(!plain.body.includes('ana@example.com'));

    await server.organization.settings.update({ signIn: { demoUsers: true } });
    const listed = await browser.get(url);
    assert.ok(listed.body.includes('Ana Souza') && listed.body.includes('Bo Berg'));
    assert.ok(!listed.body.includes('dora@example.com'));
    const [, href = ''] = /href="([^"]+\?username=ana%40example\.com)"/.exec(listed.body) ?? [];
    const filled = await browser.get(href);
    assert.match(filled.body, /value="ana@example\.com" autocomplete="username"/);
    for (const other of ['dora%40example.com', 'Call%200800', 'x'.repeat(2000)]) {
      const unfilled = await browser.get(`${url}?username=${other}`);
      assert.match(unfilled.body, / value autocomplete="username"/, other.slice(0, 20));
    }
    await server.organization.settings.update({ signIn: { demoUsers: false } });
    assert.equal(stable(await browser.get(url)), stable(plain));
  });
});

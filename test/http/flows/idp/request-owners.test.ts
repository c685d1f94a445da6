import assert from 'node:assert/strict';
import { readContent } from '../../../support/databases/schema.ts';
import { responseOf } from '../../../support/saml/delivery.ts';
import { ANA, BO, CODE, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import { authenticate, targetOf, type Target } from '../../../support/saml/single-sign-on.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import type { TestServer } from '../../../support/servers/server.ts';

describe('a waiting request', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  /** Takes a request to the server. Returns the address at which it waits. */
  const send = async (browser: Browserless, attributes = '') => {
    const { status, location } = await browser.get(wiki.redirect(wiki.request({ attributes })));
    assert.equal(status, 303);
    return location ?? assert.fail('the request doesn’t wait');
  };
  const open = (browser: Browserless, at: string) => browser.get(at, { followRedirects: true });
  const signOut = async (browser: Browserless) => {
    const { action, fields } = formOf(await browser.get('/demo/start'), '/signout');
    assert.equal((await browser.post(action, fields, { site: 'same-origin' })).status, 303);
  };
  const assertSignIn = (page: Awaited<ReturnType<typeof open>>) =>
    assert.match(formOf(page).action, /\/identify$/);
  const assertOfAnotherBrowser = async (browser: Browserless, at: string) => {
    const before = await readContent(server.db);
    const refused = await browser.get(at);
    assert.equal(refused.status, 403);
    assert.match(textOf(refused), /started in another browser.*Go back to the application/);
    assert.deepEqual(await readContent(server.db), before, 'nothing is written');
  };

  it('with ForceAuthn is answered only after its own sign-in, whatever a private window does', async () => {
    const ana = await signedIn(server);
    const at = await send(ana, 'ForceAuthn="true"');
    assertSignIn(await open(ana, at));
    await assertOfAnotherBrowser(server.browser(), at);
    const asked = await open(ana, at);
    assertSignIn(asked);
    const { status } = await responseOf(await authenticate(ana, asked, ...ANA));
    assert.deepEqual(status, [`${CODE}Success`]);
  });

  it('with ForceAuthn isn’t answered by a later sign-in to something else', async () => {
    const ana = await signedIn(server);
    const at = await send(ana, 'ForceAuthn="true"');
    assertSignIn(await open(ana, at));
    await signOut(ana);
    const portal = await authenticate(ana, await open(ana, '/demo/start'), ...ANA);
    assert.equal(portal.status, 200);
    assertSignIn(await open(ana, at));
  });

  it('is neither answered nor changed by another user in another browser', async () => {
    const [ana, bo] = [server.browser(), await signedIn(server, BO)];
    const at = await send(ana);
    const asked = await open(ana, at);
    await assertOfAnotherBrowser(bo, at);
    const { status } = await responseOf(await authenticate(ana, asked, ...ANA));
    assert.deepEqual(status, [`${CODE}Success`]);
  });

  it('stays its browser’s after a refused user, who may come back as somebody else', async () => {
    const [bo, ana] = [await signedIn(server, BO), await signedIn(server)];
    const at = await send(bo);
    const refused = await open(bo, at);
    assert.equal(refused.status, 403);
    await assertOfAnotherBrowser(ana, at);
    await signOut(bo);
    const { status } = await responseOf(await authenticate(bo, await open(bo, at), ...ANA));
    assert.deepEqual(status, [`${CODE}Success`]);
  });

  it('is answered once when two tabs of a browser sign in for it', async () => {
    const browser = server.browser();
    const at = await send(browser);
    const [first, second] = [await open(browser, at), await open(browser, at)];
    const { status } = await responseOf(await authenticate(browser, first, ...ANA));
    assert.deepEqual(status, [`${CODE}Success`]);
    assert.equal((await authenticate(browser, second, ...ANA)).status, 410);
  });

  it('is answered at once to a sufficient session, without being claimed', async () => {
    const ana = await signedIn(server);
    const at = await send(ana);
    const { status, xml } = await responseOf(await ana.get(at));
    assert.deepEqual(status, [`${CODE}Success`]);
    assert.equal((await responseOf(await ana.get(at))).xml, xml);
    assert.equal((await server.browser().get(at)).status, 410);
  });

  it('tells a browser that keeps no cookies why the sign-on ends', async () => {
    const at = await send(server.browser());
    assert.equal((await server.browser().get(at)).status, 302);
    const again = await server.browser().get(at);
    assert.equal(again.status, 403);
    assert.match(textOf(again), /this browser refuses cookies/);
  });
});

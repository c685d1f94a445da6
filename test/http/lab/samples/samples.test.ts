import assert from 'node:assert/strict';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

/** Sends the form of one of our pages whose action is an absolute URL. */
function send(browser: Browserless, page: Answer): Promise<Answer> {
  const { action, fields } = formOf(page);
  return browser.post(new URL(action, 'http://localhost').pathname, fields, { site: 'same-origin' });
}

describe('the sample service providers on the whole server', () => {
  let server: TestServer;
  let home: string;
  before(async () => {
    server = await startServer();
    home = `/samples/notes/${server.instance.directoryId}`;
  });
  after(() => server.stop());

  /** Goes from the page that asks for the user name to the one that delivers the response. */
  const signInThere = async (browser: Browserless, identify: Answer) => {
    const asked = await browser.submit(identify, { username: 'ana@example.com' }, { followRedirects: true });
    return browser.submit(asked, { password: 'correct-Horse-7' }, { followRedirects: true });
  };
  const signOutOfPortal = async (browser: Browserless) => {
    const { action, fields } = formOf(await browser.get('/demo/start'), '/signout');
    assert.equal((await browser.post(action, fields, { site: 'same-origin' })).status, 303);
  };
  const assertSignedIn = async (browser: Browserless, answer: Answer, how: RegExp) => {
    assert.deepEqual([answer.status, answer.location], [303, home], textOf(answer));
    assert.match(textOf(await browser.get(home)), /Hello, ana@example\.com/);
    const text = textOf(await browser.get(`${home}/received`));
    const { directoryId } = server.instance;
    for (const expected of [
      /NameID ana@example\.com/,
      new RegExp(`groups ${directoryId.slice(2)}-[0-9a-f-]{36} `),
      /What was verified Signature of the Response/,
      how,
    ]) {
      assert.ok(expected.test(text), `${expected.source} is not in: ${text.slice(0, 2000)}`);
    }
  };

  it('sign in a user who begins there by HTTP-Redirect', async () => {
    const browser = server.browser();
    const identify = await browser.get(`${home}/signin?binding=redirect`, { followRedirects: true });
    const delivery = await signInThere(browser, identify);
    await assertSignedIn(
      browser,
      await send(browser, delivery),
      /Initiated by This service provider Binding HTTP-Redirect .* RelayState \/notebooks\/today/,
    );
    const happened = textOf(await browser.get(`${home}/what-happened`));
    assert.match(
      happened,
      /Asks you to sign in User name, password .* User name ana@example\.com Password Correct at/,
    );
  });

  it('sign in a user who begins there by HTTP-POST', async () => {
    const browser = server.browser();
    const continuing = await send(browser, await browser.get(`${home}/signin?binding=post`));
    const identify = await browser.get(continuing.location ?? '', { followRedirects: true });
    const delivery = await signInThere(browser, identify);
    await assertSignedIn(
      browser,
      await send(browser, delivery),
      /Initiated by This service provider Binding HTTP-POST/,
    );
  });

  it('sign in a user who chooses the tile in the portal, and keep the session when the portal’s session ends', async () => {
    const browser = server.browser();
    const portal = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const tile = /href="([^"]*\/saml\/assertion\/[^"]*)"(?:(?!<\/a>).)*>Notes</s.exec(portal.body)?.[1] ?? '';
    const delivery = await browser.get(tile, { followRedirects: true });
    const answer = await send(browser, delivery);
    await assertSignedIn(browser, answer, /Initiated by The portal \(identity provider\)/);
    const happened = textOf(await browser.get(`${home}/what-happened`));
    assert.match(
      happened,
      /Opens Orchard Notes .* Knows you already .* ana@example\.com Password Correct at/,
    );
    await signOutOfPortal(browser);
    assert.match(textOf(await browser.get(home)), /Hello, /, 'a session of its own');
    assert.match(textOf(await browser.get(`${home}/what-happened`)), /States that you signed in/);
  });

  it('attack: show nothing of another user who signs in to the portal afterwards', async () => {
    const browser = server.browser();
    const identify = await browser.get(`${home}/signin`, { followRedirects: true });
    await send(browser, await signInThere(browser, identify));
    await signOutOfPortal(browser);
    await signIn(browser, 'bo@example.com', 'correct-Horse-8');
    assert.match(textOf(await browser.get('/demo/start')), /Bo /, 'Bo is signed in');
    const happened = textOf(await browser.get(`${home}/what-happened`));
    assert.match(happened, /States that you signed in/);
    assert.doesNotMatch(happened, /bo@example\.com/);
  });

  it('sign out a user, and leave the portal’s session alone', async () => {
    const browser = server.browser();
    const identify = await browser.get(`${home}/signin`, { followRedirects: true });
    await send(browser, await signInThere(browser, identify));
    await send(browser, await browser.get(home));
    assert.match(textOf(await browser.get(home)), /Three ways in/);
    assert.match(textOf(await browser.get('/demo/start')), /Ana Souza/);
  });

  it('refuse a response that was used before, with the reason', async () => {
    const browser = server.browser();
    const identify = await browser.get(`${home}/signin`, { followRedirects: true });
    const delivery = await signInThere(browser, identify);
    await send(browser, delivery);
    const again = await send(browser, delivery);
    assert.equal(again.status, 400);
    assert.match(textOf(again), /InResponseTo is not valid/);
  });

  it('say how to add an application when none names them', async () => {
    const page = await server.browser().get(`/samples/expenses/${server.instance.directoryId}`);
    assert.match(textOf(page), /serviceProvider: \{sample: expenses\}/);
  });
});

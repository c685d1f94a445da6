import assert from 'node:assert/strict';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { deliveryOf, responseOf } from '../../../support/saml/delivery.ts';
import { ANA, BO, CODE, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  api,
  authenticate,
  countRows,
  grown,
  postRequest,
  redirectRequest,
  targetOf,
  userIdOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

describe('access by single sign-on', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  it('is denied without an assignment: 403 “No access” and an event, but no exchange, requested or begun here', async () => {
    const browser = await signedIn(server, BO);
    for (const ask of [() => browser.get(wiki.path), () => redirectRequest(browser, wiki, wiki.request())]) {
      const before = await countRows(server);
      const page = await ask();
      assert.equal(page.status, 403);
      assert.match(textOf(page), /No access/);
      assert.match(textOf(page), /Wiki/);
      assert.doesNotMatch(page.body, /SAMLResponse/);
      const { exchanges, events } = grown(before, await countRows(server));
      assert.deepEqual({ exchanges, events }, { exchanges: undefined, events: 1 });
      const event = (await server.events()).at(-1);
      assert.ok(event);
      assert.equal(event.eventName, 'Federate');
      assert.equal(event.errorCode, 'AccessDenied');
      assert.equal(event.userIdentity['userName'], 'bo@example.com');
    }
  });

  it('is denied to a passive request by RequestDenied instead of the page, which it forbids', async () => {
    const xml = wiki.request({ attributes: 'IsPassive="true"' });
    const page = await redirectRequest(await signedIn(server, BO), wiki, xml);
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Responder`, `${CODE}RequestDenied`]);
  });

  it('is given to a member of an assigned group until the membership ends', async () => {
    const { items } = (await api(server, 'GET', 'groups?displayName=Engineering')) as {
      items: { id: string }[];
    };
    const member = `groups/${items[0]?.id ?? ''}/members/${await userIdOf(server, 'bo@example.com')}`;
    const browser = await signedIn(server, BO);
    await api(server, 'PUT', member);
    assert.equal((await browser.get(wiki.path)).status, 200);
    await api(server, 'DELETE', member);
    assert.equal((await browser.get(wiki.path)).status, 403);
  });

  it('is denied at a disabled application: by both bindings, begun here, or already waiting', async () => {
    const browser = await signedIn(server);
    const waiting = await browser.get(wiki.redirect(wiki.request()));
    await api(server, 'PATCH', 'applications/wiki', { enabled: false });
    try {
      for (const page of [
        await browser.get(wiki.path),
        await redirectRequest(browser, wiki, wiki.request()),
        await postRequest(server, browser, wiki, wiki.request()),
        await browser.get(waiting.location ?? ''),
      ]) {
        assert.equal(page.status, 403);
        assert.match(textOf(page), /Wiki is disabled/);
      }
      assert.doesNotMatch(textOf(await browser.get('/demo/start')), /Wiki/);
    } finally {
      await api(server, 'PATCH', 'applications/wiki', { enabled: true });
    }
    assert.equal((await browser.get(waiting.location ?? '')).status, 200);
  });
});

describe('single sign-on of a user who is disabled', () => {
  const disabledMeanwhile = async (server: TestServer): Promise<{ browser: Browserless; wiki: Target }> => {
    const wiki = await targetOf(server, 'wiki');
    const browser = await signedIn(server);
    await api(server, 'PATCH', `users/${await userIdOf(server, 'ana@example.com')}`, { enabled: false });
    return { browser, wiki };
  };
  const asksWho = (page: Answer) => formOf(page).action.endsWith('/identify');

  it('works as in AWS until an hour after the sign-in, then asks for a sign-in, which fails', async () => {
    const server = await startSamlServer();
    try {
      const { browser, wiki } = await disabledMeanwhile(server);
      server.clock.advance(HOUR_MS - 1);
      assert.equal(deliveryOf(await browser.get(wiki.path)).action, wiki.acsUrl);
      server.clock.advance(1);
      const identify = await browser.get(wiki.path, { followRedirects: true });
      assert.ok(asksWho(identify));
      assert.equal((await authenticate(browser, identify, ...ANA)).status, 401);
    } finally {
      await server.stop();
    }
  });

  it('asks for a sign-in at once with revocation immediate, and answers a passive request with NoPassive', async () => {
    const server = await startSamlServer('session: {revocation: immediate}');
    try {
      const { browser, wiki } = await disabledMeanwhile(server);
      assert.ok(asksWho(await browser.get(wiki.path, { followRedirects: true })));
      const passive = await redirectRequest(browser, wiki, wiki.request({ attributes: 'IsPassive="true"' }));
      assert.deepEqual((await responseOf(passive)).status, [`${CODE}Responder`, `${CODE}NoPassive`]);
    } finally {
      await server.stop();
    }
  });
});

describe('single sign-on with denial: status', () => {
  let server: TestServer;
  before(async () => (server = await startSamlServer('denial: status')));
  after(() => server.stop());

  it('tells the service provider that there is no assignment when it sent a request', async () => {
    const wiki = await targetOf(server, 'wiki');
    const browser = await signedIn(server, BO);
    const page = await redirectRequest(browser, wiki, wiki.request(), { relayState: '/r' });
    assert.equal(deliveryOf(page).relayState, '/r');
    const { status, assertion } = await responseOf(page);
    assert.deepEqual(status, [`${CODE}Responder`, `${CODE}RequestDenied`]);
    assert.equal(assertion, undefined);
    assert.equal((await browser.get(wiki.path)).status, 403, 'the person, when nobody asked');
  });
});

import assert from 'node:assert/strict';
import { formOf, textOf, type Answer } from '../../../support/servers/browserless.ts';
import { deliveryOf } from '../../../support/saml/delivery.ts';
import { signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import { api, countRows, grown, targetOf, type Target } from '../../../support/saml/single-sign-on.ts';

const TITLE = /<title>Nobody answers at wiki\.example\.com /;

describe('a response for a host with a reserved name', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
    await api(server, 'PATCH', 'settings', { reservedNames: 'show' });
  });
  after(() => server.stop());

  /** Checks that the page shows the response, and posts it only when a person or a program does. */
  const assertShown = (page: Answer) => {
    assert.equal(page.status, 200);
    assert.match(page.body, TITLE);
    assert.match(textOf(page), /NameID ana@/);
    assert.match(textOf(page), /Send it anyway/);
    assert.doesNotMatch(page.body, /<script[^>]*deliver\./, 'a script would post it');
    assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /form-action/);
    assert.equal(page.body.match(/<form/g)?.length, 1, 'programs may take the first form');
    const { action, fields } = formOf(page);
    assert.equal(action, wiki.acsUrl);
    return fields;
  };

  it('is shown when the sign-on begins in the portal, and is issued once', async () => {
    const browser = await signedIn(server);
    const before = await countRows(server);
    const page = await browser.get(wiki.path);
    assert.deepEqual(grown(before, await countRows(server)), { exchanges: 1, events: 1 });
    const { RelayState } = assertShown(page);
    assert.equal(RelayState, 'https://wiki.example.com/home');
  });

  it('is shown in answer to a request, again when the page is reloaded, and is issued once', async () => {
    const browser = await signedIn(server);
    const before = await countRows(server);
    const request = wiki.redirect(wiki.request(), { relayState: '/deep' });
    const asked = await browser.get(request, { site: 'cross-site' });
    const page = await browser.get(asked.location ?? '');
    const fields = assertShown(page);
    assert.equal(fields['RelayState'], '/deep');
    assert.deepEqual(assertShown(await browser.get(asked.location ?? '')), fields);
    const { exchanges, events } = grown(before, await countRows(server));
    assert.deepEqual({ exchanges, events }, { exchanges: 1, events: 1 });
  });

  it('is posted by itself when the settings say so', async () => {
    await api(server, 'PATCH', 'settings', { reservedNames: 'send' });
    const browser = await signedIn(server);
    const page = await browser.get(wiki.path);
    assert.doesNotMatch(page.body, TITLE);
    assert.match(page.body, /<script[^>]*deliver\./);
    assert.equal(deliveryOf(page).action, wiki.acsUrl);
    await api(server, 'PATCH', 'settings', { reservedNames: 'show' });
  });

  it('is offered by the tile of an application that begins at such a host', async () => {
    await api(server, 'PATCH', 'applications/wiki', { startUrl: 'https://start.example.org/in?a=1' });
    const browser = await signedIn(server);
    const page = await browser.get(`/demo/start/applications/${wiki.id}`);
    assert.match(page.body, /<title>Nobody answers at start\.example\.org /);
    assert.doesNotMatch(page.body, /<script[^>]*leave\./, 'a script would go there');
    assert.match(page.body, /href="https:\/\/start\.example\.org\/in\?a=1"[^>]*data-leave/);
    assert.ok(page.body.includes(`href="${wiki.path}"`), 'shows a response');
  });
});

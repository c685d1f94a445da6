import assert from 'node:assert/strict';
import { keptExchanges } from '../../../support/saml/kept-exchanges.ts';
import { maintain } from '../../../../src/server/maintenance.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf, textOf } from '../../../support/servers/browserless.ts';
import { responseOf } from '../../../support/saml/delivery.ts';
import { ANA, CODE, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  api,
  authenticate,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

describe('decisions of single sign-on', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const federations = async () =>
    (await server.events())
      .filter(({ eventName }) => eventName === 'Federate')
      .map((event) => event.serviceEventDetails);
  const about = (subject: string) => wiki.request({ content: `<saml:Subject>${subject}</saml:Subject>` });

  it('ForceAuthn asks again even while the clock stands still', async () => {
    const browser = await signedIn(server);
    const identify = await redirectRequest(browser, wiki, wiki.request({ attributes: 'ForceAuthn="true"' }));
    assert.match(formOf(identify).action, /\/identify$/);
    const { status } = await responseOf(await authenticate(browser, identify, ...ANA));
    assert.deepEqual(status, [`${CODE}Success`]);
  });

  it('a request about a subject is answered about that subject or not at all', async () => {
    const browser = await signedIn(server);
    const statusOf = async (xml: string) =>
      (await responseOf(await redirectRequest(browser, wiki, xml))).status;
    assert.deepEqual(await statusOf(about('<saml:NameID>ana@mail.example.com</saml:NameID>')), [
      `${CODE}Success`,
    ]);
    assert.deepEqual(await statusOf(about('<saml:NameID>bo@example.com</saml:NameID>')), [
      `${CODE}Responder`,
      `${CODE}UnknownPrincipal`,
    ]);
    const confirmation = '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/>';
    assert.deepEqual(await statusOf(about(confirmation)), [`${CODE}Requester`, `${CODE}RequestUnsupported`]);
  });

  it('a HEAD request consumes nothing', async () => {
    const browser = await signedIn(server);
    const path = wiki.redirect(wiki.request());
    assert.equal((await browser.send('HEAD', path)).status, 405);
    const sent = await browser.get(path);
    assert.equal(sent.status, 303);
    assert.equal((await browser.send('HEAD', sent.location ?? '')).status, 405);
    assert.deepEqual((await responseOf(await browser.get(sent.location ?? ''))).status, [`${CODE}Success`]);
  });

  it('a user without a NameID for the application is refused, and the refusal is recorded', async () => {
    await api(server, 'POST', 'applications', {
      key: 'nameless',
      displayName: 'Nameless',
      serviceProvider: {
        entityId: 'https://nameless.example.com',
        acsUrls: ['https://nameless.example.com/acs'],
      },
      subject: { value: '${user:AD_GUID}', format: 'persistent' },
    });
    await api(server, 'PUT', 'applications/nameless/assignments', {
      users: ['ana@example.com'],
      groups: [],
    });
    const nameless = await targetOf(server, 'nameless');
    const browser = await signedIn(server);
    const { status, xml } = await responseOf(await redirectRequest(browser, nameless, nameless.request()));
    assert.deepEqual(status, [`${CODE}Responder`, `${CODE}UnknownPrincipal`]);
    assert.doesNotMatch(
      xml,
      /ana@/,
      'who has no name for the service provider has none in the message either',
    );
    const page = await browser.get(nameless.path);
    assert.equal(page.status, 409);
    assert.match(textOf(page), /for which this user has no value/);
    assert.equal((await federations()).at(-1)?.['reason'], 'no-subject');
  });

  it('the content of a refused request is kept with the answer', async () => {
    const browser = await signedIn(server);
    const xml = wiki.request();
    await browser.get(wiki.redirect(xml));
    await browser.get(wiki.redirect(xml));
    const exchanges = await keptExchanges(server.db.read, server.sealer);
    assert.ok(exchanges.some(({ request_xml }) => request_xml === xml));
  });

  it('an ID is remembered as long as its request is fresh, however the organization’s clock is moved', async () => {
    const browser = await signedIn(server);
    const path = wiki.redirect(wiki.request());
    assert.equal((await browser.get(path)).status, 303);
    const { id } = server.instance.organization;
    const setOffset = (offset: number) =>
      server.db.transaction((tx) =>
        tx.updateTable('organizations').set({ clock_offset_ms: offset }).where('id', '=', id).execute(),
      );
    await setOffset(HOUR_MS);
    try {
      await maintain(server.db, server.clock);
      const again = await responseOf(await browser.get(path));
      assert.deepEqual(again.status, [`${CODE}Requester`, `${CODE}RequestDenied`]);
    } finally {
      await setOffset(0);
    }
  });
});

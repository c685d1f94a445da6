import assert from 'node:assert/strict';
import { keptExchanges } from '../../../support/saml/kept-exchanges.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { descendant, deliveryOf, instantOf, responseOf } from '../../../support/saml/delivery.ts';
import {
  ANA,
  BO,
  CODE,
  organization,
  signedIn,
  startSamlServer,
} from '../../../support/saml/organization.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import {
  breakInserts,
  countRows,
  grown,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

describe('the records of single sign-on', () => {
  let server: TestServer;
  let wiki: Target;
  let browser: Browserless;
  beforeEach(async () => {
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
    browser = await signedIn(server);
  });
  afterEach(() => server.stop());

  const exchanges = () => keptExchanges(server.db.read, server.sealer);
  const federated = async () => (await server.events()).filter(({ eventName }) => eventName === 'Federate');
  const waiting = async (): Promise<string> => {
    const sent = await browser.get(wiki.redirect(wiki.request(), { relayState: '/r' }));
    return sent.location ?? '';
  };

  it('are one exchange and one event, and the pending request is deleted', async () => {
    const xml = wiki.request();
    const before = await countRows(server);
    const page = await redirectRequest(browser, wiki, xml, { relayState: '/r' });
    assert.deepEqual(grown(before, await countRows(server)), { seen_requests: 1, exchanges: 1, events: 1 });
    const { xml: sent, root } = await responseOf(page);
    const [exchange] = await exchanges();
    assert.deepEqual(
      { ...exchange, instance_id: '', user_id: '' },
      {
        id: root.attributes.get('ID'),
        instance_id: '',
        application_id: wiki.id,
        user_id: '',
        user_name: 'ana@example.com',
        initiated_by: 'service-provider',
        request_xml: xml,
        response_xml: sent,
        acs_url: wiki.acsUrl,
        relay_state: '/r',
        status: `${CODE}Success`,
        findings: '[]',
        sequence: exchange?.sequence,
        bytes: exchange?.bytes,
        created_at: server.clock.now(),
      },
    );
    const [event] = await federated();
    assert.ok(event);
    assert.equal(event.errorCode, undefined);
    assert.equal(event.eventSource, 'sso.amazonaws.com');
    assert.equal(event.userIdentity['userName'], 'ana@example.com');
    assert.equal(event.serviceEventDetails?.['application_id'], wiki.id);
    assert.equal(event.serviceEventDetails['response_id'], exchange?.id);
    assert.ok(!JSON.stringify(event).includes('<'), 'no message in an event');
  });

  it('tell a sign-on begun here from a requested one, and a status from an assertion', async () => {
    await browser.get(wiki.path);
    await redirectRequest(server.browser(), wiki, wiki.request({ attributes: 'IsPassive="true"' }));
    const [begun, passive] = await exchanges();
    assert.deepEqual([begun?.initiated_by, begun?.request_xml], ['identity-provider', null]);
    assert.deepEqual([passive?.user_id, passive?.status], [null, `${CODE}Responder`]);
    const [, event] = await federated();
    assert.ok(event);
    assert.equal(event.errorCode, 'SamlStatus');
    assert.equal(event.serviceEventDetails?.['status'], `${CODE}NoPassive`);
  });

  for (const table of ['events', 'exchanges'] as const) {
    it(`are all or nothing: while ${table} can’t be written nothing is sent or accepted, and later it works`, async () => {
      const path = await waiting();
      const before = await countRows(server);
      const { mend } = await breakInserts(server, table);
      const failed = [await browser.get(path), await browser.get(wiki.path)];
      await mend();
      for (const page of failed) {
        assert.equal(page.status, 500);
        assert.doesNotMatch(page.body, /SAMLResponse|disk full/);
      }
      assert.deepEqual(grown(before, await countRows(server)), {});
      assert.deepEqual((await responseOf(await browser.get(path))).status, [`${CODE}Success`]);
    });
  }

  it('don’t keep the ID of a request that can’t be saved: sending it again works', async () => {
    const xml = wiki.request();
    const { mend } = await breakInserts(server, 'authn_requests');
    assert.equal((await browser.get(wiki.redirect(xml))).status, 500);
    await mend();
    assert.deepEqual((await responseOf(await redirectRequest(browser, wiki, xml))).status, [
      `${CODE}Success`,
    ]);
  });

  it('let a request be answered once: the same browser gets the same response again, at once and later', async () => {
    const path = await waiting();
    const pages = await Promise.all(Array.from({ length: 4 }, () => browser.get(path)));
    server.clock.advance(MINUTE_MS);
    const [first, ...others] = [...pages, await browser.get(path)].map(deliveryOf);
    for (const other of others) assert.deepEqual(other, first);
    assert.equal((await exchanges()).length, 1);
    assert.equal((await federated()).length, 1);
  });

  it('send a browser that sends its last form twice to the same response', async () => {
    browser.cookies.clear();
    const identify = await redirectRequest(browser, wiki, wiki.request());
    const asked = await browser.submit(identify, { username: ANA[0] }, { followRedirects: true });
    const answers = [];
    for (let click = 0; click < 2; click += 1)
      answers.push(await browser.submit(asked, { password: ANA[1] }, { followRedirects: true }));
    const [first, second] = answers.map(deliveryOf);
    assert.deepEqual(first, second);
    assert.equal((await exchanges()).length, 1);
  });

  it('show a response again only to the session that got it, until it signs out (stolen address)', async () => {
    const path = await waiting();
    assert.equal((await browser.get(path)).status, 200);
    for (const thief of [server.browser(), await signedIn(server), await signedIn(server, BO)]) {
      const refused = await thief.get(path);
      assert.equal(refused.status, 410);
      assert.match(textOf(refused), /Go back to the application/);
    }
    const { action, fields } = formOf(await browser.get('/demo/start'), '/signout');
    await browser.post(action, fields, { site: 'same-origin' });
    assert.equal((await browser.get(path)).status, 410);
  });

  it('show no response again after it has expired, or after the session got another', async () => {
    const [early, late] = [await waiting(), await waiting()];
    assert.equal((await browser.get(early)).status, 200);
    assert.equal((await browser.get(late)).status, 200);
    assert.equal((await browser.get(early)).status, 410);
    server.clock.advance(15 * MINUTE_MS - 1);
    assert.equal((await browser.get(late)).status, 200);
    server.clock.advance(1);
    assert.equal((await browser.get(late)).status, 410);
  });

  it('keep a request waiting for a quarter of an hour, not longer', async () => {
    const [early, late] = [await waiting(), await waiting()];
    server.clock.advance(15 * MINUTE_MS - 1);
    assert.equal((await browser.get(early)).status, 200);
    server.clock.advance(1);
    assert.equal((await browser.get(late)).status, 410);
  });

  it('hold no answer for an address that was made up', async () => {
    assert.equal(
      (await browser.get(`/${server.instance.directoryId}/saml/continue/${'A'.repeat(43)}`)).status,
      410,
    );
  });
});

describe('single sign-on: the two clocks', () => {
  const AHEAD_MS = 30 * DAY_MS;
  const moveClock = (server: TestServer) =>
    server.db.transaction((tx) =>
      tx.updateTable('organizations').set({ clock_offset_ms: AHEAD_MS }).execute(),
    );

  for (const [wire, shiftMs] of [
    ['real', 0],
    ['instance', AHEAD_MS],
  ] as const) {
    it(`time.wire ${wire}: messages use it, events and sessions follow the organization’s clock`, async () => {
      const server = await startSamlServer(`time: {wire: ${wire}}`);
      try {
        await moveClock(server);
        const wiki = await targetOf(server, 'wiki');
        const browser = await signedIn(server);
        server.clock.advance(10 * MINUTE_MS);
        const wireAt = server.clock.now() + shiftMs;
        const page = await redirectRequest(browser, wiki, wiki.request({ issuedAt: wireAt }));
        const { root, assertion } = await responseOf(page);
        assert.equal(instantOf(root, 'IssueInstant'), wireAt);
        assert.equal(instantOf(descendant(assertion, 'Conditions'), 'NotOnOrAfter'), wireAt + HOUR_MS);
        const signedInAt = instantOf(descendant(assertion, 'AuthnStatement'), 'AuthnInstant');
        assert.equal(signedInAt, wireAt - 10 * MINUTE_MS, 'as long ago as it was');
        const federate = (await server.events()).at(-1);
        assert.equal(Date.parse(federate?.eventTime ?? ''), server.clock.now() + AHEAD_MS);
        const stale = wiki.request({ issuedAt: wireAt - 11 * MINUTE_MS });
        assert.equal((await redirectRequest(browser, wiki, stale)).status, 400, 'requests are judged by it');
      } finally {
        await server.stop();
      }
    });
  }
});

describeOnEachDatabase('single sign-on on both databases', (open) => {
  let server: TestServer;
  let wiki: Target;
  before(async () => {
    server = await startServer({ organization: organization(), clock: manualClock(), db: open() });
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  it('answers by both bindings, with one exchange and one event each', async () => {
    const browser = await signedIn(server);
    const before = await countRows(server);
    for (const page of [
      await redirectRequest(browser, wiki, wiki.request(), { relayState: '/zoë/日本/😀' }),
      await postRequest(server, browser, wiki, wiki.request(), '/zoë/日本/😀'),
    ]) {
      assert.equal(deliveryOf(page).relayState, '/zoë/日本/😀');
      assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
    }
    assert.deepEqual(grown(before, await countRows(server)), { seen_requests: 2, exchanges: 2, events: 2 });
  });

  it('accepts one of several copies that arrive at the same moment, and answers it once', async () => {
    const browser = await signedIn(server);
    const before = await countRows(server);
    const path = wiki.redirect(wiki.request());
    const sent = await Promise.all(Array.from({ length: 5 }, () => browser.get(path)));
    const taken = sent.flatMap(({ location }) => location ?? []);
    assert.equal(taken.length, 1);
    const answers = await Promise.all(Array.from({ length: 3 }, () => browser.get(taken[0] ?? '')));
    assert.equal(new Set(answers.map((answer) => deliveryOf(answer).samlResponse)).size, 1);
    const { seen_requests: seen, authn_requests: pending } = grown(before, await countRows(server));
    assert.deepEqual([seen, pending], [1, undefined]);
  });
});

import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { findSampleSession, trimSampleSessions } from '../../../../src/lab/samples/store.ts';
import { timesOf } from '../../../../src/domain/organizations/organization.ts';
import { textOf } from '../../../support/servers/browserless.ts';
import { parsePage, factOf, requestOf } from './reading.ts';
import { startSamples, type Harness } from './harness.ts';

/** Begins at the sample, and returns the ID of its request. */
async function ask(harness: Harness, browser: ReturnType<Harness['browser']>): Promise<string> {
  const asking = await browser.get(`${harness.home}/signin?binding=post`);
  const request = await requestOf({ post: parsePage(asking).fields['SAMLRequest'] ?? '' });
  return request.attributes.get('ID') ?? '';
}

describe('signing in at a sample', () => {
  let harness: Harness;
  before(async () => (harness = await startSamples()));
  after(() => harness.stop());

  it('shows the content of a response from the portal, escaped', async () => {
    const browser = harness.browser();
    const xml = await harness.respond();
    const answer = await harness.deliver(browser, xml, '/pages/1');
    assert.deepEqual([answer.status, answer.location], [303, harness.home]);
    const home = await browser.get(harness.home);
    assert.match(textOf(home), /Hello, Ana <b>Souza<\/b>/);
    assert.doesNotMatch(home.body, /<b>Souza/);
    const page = await browser.get(harness.received);
    assert.doesNotMatch(page.body, /<b>Souza/);
    assert.equal(factOf(page, 'NameID'), 'ana@example.com');
    assert.equal(factOf(page, 'Issuer'), harness.idp.entityId);
    assert.equal(factOf(page, 'Audience'), harness.addresses.entityId);
    assert.equal(factOf(page, 'SessionIndex'), '_session-7');
    assert.equal(factOf(page, 'RelayState'), '/pages/1');
    assert.equal(factOf(page, 'InResponseTo'), 'none');
    assert.match(factOf(page, 'Initiated by') ?? '', /identity provider/);
    assert.match(textOf(page), /Engineering Wiki & notes/);
    assert.match(textOf(page), /Signature of the Response/);
    assert.match(textOf(page), /Signature of the Assertion/);
    assert.match(textOf(page), /read from what the signature covers/);
  });

  for (const binding of ['redirect', 'post'] as const) {
    it(`accepts the answer to its own request over HTTP-${binding}`, async () => {
      const browser = harness.browser();
      const asking = await browser.get(`${harness.home}/signin?binding=${binding}`);
      const request = await requestOf(
        binding === 'post'
          ? { post: parsePage(asking).fields['SAMLRequest'] ?? '' }
          : { redirect: new URL(asking.location ?? '', 'http://x').searchParams.get('SAMLRequest') ?? '' },
      );
      const inResponseTo = request.attributes.get('ID') ?? '';
      const answer = await harness.deliver(browser, await harness.respond({ assertion: { inResponseTo } }));
      assert.equal(answer.status, 303);
      const page = await browser.get(harness.received);
      assert.equal(factOf(page, 'InResponseTo'), inResponseTo);
      assert.equal(factOf(page, 'Binding'), binding === 'post' ? 'HTTP-POST' : 'HTTP-Redirect');
      assert.match(factOf(page, 'Initiated by') ?? '', /service provider/);
      assert.equal(browser.cookies.size, 1, 'the request is answered and no longer carried');
    });
  }

  it('accepts the answers to requests of two tabs', async () => {
    const browser = harness.browser();
    const [first, second] = [await ask(harness, browser), await ask(harness, browser)];
    for (const inResponseTo of [first, second]) {
      const answer = await harness.deliver(browser, await harness.respond({ assertion: { inResponseTo } }));
      assert.equal(answer.status, 303);
    }
  });

  it('accepts a response about a user in a thousand groups, which is larger than other forms may be', async () => {
    const values = Array.from(
      { length: 1000 },
      (_, index) => `Group with quite a long name, number ${String(index)}`,
    );
    const xml = await harness.respond({ assertion: { attributes: [{ name: 'groups', values }] } });
    assert.ok(xml.length > 64 * 1024);
    const browser = harness.browser();
    assert.equal((await harness.deliver(browser, xml)).status, 303);
    assert.match((await browser.get(harness.received)).body, /number 999/);
  });

  it('shows each page of the product to a signed-in user only, and no page with another name', async () => {
    const browser = harness.browser();
    const today = `${harness.home}/pages/today`;
    for (const path of [today, harness.received]) {
      const stranger = await browser.get(path);
      assert.deepEqual([stranger.status, stranger.location], [302, harness.home]);
    }
    await harness.deliver(browser, await harness.respond());
    assert.match(textOf(await browser.get(today)), /Hello, Ana/);
    for (const name of ['nothing', '__proto__', 'constructor']) {
      assert.equal((await browser.get(`${harness.home}/pages/${name}`)).status, 404);
    }
  });

  it('ends the session at the sample, and only by its own form', async () => {
    const browser = harness.browser();
    await harness.deliver(browser, await harness.respond());
    const page = await browser.get(harness.home);
    const { action, fields } = parsePage(page);
    const before = new Map(browser.cookies);
    const forged = await browser.post(action, { csrf: 'x'.repeat(43) }, { site: 'same-origin' });
    assert.equal(forged.status, 403);
    const foreign = await browser.post(action, fields, { site: 'cross-site' });
    assert.equal(foreign.status, 403);
    const ended = await browser.submit(page);
    assert.deepEqual([ended.status, ended.location], [303, harness.home]);
    // A copied cookie doesn't help, because the row is gone.
    for (const [name, value] of before) browser.cookies.set(name, value);
    assert.match((await browser.get(harness.home)).body, /signin\?binding=redirect/);
  });

  it('replaces the earlier session at a new sign-in', async () => {
    const browser = harness.browser();
    await harness.deliver(browser, await harness.respond());
    const old = new Map(browser.cookies);
    await harness.deliver(
      browser,
      await harness.respond({ assertion: { subject: { value: 'bo@example.com' } } }),
    );
    assert.notDeepEqual(browser.cookies, old);
    assert.equal(factOf(await browser.get(harness.received), 'NameID'), 'bo@example.com');
    const thief = harness.browser();
    for (const [name, value] of old) thief.cookies.set(name, value);
    assert.match((await thief.get(harness.home)).body, /signin\?binding=redirect/);
  });
});

describe('the required signatures', () => {
  for (const [what, signing] of [
    ['only the Response', { response: true, assertion: false }],
    ['only the Assertion', { response: false, assertion: true }],
  ] as const) {
    it(`follow the application: ${what}`, async () => {
      const harness = await startSamples({ signing });
      try {
        const browser = harness.browser();
        assert.equal((await harness.deliver(browser, await harness.respond())).status, 303);
        const page = await browser.get(harness.received);
        assert.equal(factOf(page, 'NameID'), 'ana@example.com');
        assert.equal(textOf(page).includes('Signature of the Response'), signing.response);
        assert.equal(textOf(page).includes('Signature of the Assertion'), signing.assertion);
        // Unsigned parts aren't shown: if the Response is unsigned, its own parts are missing.
        assert.equal(/samlp:Status/.test(page.body), signing.response);
        const reversed = { response: !signing.response, assertion: !signing.assertion };
        const other = await harness.deliver(harness.browser(), await harness.respond({ signing: reversed }));
        assert.equal(other.status, 400);
      } finally {
        await harness.stop();
      }
    });
  }
});

describe('the session at a sample', () => {
  let harness: Harness;
  beforeEach(async () => (harness = await startSamples({ settings: { time: { wire: 'instance' } } })));
  afterEach(() => harness.stop());
  const isSignedIn = async (browser: ReturnType<Harness['browser']>) =>
    (await browser.get(harness.home)).body.includes('Hello, ');

  it('lasts as long as the assertion', async () => {
    const browser = harness.browser();
    await harness.deliver(
      browser,
      await harness.respond({ assertion: { sessionDurationMs: 20 * MINUTE_MS } }),
    );
    harness.clock.advance(20 * MINUTE_MS - 1);
    assert.ok(await isSignedIn(browser));
    harness.clock.advance(1);
    assert.ok(!(await isSignedIn(browser)));
  });

  it('lasts until SessionNotOnOrAfter where the assertion has one', async () => {
    const browser = harness.browser();
    const now = harness.clock.now();
    const authnStatement = { authnInstant: now, sessionIndex: '_s', authnContextClassRef: 'urn:x' };
    const sessionNotOnOrAfter = now + 2 * HOUR_MS;
    await harness.deliver(
      browser,
      await harness.respond({ assertion: { authnStatement: { ...authnStatement, sessionNotOnOrAfter } } }),
    );
    harness.clock.advance(2 * HOUR_MS - 1);
    assert.ok(await isSignedIn(browser));
    harness.clock.advance(1);
    assert.ok(!(await isSignedIn(browser)));
  });

  it('is trimmed when it is over, and its assertion when it can no longer be used', async () => {
    const { db, tenant } = harness;
    const count = async () => (await db.read.selectFrom('sample_sessions').select('sample').execute()).length;
    const trim = () => {
      const times = timesOf(harness.clock, tenant.instance);
      return db.transaction((tx) => trimSampleSessions(tx, tenant.instance.id, times, 100));
    };
    await harness.deliver(harness.browser(), await harness.respond());
    harness.clock.advance(HOUR_MS - 1);
    await trim();
    assert.equal(await count(), 2);
    harness.clock.advance(1);
    await trim();
    assert.equal(await count(), 0);
  });

  it('is found only by its handle; the row of a spent assertion is no session', async () => {
    const { db, tenant } = harness;
    await harness.deliver(harness.browser(), await harness.respond());
    const rows = await db.read.selectFrom('sample_sessions').select('handle_hash').execute();
    const scope = { instanceId: tenant.instance.id, sample: 'notes' };
    for (const { handle_hash } of rows) {
      assert.equal(await findSampleSession(db.read, scope, handle_hash, 0), undefined);
    }
  });
});

describe('a clock change', () => {
  it('for policy alone ends the session and spends no assertion twice', async () => {
    const harness = await startSamples();
    const { db, tenant, clock } = harness;
    try {
      const browser = harness.browser();
      const xml = await harness.respond();
      await harness.deliver(browser, xml);
      await db.transaction((tx) =>
        tx
          .updateTable('organizations')
          .set({ clock_offset_ms: 9 * HOUR_MS })
          .execute()
          .then(() => undefined),
      );
      assert.ok(!(await browser.get(harness.home)).body.includes('Hello, '));
      const moved = {
        ...tenant.instance,
        organization: { ...tenant.organization, clock: { offsetMs: 9 * HOUR_MS, frozenAt: null } },
      };
      await db.transaction((tx) => trimSampleSessions(tx, tenant.instance.id, timesOf(clock, moved), 100));
      const again = await harness.deliver(browser, xml);
      assert.equal(again.status, 400);
      assert.match(again.body, /was used here before/);
    } finally {
      await harness.stop();
    }
  });
});

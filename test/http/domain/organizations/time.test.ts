import assert from 'node:assert/strict';
import { generateSync } from 'otplib';
import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '../../../../src/foundation/platform/clock.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { formOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { deliveryOf, instantOf, responseOf } from '../../../support/saml/delivery.ts';
import { EXAMPLE, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import { nodeSaml } from '../../../support/service-providers/node-saml.ts';
import { api, targetOf, userIdOf } from '../../../support/saml/single-sign-on.ts';

const ANA = ['ana@example.com', 'correct-Horse-7'] as const;
const BANNER = /class="v-clock-banner"/;

/** The settings of EXAMPLE, with additions. */
const withSettings = (more: string, signInMore = '') =>
  EXAMPLE.replace('signIn: {passwordHashCost: 4}', `signIn: {passwordHashCost: 4${signInMore}}\n${more}`);

describe('an organization’s own time', () => {
  let server: TestServer;
  let browser: Browserless;
  const start = async (organization = EXAMPLE, clock = manualClock(Date.now())) => {
    server = await startServer({ organization, clock });
    browser = server.browser();
  };
  afterEach(() => server.stop());

  const clock = (change: string, json?: object) => api(server, 'POST', `clock/${change}`, json);
  const isSignedIn = async () => (await browser.get('/demo/start')).status === 200;

  it('ends sessions when it is nine hours ahead; new sign-ins, a real service provider and a real app still work', async () => {
    await start();
    const sp = nodeSaml({
      ...{ entityId: 'https://sp.example/metadata', acsUrl: 'https://sp.example/acs', signsRequests: true },
      signing: { response: true, assertion: true },
    });
    const trust = z
      .object({
        entityId: z.string(),
        ssoUrl: z.string(),
        metadataUrl: z.string(),
        certificateUrl: z.string(),
      })
      .parse(
        await api(server, 'POST', 'applications', {
          ...{ key: 'sp', displayName: 'SP', serviceProvider: await sp.registration() },
        }),
      );
    await api(server, 'PUT', 'applications/sp/assignments', { everyone: true });
    const read = async (url: string) => (await browser.get(new URL(url).pathname)).body;
    const [metadataXml, certificatePem] = [await read(trust.metadataUrl), await read(trust.certificateUrl)];
    await sp.trust({ entityId: trust.entityId, ssoUrl: trust.ssoUrl, metadataXml, certificatePem });

    await signIn(browser, ...ANA);
    assert.ok(await isSignedIn());
    await clock('advance', { by: 'PT9H' });
    const over = await browser.get('/demo/start');
    assert.match(over.location ?? '', /^\/demo\/signin\//);

    await signIn(browser, ...ANA);
    assert.ok(await isSignedIn());
    const made = await sp.request('redirect', 'state');
    assert.ok(made.binding === 'redirect');
    const { pathname, search } = new URL(made.url);
    const page = await browser.get(pathname + search, { site: 'cross-site', followRedirects: true });
    // The library compares with the machine's clock, without tolerance.
    const believed = await sp.validate(deliveryOf(page).samlResponse, made.id);
    assert.equal(believed.nameId, 'ana@example.com');

    const devices = `users/${await userIdOf(server, ANA[0])}/mfa-devices`;
    const started = await api(server, 'POST', `${devices}/registrations`, { type: 'totp' });
    const { secret } = z.object({ secret: z.string() }).parse(started);
    // The code that the app on the person's phone shows at this moment.
    const device = await api(server, 'POST', devices, { code: generateSync({ secret }) });
    assert.deepEqual(z.object({ inSync: z.boolean() }).parse(device), { inSync: true });
    // Half a minute later in real time the app's next code signs in, although the organization is nine hours ahead.
    server.clock.advance(30_000);
    const another = server.browser();
    const challenged = await signIn(another, ...ANA);
    const next = generateSync({ secret, epoch: Math.floor(server.clock.now() / 1000) });
    const portal = await another.submit(challenged, { code: next }, { followRedirects: true });
    assert.match(portal.body, /\/signout/);
    const last = (await server.events()).at(-1);
    assert.equal(Date.parse(last?.eventTime ?? '') >= server.clock.now() + 9 * HOUR_MS - 1000, true);
  });

  it('is the time in SAML messages, too, when the settings say so', async () => {
    await start(withSettings('  time: {wire: instance}'), manualClock());
    await clock('advance', { by: 'PT9H' });
    await signIn(browser, ...ANA);
    const { root } = await responseOf(await browser.get((await targetOf(server, 'wiki')).path));
    assert.equal(instantOf(root, 'IssueInstant'), server.clock.now() + 9 * HOUR_MS);
  });

  it('stands still when it is frozen, and goes on when it is reset', async () => {
    await start();
    await signIn(browser, ...ANA);
    await clock('freeze');
    server.clock.advance(30 * HOUR_MS);
    assert.ok(await isSignedIn());
    assert.match((await browser.get('/demo/start')).body, /\(frozen\)/);
    await clock('reset');
    assert.ok(!(await isSignedIn()));
  });

  it('brings an expired session back to life when it is reset: a visit in between deletes nothing', async () => {
    await start();
    await signIn(browser, ...ANA);
    await clock('advance', { by: 'PT9H' });
    const watching = server.browser();
    for (const [name, value] of browser.cookies) watching.cookies.set(name, value);
    assert.equal((await watching.get('/demo/start')).status, 302);
    await clock('reset');
    assert.equal((await watching.get('/demo/start')).status, 200);
  });

  it('ends a sign-in under way after a quarter of an hour', async () => {
    await start();
    const asked = await browser.get('/demo/start', { followRedirects: true });
    await clock('advance', { by: 'PT14M59S' });
    const password = await browser.submit(asked, { username: ANA[0] }, { followRedirects: true });
    assert.equal(password.status, 200);
    await clock('advance', { by: 'PT1S' });
    const answer = await browser.submit(password, { password: ANA[1] });
    assert.deepEqual([answer.status, BANNER.test(answer.body)], [410, true]);
    assert.ok(!(await isSignedIn()));
  });

  it('opens throttles when their window has passed, and not before', async () => {
    await start(withSettings('', ', attemptsPerUser: 2, throttleWindow: PT30M'));
    const statusOf = async (password: string): Promise<number> => {
      const asked = await browser.get('/demo/start', { followRedirects: true });
      const page = await browser.submit(asked, { username: ANA[0] }, { followRedirects: true });
      return (await browser.submit(page, { password })).status;
    };
    assert.deepEqual([await statusOf('x'), await statusOf('x'), await statusOf(ANA[1])], [401, 401, 429]);
    await clock('advance', { by: 'PT29M59S' });
    assert.equal(await statusOf(ANA[1]), 429);
    await clock('advance', { by: 'PT1S' });
    assert.equal(await statusOf(ANA[1]), 303);
    browser.cookies.clear();
    assert.deepEqual([await statusOf('x'), await statusOf('x'), await statusOf(ANA[1])], [401, 401, 429]);
    await clock('reset');
    assert.equal(await statusOf(ANA[1]), 303, 'the clock was set back by a window');
  });

  it('is shown on every page while it differs, and on none afterwards', async () => {
    await start();
    await clock('advance', { by: 'PT1H' });
    const notes = await targetOf(server, 'notes');
    const { directoryId } = server.instance;
    const visitor = server.browser();
    const pages = async (): Promise<[string, Answer][]> => {
      const identify = await visitor.get('/demo/start', { followRedirects: true });
      const password = await visitor.submit(identify, { username: ANA[0] }, { followRedirects: true });
      const wrong = await visitor.submit(password, { password: 'x' });
      await signIn(browser, ...ANA);
      const delivery = await browser.get(notes.path);
      const form = { SAMLResponse: deliveryOf(delivery).samlResponse };
      const profile = await browser.post(new URL(notes.acsUrl).pathname, form, {
        ...{ site: 'same-origin', followRedirects: true },
      });
      const portal = await browser.get('/demo/start');
      return [
        ...Object.entries({ identify, password, wrong, delivery, profile, portal }),
        ['sample', await visitor.get(`/samples/notes/${directoryId}`, { followRedirects: true })],
        ['not found', await browser.get('/demo/start/applications/x')],
        ['forbidden', await browser.post('/demo/signout', { csrf: 'x' })],
        ['bad message', await visitor.get(`${notes.path}?SAMLRequest=x`)],
        ['unknown sign-in', await visitor.get('/demo/signin/5be44ffb-6946-4f47-acaf-1adebd4afead')],
        ['signed out', await visitor.get('/demo/signout')],
        ['unknown page', await visitor.get('/demo/nothing')],
        ['other method', await browser.post('/demo/start', {})],
        [
          'signing out',
          await browser.post('/demo/signout', formOf(portal, '/signout').fields, {
            ...{ site: 'same-origin', followRedirects: true },
          }),
        ],
      ];
    };
    for (const [name, { body, status }] of await pages()) {
      assert.match(body, /^<!doctype html>/, `${name} ${status}`);
      assert.match(body, BANNER, `${name} ${status}`);
    }
    await clock('reset');
    for (const [name, { body }] of await pages()) assert.doesNotMatch(body, BANNER, name);
  });

  describe('after a user is disabled or deleted (guide, “Authentication sessions”)', () => {
    let signedInAt: Instant;
    const at = (minutes: number) => server.clock.set(signedInAt + minutes * MINUTE_MS);
    /** Whether the portal's tile begins a session for an application. */
    const opensWiki = async () => {
      const answer = await browser.get((await targetOf(server, 'wiki')).path);
      return answer.status === 200 && answer.body.includes('data-deliver');
    };
    const begin = async (revocation: string) => {
      await start(withSettings(`  session: {revocation: ${revocation}}`));
      // Deleting a user deletes assignments and memberships; the assignment to everyone lets the session go on.
      await api(server, 'PUT', 'applications/wiki/assignments', { everyone: true });
      signedInAt = server.clock.now();
      await signIn(browser, ...ANA);
    };
    const gone = {
      disabled: async () =>
        api(server, 'PATCH', `users/${await userIdOf(server, ANA[0])}`, { enabled: false }),
      deleted: async () => api(server, 'DELETE', `users/${await userIdOf(server, ANA[0])}`),
    };

    for (const [how, remove] of Object.entries(gone)) {
      for (const revocation of ['as-aws', 'immediate']) {
        it(`${how}, ${revocation}: no longer signs in (none: at once)`, async () => {
          await begin(revocation);
          await remove();
          const other = server.browser();
          const page = await other.get('/demo/start', { followRedirects: true });
          const asked = await other.submit(page, { username: ANA[0] }, { followRedirects: true });
          const answer = await other.submit(asked, { password: ANA[1] });
          assert.equal(answer.status, 401);
          assert.match(answer.body, /The username or password is incorrect/);
        });
      }

      it(`${how}, as-aws: no longer starts application sessions (up to 1 hour)`, async () => {
        await begin('as-aws');
        at(61); // reads the user again, which is valid for another hour
        assert.ok(await isSignedIn());
        at(90);
        await remove();
        at(120);
        assert.ok((await isSignedIn()) && (await opensWiki()));
        at(121);
        assert.ok(!(await opensWiki()));
        assert.ok(!(await isSignedIn()));
      });

      it(`${how}, immediate: no longer starts application sessions (none)`, async () => {
        await begin('immediate');
        assert.ok(await opensWiki());
        await remove();
        assert.ok(!(await opensWiki()));
        assert.ok(!(await isSignedIn()));
      });
    }

    // The table's last two rows are about AWS's own applications and accounts, which aren't supported yet.
  });

  describe('a session’s lifetime', () => {
    it('is counted from the sign-in, even in constant use', async () => {
      await start(withSettings('  session: {lifetime: PT15M}'));
      await signIn(browser, ...ANA);
      for (let minute = 1; minute < 15; minute++) {
        server.clock.advance(MINUTE_MS);
        assert.ok(await isSignedIn(), String(minute));
      }
      server.clock.advance(MINUTE_MS - 1);
      assert.ok(await isSignedIn());
      server.clock.advance(1);
      assert.ok(!(await isSignedIn()));
    });

    it('is at least a quarter of an hour and at most ninety days', async () => {
      await start(withSettings('  session: {lifetime: P90D}'));
      await signIn(browser, ...ANA);
      server.clock.advance(90 * DAY_MS - 1);
      assert.ok(await isSignedIn());
      server.clock.advance(1);
      assert.ok(!(await isSignedIn()));
      for (const lifetime of ['PT14M59S', 'P90DT1S', '8h', 'PT0S']) {
        await assert.rejects(api(server, 'PATCH', 'settings', { session: { lifetime } }), /400/, lifetime);
      }
    });
  });
});

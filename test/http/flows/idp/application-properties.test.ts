import assert from 'node:assert/strict';
import fc from 'fast-check';
import { z } from 'zod';
import { HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { findForbiddenCharacter } from '../../../../src/protocols/saml/xml/characters.ts';
import type { Browserless } from '../../../support/servers/browserless.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { descendant, deliveryOf, instantOf, responseOf } from '../../../support/saml/delivery.ts';
import { EXAMPLE, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import {
  api,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

const PPT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const MFA = 'https://refeds.org/profile/mfa';

for (const wire of ['real', 'instance'] as const) {
  for (const ahead of [0, 9 * HOUR_MS]) {
    describe(`an application’s times: wire ${wire}, the organization’s clock ${ahead / HOUR_MS} hours ahead`, () => {
      let server: TestServer;
      let browser: Browserless;
      let wiki: Target;
      /** How long ago the sign-in was. */
      const ago = 10 * MINUTE_MS;
      before(async function () {
        this.timeout(30_000); // the first run generates keys
        const organization = EXAMPLE.replace('settings:', `settings:\n  time: {wire: ${wire}}`);
        server = await startServer({ organization, clock: manualClock() });
        if (ahead > 0) await api(server, 'POST', 'clock/advance', { by: `PT${ahead / HOUR_MS}H` });
        wiki = await targetOf(server, 'wiki');
        browser = server.browser();
        await signIn(browser, 'ana@example.com', 'correct-Horse-7');
        server.clock.advance(ago);
      });
      after(() => server.stop());

      const sets = [
        { sessionDuration: 'PT1H', notBeforeSkew: 'PT1M', sessionNotOnOrAfter: 'none' },
        { sessionDuration: 'PT1M', notBeforeSkew: 'PT0S', sessionNotOnOrAfter: 'session-duration' },
        { sessionDuration: 'P30D', notBeforeSkew: 'PT1H', sessionNotOnOrAfter: 'portal-session' },
        { sessionDuration: 'PT12H30M', notBeforeSkew: 'PT5M30S', sessionNotOnOrAfter: 'session-duration' },
      ];
      const minutes = { PT1H: 60, PT1M: 1, P30D: 30 * 24 * 60, PT12H30M: 750, PT0S: 0, PT5M30S: 5.5 };
      const ms = (duration: string) => minutes[duration as keyof typeof minutes] * MINUTE_MS; // a key of `minutes`

      for (const set of sets) {
        it(`${JSON.stringify(set)}, asked for by the service provider and begun here`, async () => {
          await api(server, 'PATCH', 'applications/wiki', set);
          const now = server.clock.now() + (wire === 'instance' ? ahead : 0);
          const request = () => wiki.request({ issuedAt: now });
          for (const page of [
            await browser.get(wiki.path),
            await redirectRequest(browser, wiki, request()),
            await postRequest(server, browser, wiki, request()),
          ]) {
            const { root, assertion } = await responseOf(page);
            assert.equal(instantOf(root, 'IssueInstant'), now);
            const conditions = descendant(assertion, 'Conditions');
            const confirmation = descendant(
              assertion,
              'Subject',
              'SubjectConfirmation',
              'SubjectConfirmationData',
            );
            assert.equal(instantOf(conditions, 'NotBefore'), now - ms(set.notBeforeSkew));
            assert.equal(instantOf(conditions, 'NotOnOrAfter'), now + ms(set.sessionDuration));
            assert.equal(instantOf(confirmation, 'NotOnOrAfter'), now + ms(set.sessionDuration));
            assert.equal(confirmation.attributes.get('NotBefore'), undefined, 'saml-profiles-2.0 §4.1.4.2');
            const statement = descendant(assertion, 'AuthnStatement');
            assert.equal(instantOf(statement, 'AuthnInstant'), now - ago);
            const ends = {
              none: undefined,
              'session-duration': now + ms(set.sessionDuration),
              'portal-session': now - ago + 8 * HOUR_MS,
            };
            const end = statement.attributes.get('SessionNotOnOrAfter');
            assert.equal(end && Date.parse(end), ends[set.sessionNotOnOrAfter as keyof typeof ends]);
          }
        });
      }
    });
  }
}

describe('an application’s properties', () => {
  let server: TestServer;
  let browser: Browserless;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: EXAMPLE, clock: manualClock() });
    wiki = await targetOf(server, 'wiki');
    browser = server.browser();
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  /** Any text that a form can hold, with extra characters that break markup, scripts and encodings. */
  const text = (maxLength: number) =>
    fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '"',
            "'",
            '<',
            '>',
            '&',
            '&amp;',
            '%',
            '+',
            ' ',
            '\n',
            '\r',
            '\r\n',
            '\t',
            '\u0085',
            '\u2028',
          ),
          fc.constantFrom(
            '</form>',
            '<!--',
            ']]>',
            '&#0;',
            '%00',
            '\u202E',
            '\uFEFF',
            '😀',
            'é',
            'e\u0301',
            '${user:email}',
          ),
          fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
        ),
        { maxLength },
      )
      .map((parts) => parts.join('').replaceAll('\0', ''));

  it('RelayState comes back unchanged by both bindings, whatever it holds', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(text(20), async (relayState) => {
        const page = await redirectRequest(browser, wiki, wiki.request(), { relayState });
        assert.equal(deliveryOf(page).relayState, relayState);
        const posted = await postRequest(server, browser, wiki, wiki.request(), relayState);
        assert.equal(deliveryOf(posted).relayState, relayState);
      }),
      { numRuns: 40, interruptAfterTimeLimit: 50_000 },
    );
  });

  for (const letter of ['x', 'é', '😀', '"', '&']) {
    it(`RelayState of 8 KiB of ${letter} comes back unchanged`, async () => {
      const relayState = letter.repeat(8192 / Buffer.byteLength(letter));
      const page = await postRequest(server, browser, wiki, wiki.request(), relayState);
      assert.equal(deliveryOf(page).relayState, relayState);
    });
  }

  it('the application’s own relay state goes only with a sign-on that begins here', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        text(20).filter((each) => findForbiddenCharacter(each) === undefined),
        async (relayState) => {
          await api(server, 'PATCH', 'applications/wiki', { relayState });
          assert.equal(deliveryOf(await browser.get(wiki.path)).relayState, relayState);
          const asked = await redirectRequest(browser, wiki, wiki.request());
          assert.equal(deliveryOf(asked).relayState, undefined);
        },
      ),
      { numRuns: 20, interruptAfterTimeLimit: 50_000 },
    );
    await api(server, 'PATCH', 'applications/wiki', { relayState: null });
    assert.equal(deliveryOf(await browser.get(wiki.path)).relayState, undefined);
  });

  it('a fixed authentication context is stated, unless a request asks for another that is true', async () => {
    const stated = async (content?: string) => {
      const page =
        content === undefined
          ? await browser.get(wiki.path)
          : await redirectRequest(browser, wiki, wiki.request({ content }));
      const { assertion, status } = await responseOf(page);
      return assertion
        ? descendant(assertion, 'AuthnStatement', 'AuthnContext', 'AuthnContextClassRef').text
        : status.at(-1);
    };
    const asking = (ref: string) =>
      `<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>${ref}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;
    assert.equal(await stated(), PPT);
    await api(server, 'PATCH', 'applications/wiki', { authnContextClassRef: 'urn:example:badge' });
    const made = await api(server, 'POST', 'applications/wiki/responses', { user: 'ana@example.com' });
    const { samlResponse } = z.object({ samlResponse: z.string() }).parse(made);
    assert.match(Buffer.from(samlResponse, 'base64').toString(), />urn:example:badge</);
    assert.equal(await stated(), 'urn:example:badge');
    assert.equal(await stated(''), 'urn:example:badge');
    assert.equal(await stated(asking('urn:example:badge')), 'urn:example:badge');
    assert.equal(await stated(asking(PPT)), PPT);
    await api(server, 'PATCH', 'applications/wiki', { authnContextClassRef: MFA });
    assert.equal(await stated(''), MFA);
    assert.match((await stated(asking(MFA))) ?? '', /NoAuthnContext$/, 'who asks for it gets the truth');
    await api(server, 'PATCH', 'applications/wiki', { authnContextClassRef: null });
    assert.equal(await stated(''), PPT);
  });
});

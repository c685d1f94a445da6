import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf } from '../../../support/servers/browserless.ts';
import { descendant, deliveryOf, instantOf, responseOf } from '../../../support/saml/delivery.ts';
import { ANA, CODE, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  authenticate,
  idOf,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

describe('requirements of an AuthnRequest', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const contextRequest = (comparison: string, ...classes: string[]) =>
    wiki.request({
      content: `<samlp:RequestedAuthnContext Comparison="${comparison}">${classes
        .map(
          (each) =>
            `<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:${each}</saml:AuthnContextClassRef>`,
        )
        .join('')}</samlp:RequestedAuthnContext>`,
    });

  it('ForceAuthn: the password is asked for despite a session, and then the new sign-in counts', async () => {
    const browser = await signedIn(server);
    server.clock.advance(5 * MINUTE_MS);
    const forced = () => redirectRequest(browser, wiki, wiki.request({ attributes: 'ForceAuthn="true"' }));
    const identify = await forced();
    const page = await authenticate(browser, identify, ...ANA);
    const { assertion } = await responseOf(page);
    assert.equal(instantOf(descendant(assertion, 'AuthnStatement'), 'AuthnInstant'), server.clock.now());
    server.clock.advance(1000);
    assert.match(formOf(await forced()).action, /\/identify$/, 'and again for the next request');
  });

  it('AuthnInstant is never in the future, although a server whose clock is ahead began the session', async () => {
    const browser = await signedIn(server);
    server.clock.advance(-MINUTE_MS);
    const { assertion } = await responseOf(await redirectRequest(browser, wiki, wiki.request()));
    assert.equal(instantOf(descendant(assertion, 'AuthnStatement'), 'AuthnInstant'), server.clock.now());
    server.clock.advance(MINUTE_MS);
  });

  it('ForceAuthn: its sign-in can’t be skipped by opening the request again', async () => {
    const browser = await signedIn(server);
    server.clock.advance(1000);
    const sent = await browser.get(wiki.redirect(wiki.request({ attributes: 'ForceAuthn="1"' })));
    for (let round = 0; round < 2; round += 1) {
      const page = await browser.get(sent.location ?? '', { followRedirects: true });
      assert.match(formOf(page).action, /\/identify$/);
    }
  });

  it('IsPassive without a session: NoPassive, and no page of ours is shown', async () => {
    const xml = wiki.request({ attributes: 'IsPassive="true"' });
    const page = await redirectRequest(server.browser(), wiki, xml, { relayState: '/r' });
    assert.equal(deliveryOf(page).relayState, '/r');
    const { root, status, assertion } = await responseOf(page);
    assert.deepEqual(status, [`${CODE}Responder`, `${CODE}NoPassive`]);
    assert.equal(root.attributes.get('InResponseTo'), idOf(xml));
    assert.equal(assertion, undefined);
  });

  it('IsPassive with a session: the assertion', async () => {
    const page = await redirectRequest(
      await signedIn(server),
      wiki,
      wiki.request({ attributes: 'IsPassive="true"' }),
    );
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
  });

  it('IsPassive with ForceAuthn: NoPassive, as it would be necessary to ask', async () => {
    const browser = await signedIn(server);
    server.clock.advance(1000);
    const xml = wiki.request({ attributes: 'IsPassive="true" ForceAuthn="true"' });
    assert.deepEqual((await responseOf(await redirectRequest(browser, wiki, xml))).status, [
      `${CODE}Responder`,
      `${CODE}NoPassive`,
    ]);
  });

  const contexts: [string, string[], string | undefined][] = [
    ['exact', ['PasswordProtectedTransport'], 'PasswordProtectedTransport'],
    ['exact', ['X509', 'Password'], 'Password'],
    ['exact', ['X509'], undefined],
    ['minimum', ['Password'], 'Password'],
    ['better', ['Password'], 'PasswordProtectedTransport'],
    ['better', ['PasswordProtectedTransport'], undefined],
    ['maximum', ['Password'], 'Password'],
    ['minimum', ['MobileTwoFactorContract'], undefined],
  ];
  for (const [comparison, classes, stated] of contexts) {
    it(`RequestedAuthnContext ${comparison} ${classes.join(', ')}: ${stated ?? 'NoAuthnContext'}`, async () => {
      const page = await redirectRequest(
        await signedIn(server),
        wiki,
        contextRequest(comparison, ...classes),
      );
      const { status, assertion } = await responseOf(page);
      if (stated === undefined) {
        assert.deepEqual(status, [`${CODE}Responder`, `${CODE}NoAuthnContext`]);
      } else {
        const { text } = descendant(assertion, 'AuthnStatement', 'AuthnContext', 'AuthnContextClassRef');
        assert.equal(text, `urn:oasis:names:tc:SAML:2.0:ac:classes:${stated}`);
      }
    });
  }

  const places: [string, string, string][] = [
    ['wiki', '', 'https://wiki.example.com/saml/acs'],
    ['wiki', 'AssertionConsumerServiceIndex="1"', 'https://wiki.example.com/saml/acs2?a=1&b=2'],
    [
      'wiki',
      'AssertionConsumerServiceURL="https://wiki.example.com/saml/acs2?a=1&amp;b=2"',
      'https://wiki.example.com/saml/acs2?a=1&b=2',
    ],
    ['indexed', '', 'https://indexed.example.com/default'],
    ['indexed', 'AssertionConsumerServiceIndex="3"', 'https://indexed.example.com/first'],
    ['indexed', 'AssertionConsumerServiceIndex="9"', 'https://indexed.example.com/last'],
  ];
  for (const [key, attributes, acsUrl] of places) {
    it(`an answer at ${acsUrl}: ${key}, ${attributes || 'no attributes'}`, async () => {
      const target = await targetOf(server, key);
      const page = await redirectRequest(await signedIn(server), target, target.request({ attributes }));
      assert.equal(deliveryOf(page).action, acsUrl);
      const { root, assertion } = await responseOf(page);
      assert.equal(root.attributes.get('Destination'), acsUrl);
      const data = descendant(assertion, 'Subject', 'SubjectConfirmation', 'SubjectConfirmationData');
      assert.equal(data.attributes.get('Recipient'), acsUrl);
    });
  }

  for (const format of [
    '2.0:nameid-format:transient',
    '2.0:nameid-format:persistent',
    '1.1:nameid-format:unspecified',
  ]) {
    it(`NameIDPolicy ${format}: the application’s own format, which service providers accept`, async () => {
      const content = `<samlp:NameIDPolicy AllowCreate="true" Format="urn:oasis:names:tc:SAML:${format}"/>`;
      const page = await redirectRequest(await signedIn(server), wiki, wiki.request({ content }));
      assert.equal(
        descendant((await responseOf(page)).assertion, 'Subject', 'NameID').text,
        'ana@mail.example.com',
      );
    });
  }
});

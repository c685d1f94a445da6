import assert from 'node:assert/strict';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { descendant, deliveryOf, responseOf } from '../../../support/saml/delivery.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { CODE, signedIn } from '../../../support/saml/organization.ts';
import { EXAMPLE, startServer, type TestServer } from '../../../support/servers/server.ts';
import {
  api,
  idOf,
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type RequestParts,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:';
const ANA = ['ana@example.com', 'correct-Horse-7'] as const;

/** Endpoints of three bindings, as the metadata of large service providers has them. */
const METADATA = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://many.example">
  <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <md:AssertionConsumerService Binding="${BINDING}HTTP-POST" Location="https://many.example/post" index="1"/>
  <md:AssertionConsumerService Binding="${BINDING}HTTP-Artifact" Location="https://many.example/artifact" index="2" isDefault="true"/>
  <md:AssertionConsumerService Binding="${BINDING}HTTP-POST" Location="https://many.example/other" index="3"/>
  <md:AssertionConsumerService Binding="${BINDING}PAOS" Location="https://many.example/ecp" index="4"/>
  </md:SPSSODescriptor></md:EntityDescriptor>`;

const [POST, OTHER] = ['https://many.example/post', 'https://many.example/other'];
const acs = (url: string) => `AssertionConsumerServiceURL="${url}"`;
const binding = (name: string) => `ProtocolBinding="${BINDING}${name}"`;

describe('optional content of an AuthnRequest', () => {
  let server: TestServer;
  let many: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: EXAMPLE, clock: manualClock() });
    const serviceProvider = { metadataXml: METADATA };
    await api(server, 'POST', 'applications', { key: 'many', displayName: 'Many', serviceProvider });
    await api(server, 'PUT', 'applications/many/assignments', { everyone: true });
    many = await targetOf(server, 'many');
  });
  after(() => server.stop());

  /** Content that doesn't change the answer, and the address of the answer. */
  const tolerated: [string, RequestParts, string][] = [
    ['no optional content', {}, POST],
    ['ProtocolBinding HTTP-POST', { attributes: binding('HTTP-POST') }, POST],
    ['ProtocolBinding and the address', { attributes: `${binding('HTTP-POST')} ${acs(OTHER)}` }, OTHER],
    ['another address', { attributes: acs(OTHER) }, OTHER],
    ['an index', { attributes: 'AssertionConsumerServiceIndex="3"' }, OTHER],
    ['ProviderName', { attributes: 'ProviderName="Many &amp; more"' }, POST],
    ['Consent', { attributes: 'Consent="urn:oasis:names:tc:SAML:2.0:consent:current-implicit"' }, POST],
    ['AttributeConsumingServiceIndex', { attributes: 'AttributeConsumingServiceIndex="7"' }, POST],
    ['no Destination', { destination: null }, POST],
    [
      'Extensions',
      {
        content: '<samlp:Extensions><x xmlns="urn:x" a="1">text<y/></x><z xmlns="urn:z"/></samlp:Extensions>',
      },
      POST,
    ],
    [
      'Scoping with ProxyCount, an IDPList and RequesterIDs',
      {
        content:
          '<samlp:Scoping ProxyCount="0"><samlp:IDPList><samlp:IDPEntry ProviderID="https://other.example" Name="Other" Loc="https://other.example/sso"/></samlp:IDPList><samlp:RequesterID>https://first.example</samlp:RequesterID><samlp:RequesterID>https://second.example</samlp:RequesterID></samlp:Scoping>',
      },
      POST,
    ],
    [
      'Conditions with an audience',
      {
        content:
          '<saml:Conditions><saml:AudienceRestriction><saml:Audience>https://many.example</saml:Audience></saml:AudienceRestriction></saml:Conditions>',
      },
      POST,
    ],
    ['an empty NameIDPolicy', { content: '<samlp:NameIDPolicy/>' }, POST],
    [
      'all of these',
      {
        attributes: `ForceAuthn="false" IsPassive="0" ${binding('HTTP-POST')} ${acs(OTHER)} ProviderName="x" AttributeConsumingServiceIndex="0" Consent="urn:x"`,
        content:
          '<samlp:Extensions><x xmlns="urn:x"/></samlp:Extensions><samlp:NameIDPolicy AllowCreate="true" Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"/><samlp:RequestedAuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></samlp:RequestedAuthnContext><samlp:Scoping/>',
      },
      OTHER,
    ],
  ];
  for (const [what, parts, where] of tolerated) {
    it(`${what}: answered at ${where}, by both bindings`, async () => {
      const browser = await signedIn(server, ANA);
      for (const send of [
        (xml: string) => redirectRequest(browser, many, xml, { relayState: 'r' }),
        (xml: string) => postRequest(server, browser, many, xml, 'r'),
      ]) {
        const xml = many.request(parts);
        const page = await send(xml);
        const { action, relayState } = deliveryOf(page);
        assert.deepEqual([action, relayState], [where, 'r']);
        const { root, status, assertion } = await responseOf(page);
        assert.deepEqual(status, [`${CODE}Success`]);
        assert.equal(root.attributes.get('InResponseTo'), idOf(xml));
        const data = descendant(assertion, 'Subject', 'SubjectConfirmation', 'SubjectConfirmationData');
        assert.equal(data.attributes.get('Recipient'), where);
      }
    });
  }

  const byPostOnly = /responses are sent by HTTP-POST only/;
  const refused: [string, string, RegExp][] = [
    ...['HTTP-Redirect', 'HTTP-Artifact', 'PAOS', 'SOAP', 'HTTP-POST-SimpleSign', 'nothing'].map(
      (name): [string, string, RegExp] => [`ProtocolBinding ${name}`, binding(name), byPostOnly],
    ),
    ['ProtocolBinding empty', 'ProtocolBinding=""', byPostOnly],
    ['the index of an endpoint for artifacts', 'AssertionConsumerServiceIndex="2"', byPostOnly],
    ['the address of an endpoint for PAOS', acs('https://many.example/ecp'), byPostOnly],
    [
      'an index that doesn’t exist',
      'AssertionConsumerServiceIndex="5"',
      /number 5”?, which is not registered/,
    ],
  ];
  for (const [what, attributes, says] of refused) {
    it(`${what}: refused by both bindings on a page that says why`, async () => {
      const xml = () => many.request({ attributes });
      for (const send of [
        () => server.browser().get(many.redirect(xml()), { site: 'cross-site' }),
        () => postForm(server, many.path, { SAMLRequest: encodePost(xml()) }),
      ])
        await assertRefused(server, send, { says, reason: 'assertion-consumer-service' });
    });
  }

  it('AuthnContextDeclRef, which no sign-in satisfies: NoAuthnContext', async () => {
    const content =
      '<samlp:RequestedAuthnContext><saml:AuthnContextDeclRef>urn:declared</saml:AuthnContextDeclRef></samlp:RequestedAuthnContext>';
    const browser = await signedIn(server, ANA);
    for (const page of [
      await redirectRequest(browser, many, many.request({ content })),
      await postRequest(server, browser, many, many.request({ content })),
    ])
      assert.deepEqual((await responseOf(page)).status, [`${CODE}Responder`, `${CODE}NoAuthnContext`]);
  });
});

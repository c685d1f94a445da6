import assert from 'node:assert/strict';
import { readAssertion } from '../../../../src/protocols/saml/read-assertion.ts';
import { findBrokenRule, usableUntil } from '../../../../src/lab/samples/web-sso-rules.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { WIDE } from '../../../support/saml/bounded.ts';

const NOW = Date.parse('2026-01-15T12:00:00Z');
const ACS = 'https://sp.example/acs';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

const DATA = `Recipient="${ACS}" NotOnOrAfter="2026-01-15T12:00:00.001Z" InResponseTo="_asked"`;
const confirmation = (data = DATA, method = BEARER) =>
  `<saml:SubjectConfirmation Method="${method}"><saml:SubjectConfirmationData ${data}/></saml:SubjectConfirmation>`;
const RESPONSE = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Destination="${ACS}" InResponseTo="_asked"><saml:Issuer>https://idp.example</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_a"><saml:Issuer>https://idp.example</saml:Issuer><saml:Subject><saml:NameID>ana</saml:NameID>${confirmation()}</saml:Subject><saml:AuthnStatement AuthnInstant="2026-01-15T11:00:00Z"/></saml:Assertion></samlp:Response>`;

/** The faults of the good response after `from` in it is replaced with `to`. */
async function judge(from: string | RegExp = '', to = '', signedResponse = true) {
  const xml = RESPONSE.replace(from, to);
  if (from !== '') assert.notEqual(xml, RESPONSE, 'nothing was changed');
  const parsed = await parseXml(xml, WIDE);
  assert.ok(parsed.ok);
  const [assertion] = parsed.root.children.filter(({ name }) => name === 'Assertion');
  assert.ok(assertion);
  return findBrokenRule(parsed.root, readAssertion(assertion), {
    trust: {
      applicationName: 'Notes',
      entityId: 'https://idp.example',
      ssoUrl: 'https://idp.example',
      certificatePem: '',
      signing: { response: signedResponse, assertion: true },
    },
    acsUrl: ACS,
    requestIds: new Set(['_asked']),
    at: NOW,
  });
}

describe('the rules of the web browser profile', () => {
  it('are met by a good response', async () => {
    assert.equal(await judge(), undefined);
  });

  it('are met by an unsolicited response, and by one without Destination when only the assertion is signed', async () => {
    assert.equal(await judge(/ InResponseTo="_asked"(.*) InResponseTo="_asked"/s, '$1'), undefined);
    assert.equal(await judge(` Destination="${ACS}"`, '', false), undefined);
  });

  it('are met when one of several confirmations is good', async () => {
    const bad = confirmation('Recipient="https://other.example"');
    const others = bad + confirmation('', 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches');
    assert.equal(await judge('<saml:SubjectConfirmation ', `${others}<saml:SubjectConfirmation `), undefined);
  });

  const broken: [string, string | RegExp, string, RegExp][] = [
    ['no Status', /<samlp:Status>.*<\/samlp:Status>/, '', /Status of the response is missing/],
    ['another Status', ':Success', ':Requester', /Status/],
    ['a Status of another namespace', /<(\/?)samlp:Status/g, '<$1saml:Status', /Status/],
    ['no Destination', ` Destination="${ACS}"`, '', /no Destination/],
    ['another Destination', `Destination="${ACS}"`, `Destination="${ACS}/"`, /Destination of the response/],
    ['another Issuer of the response', '>https://idp.example<', '>https://other<', /Issuer of the response/],
    [
      'another Issuer of the assertion',
      /(.*)>https:\/\/idp\.example</,
      '$1>https://other<',
      /Issuer of the assertion/,
    ],
    ['no NameID', '<saml:NameID>ana</saml:NameID>', '', /its subject is unknown/],
    ['no AuthnStatement', /<saml:AuthnStatement[^>]*>/, '', /doesn’t say that the user was authenticated/],
    ['no confirmation', /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/, '', /no bearer/],
    ['another method of confirmation', BEARER, 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches', /no bearer/],
    ['another Recipient', `Recipient="${ACS}"`, 'Recipient="https://other"', /Recipient/],
    ['no Recipient', `Recipient="${ACS}"`, '', /Recipient/],
    [
      'a NotBefore of the confirmation',
      'Recipient=',
      'NotBefore="2026-01-15T11:00:00Z" Recipient=',
      /NotBefore/,
    ],
    ['no NotOnOrAfter', /NotOnOrAfter="[^"]*"/, '', /no NotOnOrAfter/],
    ['a NotOnOrAfter that isn’t a time', /NotOnOrAfter="[^"]*"/, 'NotOnOrAfter="soon"', /no NotOnOrAfter/],
    ['a NotOnOrAfter in the past', '12:00:00.001Z', '12:00:00.000Z', /has expired/],
    [
      'an InResponseTo of the Response without one in the confirmation',
      /(.*) InResponseTo="_asked"/s,
      '$1',
      /not that of the Response/,
    ],
    [
      'an InResponseTo in the confirmation without one of the Response',
      ' InResponseTo="_asked"',
      '',
      /not that of the Response/,
    ],
    ['an answer to another browser’s request', /_asked/g, '_other', /is not a request of this browser/],
  ];
  for (const [fault, from, to, why] of broken) {
    it(`are broken by ${fault}`, async () => {
      assert.match((await judge(from, to)) ?? 'nothing', why);
    });
  }

  it('tell how long an assertion could be replayed: the longest of its confirmations', () => {
    const none = { method: BEARER, recipient: null, notBefore: null, inResponseTo: null };
    const until = (...times: (string | null)[]) =>
      usableUntil({ confirmations: times.map((notOnOrAfter) => ({ ...none, notOnOrAfter })) });
    assert.equal(until('2026-01-15T12:00:00Z', '2026-01-15T13:00:00Z', null), NOW + 3_600_000);
    assert.equal(until(null), 0);
  });
});

import assert from 'node:assert/strict';
import {
  DEFAULT_SETTINGS,
  type ApplicationSettings,
} from '../../../../../../src/domain/applications/application.ts';
import type { Advised } from '../../../../../../src/flows/idp/inspection/advice/advice.ts';
import { finding, type Finding } from '../../../../../../src/flows/idp/requests/findings.ts';
import { adviseOn } from '../../../../../../src/flows/idp/inspection/advice/advise-on.ts';
import { DAY_MS, MINUTE_MS } from '../../../../../../src/foundation/platform/clock.ts';
import type { ReceivedAssertion } from '../../../../../../src/protocols/saml/read-assertion.ts';
import type { ReceivedResponse } from '../../../../../../src/protocols/saml/read-response.ts';
import { parseAuthnRequest } from '../../../../../../src/protocols/saml/authn-request.ts';
import { NameIdFormat, type RelyingParty } from '../../../../../../src/protocols/saml/types.ts';
import { START_AT } from '../../../../../support/basics/clock.ts';
import { relyingParty } from '../../../../../support/applications/applications.ts';
import { requestXml } from '../../../../protocols/saml/helpers.ts';

const iso = (at: number) => new Date(at).toISOString();
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const signature = { algorithm: RSA_SHA256, digestAlgorithm: '', certificate: null };
const attributes = DEFAULT_SETTINGS.attributes.map(({ name }) => ({ name, nameFormat: null, values: ['x'] }));

const assertion: ReceivedAssertion = {
  id: '_a',
  issuer: 'https://idp.example',
  nameId: { value: 'ana@example.com', format: NameIdFormat.emailAddress },
  confirmations: [],
  conditions: {
    notBefore: iso(START_AT - MINUTE_MS),
    notOnOrAfter: iso(START_AT + 60 * MINUTE_MS),
    audiences: [],
  },
  session: null,
  attributes,
};
const response: ReceivedResponse = {
  ...{ id: '_r', issuer: 'https://idp.example', issueInstant: iso(START_AT), destination: null },
  ...{ inResponseTo: '_request-1', status: [], statusMessage: null, signature, assertion },
  assertionSignature: signature,
};
/** A response without faults. */
const advised: Advised = {
  ...{ response, bytes: 6000, acsUrl: 'https://sp.example/acs', relayState: null, request: null },
  application: {
    displayName: 'Wiki',
    relyingParty: relyingParty('https://sp.example'),
    settings: DEFAULT_SETTINGS,
  },
  certificate: { notBeforeAt: START_AT - DAY_MS, notAfterAt: START_AT + 91 * DAY_MS, keySize: 2048 },
  clock: { offsetMs: 0, frozenAt: null },
  ...{ wire: 'real', policyAt: START_AT, isRehearsal: false },
};

const saying = (change: Partial<ReceivedAssertion>): Advised => ({
  ...advised,
  response: { ...response, assertion: { ...assertion, ...change } },
});
const certificate = (change: Partial<NonNullable<Advised['certificate']>>): Advised => ({
  ...advised,
  certificate: advised.certificate && { ...advised.certificate, ...change },
});
const serviceProvider = (change: Partial<RelyingParty>, of: Advised = advised): Advised => ({
  ...of,
  application: { ...of.application, relyingParty: { ...of.application.relyingParty, ...change } },
});
const settings = (change: Partial<ApplicationSettings>): Advised => ({
  ...advised,
  application: { ...advised.application, settings: { ...DEFAULT_SETTINGS, ...change } },
});
const asking = async (content: string, signed = true, ...findings: Finding[]): Promise<Advised> => {
  const parsed = await parseAuthnRequest(requestXml({ content }));
  assert.ok(parsed.ok);
  return { ...advised, request: { said: parsed.request, signed, findings } };
};
const valid = (fromMs: number, forMs: number) =>
  saying({
    conditions: { notBefore: iso(START_AT - fromMs), notOnOrAfter: iso(START_AT + forMs), audiences: [] },
  });
const sha1 = { ...signature, algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' };
const notAsked: Advised = { ...advised, response: { ...response, inResponseTo: null } };
const { emailAddress, persistent, transient, unspecified } = NameIdFormat;

/** Each response with the codes of its advice, the most important first. */
const TABLE: readonly (readonly [what: string, advised: Advised | Promise<Advised>, ...codes: string[]])[] = [
  ['a response without faults', advised],
  ['no response', { ...advised, response: { ...response, assertion: null } }, 'no-assertion'],
  ['an attribute without a value', saying({ attributes: attributes.slice(1) }), 'attribute-left-out'],
  ['an application without attributes', { ...settings({ attributes: [] }), response }],
  [
    'a repeated attribute',
    saying({ attributes: [...attributes, ...attributes.slice(1)] }),
    'attribute-twice',
  ],
  ['no NameID', saying({ nameId: null }), 'name-id-empty'],
  ['an empty NameID', saying({ nameId: { value: ' ', format: emailAddress } }), 'name-id-empty'],
  ['no address', saying({ nameId: { value: 'ana', format: emailAddress } }), 'name-id-not-an-address'],
  ['no address, and no format that promises one', saying({ nameId: { value: 'ana', format: persistent } })],
  [
    'a format that isn’t listed',
    serviceProvider({ nameIdFormats: [transient] }),
    'name-id-format-not-listed',
  ],
  ['a listed format', serviceProvider({ nameIdFormats: [transient, emailAddress] })],
  ['a list that includes the unspecified format', serviceProvider({ nameIdFormats: [unspecified] })],
  [
    'no format, where some are listed',
    serviceProvider({ nameIdFormats: [transient] }, saying({ nameId: { value: 'ana', format: null } })),
    'name-id-format-not-listed',
  ],
  [
    'a request that was let pass',
    asking('', true, finding('name-id-format-not-asked', 'It asks for another format.')),
    'name-id-format-not-asked',
  ],
  ['80 bytes of RelayState', { ...advised, relayState: 'x'.repeat(80) }],
  [
    '81 bytes of RelayState, 41 characters',
    { ...advised, relayState: `x${'ü'.repeat(40)}` },
    'relay-state-long',
  ],
  [
    'the last millisecond of a certificate',
    certificate({ notAfterAt: START_AT + 1 }),
    'certificate-expires-soon',
  ],
  ['an expired certificate', certificate({ notAfterAt: START_AT }), 'certificate-expired'],
  ['90 days left', certificate({ notAfterAt: START_AT + 90 * DAY_MS }), 'certificate-expires-soon'],
  [
    'a certificate that isn’t valid yet',
    certificate({ notBeforeAt: START_AT + 1 }),
    'certificate-not-yet-valid',
  ],
  ['a rehearsal', { ...advised, isRehearsal: true }, 'certificate-rehearsed'],
  ['a short key', certificate({ keySize: 1024 }), 'certificate-short-key'],
  ['SHA-1', { ...advised, response: { ...response, signature: sha1 } }, 'signature-sha1'],
  ['SHA-1 inside', { ...advised, response: { ...response, assertionSignature: sha1 } }, 'signature-sha1'],
  [
    'an Assertion without a signature',
    { ...advised, response: { ...response, assertionSignature: null } },
    'assertion-not-signed',
  ],
  [
    'a Response without a signature',
    { ...advised, response: { ...response, signature: null } },
    'response-not-signed',
  ],
  ['plain http', { ...advised, acsUrl: 'http://sp.example/acs' }, 'acs-plain-http'],
  [
    'plain http to a name that begins like a loopback name',
    { ...advised, acsUrl: 'http://localhost.example/' },
    'acs-plain-http',
  ],
  ...['localhost:3000', 'sp.localhost', '127.0.0.1', '127.1.2.3:99', '[::1]:3000'].map(
    (host) => [`plain http to ${host}`, { ...advised, acsUrl: `http://${host}/acs` }] as const,
  ),
  ['no request', notAsked, 'unsolicited'],
  ['a moved clock that SAML doesn’t follow', { ...advised, clock: { offsetMs: DAY_MS, frozenAt: null } }],
  ['the right time in SAML', { ...advised, wire: 'instance' }],
  [
    'a moved clock',
    { ...advised, wire: 'instance', clock: { offsetMs: -DAY_MS, frozenAt: null } },
    'wire-clock-moved',
  ],
  [
    'a clock that stands still',
    { ...advised, wire: 'instance', clock: { offsetMs: 0, frozenAt: START_AT } },
    'wire-clock-moved',
  ],
  ['five minutes', valid(MINUTE_MS, 5 * MINUTE_MS)],
  ['less', valid(MINUTE_MS, 5 * MINUTE_MS - 1), 'session-short'],
  ['a day', valid(MINUTE_MS, DAY_MS)],
  ['more', valid(MINUTE_MS, DAY_MS + 1), 'session-long'],
  ['no skew', valid(0, DAY_MS), 'no-skew'],
  ['64 KiB', { ...advised, bytes: 64 * 1024 }],
  ['more than 64 KiB', { ...advised, bytes: 64 * 1024 + 1 }, 'response-large'],
  ['an unsigned request of a service provider without a certificate', asking('', false)],
  [
    'an unsigned request of a service provider that can sign',
    asking('', false).then((each) => serviceProvider({ requestSigningCertificates: ['x'] }, each)),
    'request-not-signed',
  ],
  [
    'a signed request of a service provider that can sign',
    asking('').then((each) => serviceProvider({ requestSigningCertificates: ['x'] }, each)),
  ],
  [
    'several faults, the most important first',
    {
      ...notAsked,
      relayState: 'x'.repeat(81),
      certificate: certificate({ notAfterAt: START_AT }).certificate,
    },
    ...['certificate-expired', 'relay-state-long', 'unsolicited'],
  ],
];

describe('advice on a response', () => {
  for (const [what, about, ...codes] of TABLE) {
    it(`${what}: ${codes.join(', ') || 'nothing'}`, async () => {
      const advice = adviseOn(await about);
      assert.deepEqual(
        advice.map(({ code }) => code),
        codes,
      );
      for (const { what, why, remedy } of advice)
        for (const text of [what, why, remedy]) assert.match(text, /^\p{Lu}[^]*[^.]\.$/u);
    });
  }

  it('names each attribute that is left out', () => {
    const [advice] = adviseOn(saying({ attributes: attributes.slice(2) }));
    assert.equal(
      advice?.what,
      'The attributes “email”, “givenName” are left out: this user has no value for them.',
    );
  });

  it('says of an unsigned Assertion whether the metadata requires a signature', () => {
    const unsigned = { ...advised, response: { ...response, assertionSignature: null } };
    assert.equal(adviseOn(unsigned)[0]?.severity, 'warning');
    assert.equal(adviseOn(serviceProvider({ wantAssertionsSigned: true }, unsigned))[0]?.severity, 'problem');
  });

  it('recommends the service provider’s start URL when the response answers no request', () => {
    const remedy = (startUrl: string | null) =>
      adviseOn({ ...settings({ startUrl }), response: notAsked.response })[0]?.remedy;
    assert.match(remedy(null) ?? '', /give it a start URL/);
    assert.match(remedy('https://sp.example/') ?? '', /starts at the start URL/);
  });
});

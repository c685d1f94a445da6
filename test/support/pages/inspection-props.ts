import type { AdministratorPageProps } from '../../../views/idp/administrator/props.ts';
import { momentOf } from '../../../src/flows/idp/inspection/wording.ts';

/* Sample data for the administrator's page: a good response, one with every kind of advice, and a status. */

type Sample = Omit<AdministratorPageProps, 'page' | 'homeHref' | 'account'>;

const AT = Date.UTC(2026, 4, 5, 14);
const acsUrl = 'https://wiki.example.com/saml/acs';
const FINGERPRINT = '4F:9A:C2:11:0B:77:5E:D3:90:1C:6A:28:EF:35:B4:82:7D:0E:A1:5C';
const emailAddress = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const protectedTransport = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

const assertion: NonNullable<Sample['assertion']> = {
  nameId: { value: 'ana@example.com', format: { uri: emailAddress, name: 'emailAddress' } },
  attributes: [
    { name: 'email', format: 'unspecified', values: ['ana@example.com'] },
    { name: 'displayName', format: 'unspecified', values: ['Ana <b>Souza</b>'] },
    { name: 'groups', format: 'basic', values: ['Engineering', 'Everybody in the northern region'] },
  ],
  leftOut: [],
  audiences: ['https://wiki.example.com/saml'],
  recipient: acsUrl,
  notBefore: momentOf(AT - 60_000),
  notOnOrAfter: momentOf(AT + 3_600_000),
  skewText: '1 minute',
  lastsText: '1 hour',
  session: {
    index: '_sess-7c1f0a52-61c6-4b5e-9a0d-5f0f6a2f9d11',
    begun: momentOf(AT - 1_800_000),
    end: null,
    context: { uri: protectedTransport, name: 'With a password, over a protected connection' },
  },
};

export const goodSample = (xml: string): Sample => ({
  ...{ applicationName: 'Orchard Wiki', icon: 'book', acsUrl, samlResponse: 'PHNhbWxwOlJlc3BvbnNlLz4=' },
  ...{ relayState: 'https://wiki.example.com/home?tab=1&x="2"', xml, fileName: 'wiki-response.xml' },
  ...{ issuer: 'http://localhost:8080/d-906700aaaa/saml/assertion/a-1', issuedAt: momentOf(AT) },
  ...{ destination: acsUrl, inResponseTo: '_b42d', refusal: null, assertion, advice: [] },
  signatures: [
    { part: 'Response', algorithm: 'RSA with SHA-256' },
    { part: 'Assertion', algorithm: 'RSA with SHA-256' },
  ],
  certificate: {
    subject: 'O=Vestibule, OU=wiki, CN=d-906700aaaa',
    sha1: FINGERPRINT,
    sha256: `${FINGERPRINT}:${FINGERPRINT.slice(0, 35)}`,
    keyText: 'RSA, 2048 bits',
    from: momentOf(AT),
    until: momentOf(AT + 157_680_000_000),
    ...{ state: 'green', stateText: 'Expires in 5 years' },
  },
  request: {
    ...{ id: '_b42d', issuer: 'https://wiki.example.com/saml', issuedAt: momentOf(AT), signed: true },
    wishes: [
      { label: 'AssertionConsumerServiceURL', value: acsUrl },
      { label: 'NameIDPolicy', value: emailAddress },
      { label: 'ForceAuthn', value: 'The user must sign in again' },
    ],
    xml: `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_b42d" Version="2.0" IssueInstant="2026-05-05T14:00:00Z" ForceAuthn="true"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://wiki.example.com/saml</saml:Issuer></samlp:AuthnRequest>`,
  },
});

const LONG = 'Orchard Wiki of the Warehouse-and-logistics-planning-department-for-the-northern-region';

export function faultySample(xml: string): Sample {
  const good = goodSample(xml);
  return {
    ...{ ...good, applicationName: LONG, icon: null, request: null, inResponseTo: null, relayState: '' },
    destination: 'https://another-address.wiki.example.com/with/a/long/path/to/the/acs',
    assertion: {
      ...assertion,
      leftOut: [
        { name: 'title', mapping: '${user:title}' },
        { name: 'costCenter', mapping: '${user:enterprise.costCenter}' },
      ],
    },
    signatures: [
      { part: 'Response', algorithm: 'RSA with SHA-1' },
      { part: 'Assertion', algorithm: null },
    ],
    certificate: good.certificate && { ...good.certificate, state: 'red', stateText: 'Expired 3 days ago' },
    advice: [
      {
        code: 'certificate-expired',
        severity: 'problem',
        what: 'The certificate that signed this expired on 2026-05-02.',
        why: 'Many service providers refuse an expired certificate, while others never check the date.',
        remedy: 'Generate a certificate, import it at Orchard Wiki, then set it as active.',
      },
      {
        code: 'attribute-left-out',
        severity: 'warning',
        what: 'The attributes “title”, “costCenter” are left out: this user has no value for them.',
        why: 'If the service provider requires the attribute, the sign-on fails, often only for some users.',
        remedy: 'Give the user a value, or map the attribute to a value that every user has.',
      },
      {
        code: 'unsolicited',
        severity: 'note',
        what: 'This response is unsolicited: it answers no request (IdP-initiated).',
        why: 'Service providers that accept only answers to their own requests refuse it.',
        remedy:
          'If Orchard Wiki is one of them, give it a start URL, so that its tile starts the sign-on there.',
      },
    ],
  };
}

export function statusSample(xml: string): Sample {
  const good = goodSample(xml);
  return {
    ...{ ...good, assertion: null, signatures: good.signatures.slice(0, 1), relayState: null },
    certificate: good.certificate && {
      ...good.certificate,
      state: 'yellow',
      stateText: 'Expires in 20 days',
    },
    refusal: {
      codes: [
        'urn:oasis:names:tc:SAML:2.0:status:Responder',
        'urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext',
      ],
      message: 'The requested authentication context is not available.',
    },
  };
}

import { generateKeyPairSync } from 'node:crypto';
import { fixedKeyPair, samlFixture } from '../saml/keys.ts';
import { certificateOf, entity, keyOf, provider } from '../saml/service-provider-parts.ts';

/** A change that makes a valid input of an application invalid, the pointer to the wrong field, and the message. */
export interface InvalidInput {
  what: string;
  change: Record<string, unknown>;
  pointer: string;
  says: RegExp;
}

/** All invalid inputs. The certificates are generated at each call. */
export async function invalidApplications(): Promise<InvalidInput[]> {
  const short = generateKeyPairSync('rsa', {
    modulusLength: 768,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificates = {
    weak: await certificateOf({ privateKeyPem: short.privateKey, publicKeyPem: short.publicKey }),
    large: await certificateOf(fixedKeyPair(), 'x'.repeat(900)),
    good: samlFixture('sp-cert.pem'),
  };
  const withCertificate = (pem: string) => ({
    serviceProvider: { ...provider, requestSigningCertificates: [pem] },
  });
  const CERTIFICATE = '/serviceProvider/requestSigningCertificates/0';
  const METADATA = '/serviceProvider/metadataXml';
  const metadata = (metadataXml: string) => ({ serviceProvider: { metadataXml } });
  const mapped = (value: string) => ({
    attributes: [
      { name: 'a', value: 'x' },
      { name: 'b', value },
    ],
  });

  return [
    // Certificates.
    {
      what: 'no PEM',
      change: withCertificate('hello'),
      pointer: CERTIFICATE,
      says: /not an X\.509 certificate/,
    },
    {
      what: 'a PEM that is cut short',
      change: withCertificate(`${certificates.good.slice(0, 300)}\n-----END CERTIFICATE-----`),
      pointer: CERTIFICATE,
      says: /not an X\.509 certificate/,
    },
    {
      what: 'two certificates in one',
      change: withCertificate(`${certificates.good}${samlFixture('other-cert.pem')}`),
      pointer: CERTIFICATE,
      says: /the others didn’t issue the first: give each one/,
    },
    {
      what: 'a private key instead',
      change: withCertificate(samlFixture('sp-key.pem')),
      pointer: CERTIFICATE,
      says: /not an X\.509/,
    },
    {
      what: 'a key of another kind',
      change: withCertificate(samlFixture('ed25519-cert.pem')),
      pointer: CERTIFICATE,
      says: /key of the type ed25519, and only/,
    },
    {
      what: 'a weak key',
      change: withCertificate(certificates.weak),
      pointer: CERTIFICATE,
      says: /key of 768 bits, which is too weak/,
    },
    {
      what: 'an oversized certificate',
      change: withCertificate(certificates.large),
      pointer: CERTIFICATE,
      says: /has \d+ bytes in PEM, and at most 2048 are allowed.*quotas\.serviceProviderCertificateBytes/,
    },
    {
      what: 'signed requests without a certificate',
      change: { serviceProvider: { ...provider, authnRequestsSigned: true } },
      pointer: '/serviceProvider/requestSigningCertificates',
      says: /Give a certificate as well/,
    },
    {
      what: 'signed requests required without a certificate',
      change: { serviceProvider: provider, signedRequests: 'required' },
      pointer: '/signedRequests',
      says: /without a certificate of the service provider/,
    },
    // Metadata.
    {
      what: 'metadata that isn’t XML',
      change: metadata('hello'),
      pointer: METADATA,
      says: /The metadata can’t be used: /,
    },
    {
      what: 'metadata with a document type',
      change: metadata(`<!DOCTYPE x>${entity()}`),
      pointer: METADATA,
      says: /document type|DOCTYPE/i,
    },
    {
      what: 'incomplete metadata',
      change: metadata(
        '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://a.example"/>',
      ),
      pointer: METADATA,
      says: /: Missing child element\(s\)\. Expected is .*[^.]\.$/,
    },
    { what: 'other XML', change: metadata('<a/>'), pointer: METADATA, says: /its outermost element is a/ },
    {
      what: 'metadata without an ACS for POST',
      change: metadata(entity({ binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact' })),
      pointer: METADATA,
      says: /no AssertionConsumerService that takes responses by HTTP-POST/,
    },
    {
      what: 'metadata with a javascript: ACS',
      change: metadata(entity({ url: 'javascript:alert(1)' })),
      pointer: METADATA,
      says: /the address javascript:alert\(1\) can't be used/,
    },
    {
      what: 'several EntityDescriptors',
      change: metadata(
        `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${entity()}${entity({ entityId: 'https://two.example' })}</md:EntitiesDescriptor>`,
      ),
      pointer: METADATA,
      says: /2 entities.*https:\/\/new\.example, https:\/\/two\.example.*give the entityId of the one that is meant/,
    },
    {
      what: 'a weak certificate in metadata',
      change: metadata(entity({ content: keyOf(certificates.weak) })),
      pointer: METADATA,
      says: /768 bits/,
    },
    {
      what: 'an oversized certificate in metadata',
      change: metadata(entity({ content: keyOf(certificates.large) })),
      pointer: METADATA,
      says: /at most 2048/,
    },
    // Addresses.
    ...[
      ['javascript:alert(1)', /must begin with http/],
      [' javascript:alert(1)', /must begin with http/],
      ['java\nscript:alert(1)', /space or a control character/],
      ['data:text/html,<script>alert(1)</script>', /must begin with http/],
      ['vbscript:x', /must begin with http/],
      ['//evil.example/', /not a complete web address/],
      ['https:evil.example', /must begin with http/],
      ['https://ana:secret@app.example/', /must not contain a user name or password/],
      ['https://app.example/\u0007', /space or a control character/],
      ['https://app.example\\@evil.example', /backslash/],
      ['app', /not a complete web address/],
    ].map(([startUrl, says]) => ({
      what: `the start URL ${JSON.stringify(startUrl)}`,
      change: { startUrl },
      pointer: '/startUrl',
      says: says as RegExp,
    })),
    ...['javascript:alert(1)', 'data:,x', 'https://new.example/#f', 'https://u:p@new.example/acs', ''].map(
      (url) => ({
        what: `the ACS ${JSON.stringify(url)}`,
        change: { serviceProvider: { ...provider, acsUrls: [provider.acsUrls[0], url] } },
        pointer: '/serviceProvider/acsUrls/1',
        says: /must|not a complete/,
      }),
    ),
    // Mappings.
    {
      what: 'an unknown mapping name',
      change: mapped('${user:nickname}'),
      pointer: '/attributes/1/value',
      says: /“\$\{user:nickname\}” is not known\. The known attributes are \$\{user:AD_GUID\}, \$\{user:email\}, \$\{user:familyName\}, \$\{user:givenName\}, \$\{user:groups\}, \$\{user:middleName\}, \$\{user:name\}, \$\{user:preferredUsername\}, \$\{user:subject\}/,
    },
    {
      what: 'a variable of another directory',
      change: mapped('${dir:firstname}'),
      pointer: '/attributes/1/value',
      says: /is not known/,
    },
    {
      what: 'a mapping name in another case',
      change: mapped('${user:Email}'),
      pointer: '/attributes/1/value',
      says: /is not known/,
    },
    {
      what: 'a mapping that is never closed',
      change: mapped('x ${user:email'),
      pointer: '/attributes/1/value',
      says: /add the missing \}/,
    },
    { what: 'an empty mapping', change: mapped(' '), pointer: '/attributes/1/value', says: /needs a value/ },
    {
      what: 'a character that XML forbids',
      change: mapped('a\u0001b'),
      pointer: '/attributes/1/value',
      says: /position 2/,
    },
    {
      what: 'an attribute mapped twice',
      change: {
        attributes: [
          { name: 'a', value: 'x' },
          { name: 'a', value: 'y' },
        ],
      },
      pointer: '/attributes/1/name',
      says: /The attribute a is mapped twice/,
    },
    {
      what: 'an unknown attribute format',
      change: { attributes: [{ name: 'a', value: 'x', format: 'xml' }] },
      pointer: '/attributes/0/format',
      says: /one of unspecified, basic, uri/,
    },
    {
      what: 'an unknown name in the subject',
      change: { subject: { value: '${user:id}' } },
      pointer: '/subject/value',
      says: /The known attributes are/,
    },
    {
      what: 'an unknown NameID format',
      change: { subject: { format: 'x509' } },
      pointer: '/subject/format',
      says: /one of emailAddress, persistent/,
    },
    {
      what: 'a NameID that can’t be generated',
      change: { subject: { format: 'emailAddress', value: null } },
      pointer: '/subject/value',
      says: /Only persistent and transient/,
    },
    // Everything else.
    {
      what: 'a context class that isn’t a URI',
      change: { authnContextClassRef: 'strong' },
      pointer: '/authnContextClassRef',
      says: /is a URI/,
    },
    {
      what: 'an unknown NameID policy',
      change: { nameIdPolicy: 'lax' },
      pointer: '/nameIdPolicy',
      says: /one of configured, strict/,
    },
    {
      what: 'an unknown profile of requests',
      change: { requests: { profile: 'strict' } },
      pointer: '/requests/profile',
      says: /one of lenient, as-aws/,
    },
    {
      what: 'an unknown kind of group values',
      change: { groupValues: 'arns' },
      pointer: '/groupValues',
      says: /one of ids, names/,
    },
    {
      what: 'an unknown end of sessions',
      change: { sessionNotOnOrAfter: 'never' },
      pointer: '/sessionNotOnOrAfter',
      says: /one of none/,
    },
    {
      what: 'an unknown rule about signed requests',
      change: { signedRequests: 'yes' },
      pointer: '/signedRequests',
      says: /one of as-metadata, required/,
    },
    {
      what: 'a session of zero length',
      change: { sessionDuration: 'PT0S' },
      pointer: '/sessionDuration',
      says: /PT1M/,
    },
    { what: 'a skew of a day', change: { notBeforeSkew: 'P1D' }, pointer: '/notBeforeSkew', says: /PT1H/ },
    {
      what: 'nothing signed',
      change: { signing: { response: false, assertion: false } },
      pointer: '/signing',
      says: /Sign the response, the assertion, or both/,
    },
    {
      what: 'a relay state of more than 8 KiB',
      change: { relayState: 'é'.repeat(4097) },
      pointer: '/relayState',
      says: /more than 8 KiB/,
    },
    {
      what: 'an unknown field',
      change: { sessionDurations: 'PT1H' },
      pointer: '/sessionDurations',
      says: /sessionDurations|[Uu]nknown|[Uu]nrecognized/,
    },
  ];
}

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { issueSelfSigned } from '../../src/certificates/self-signed.ts';
import { randomIds } from '../../src/platform/ids.ts';
import { manualClock, START_AT } from '../support/clock.ts';
import { contentsOf } from '../support/file-server.ts';
import { fixedKeyPair, samlFixture } from '../support/keys.ts';
import { API_TOKEN, EXAMPLE, startServer, type TestServer } from '../support/server.ts';
import { api } from '../support/single-sign-on.ts';

const provider = { entityId: 'https://new.example', acsUrls: ['https://new.example/acs'] };
const POST_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

interface Metadata {
  attributes?: string;
  binding?: string;
  url?: string;
  content?: string;
  entityId?: string;
}
const entity = ({
  attributes = '',
  binding = POST_BINDING,
  url = 'https://new.example/acs',
  content = '',
  entityId = 'https://new.example',
}: Metadata = {}) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}"${attributes}>` +
  `<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${content}` +
  `<md:AssertionConsumerService Binding="${binding}" Location="${url}" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>`;
const keyOf = (certificate: string) =>
  `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.replace(/-----.*-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

const certificateOf = async (
  keyPair: { privateKeyPem: string; publicKeyPem: string },
  organizationalUnit = 'tests',
) =>
  (
    await issueSelfSigned({
      keyPair,
      commonName: 'sp',
      organizationalUnit,
      validFromAt: START_AT,
      validityMonths: 6,
      ids: randomIds,
    })
  ).certificatePem;

/** A field's name, where the fault is: of the API, of the file where that differs. */
interface Row {
  what: string;
  change: Record<string, unknown>;
  at: string;
  says: RegExp;
}

describe('bad input for an application', () => {
  let server: TestServer;
  let rows: Row[];
  const certificates: Record<'weak' | 'large' | 'good', string> = {
    weak: '',
    large: '',
    good: samlFixture('sp-cert.pem'),
  };

  before(async function () {
    this.timeout(30_000); // the keys of a first run
    server = await startServer({ organization: EXAMPLE, clock: manualClock() });
    const short = generateKeyPairSync('rsa', {
      modulusLength: 768,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    certificates.weak = await certificateOf({
      privateKeyPem: short.privateKey,
      publicKeyPem: short.publicKey,
    });
    certificates.large = await certificateOf(fixedKeyPair(), 'x'.repeat(900));
    rows = table();
  });
  after(() => server.stop());

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

  const table = (): Row[] => [
    // Certificates.
    { what: 'no PEM', change: withCertificate('hello'), at: CERTIFICATE, says: /not an X\.509 certificate/ },
    {
      what: 'a PEM that is cut short',
      change: withCertificate(`${certificates.good.slice(0, 300)}\n-----END CERTIFICATE-----`),
      at: CERTIFICATE,
      says: /not an X\.509 certificate/,
    },
    {
      what: 'a private key instead',
      change: withCertificate(samlFixture('sp-key.pem')),
      at: CERTIFICATE,
      says: /not an X\.509/,
    },
    {
      what: 'a key of another kind',
      change: withCertificate(samlFixture('ec-cert.pem')),
      at: CERTIFICATE,
      says: /RSA key/,
    },
    {
      what: 'a weak key',
      change: withCertificate(certificates.weak),
      at: CERTIFICATE,
      says: /key of 768 bits, which is too weak/,
    },
    {
      what: 'an oversized certificate',
      change: withCertificate(certificates.large),
      at: CERTIFICATE,
      says: /has \d+ bytes in PEM, and at most 2048 are allowed.*quotas\.serviceProviderCertificateBytes/,
    },
    {
      what: 'signed requests without a certificate',
      change: { serviceProvider: { ...provider, authnRequestsSigned: true } },
      at: '/serviceProvider/requestSigningCertificates',
      says: /Give a certificate as well/,
    },
    {
      what: 'signed requests required without a certificate',
      change: { serviceProvider: provider, signedRequests: 'required' },
      at: '/signedRequests',
      says: /no certificate of the service provider is known/,
    },
    // Metadata.
    {
      what: 'metadata that is no XML',
      change: metadata('hello'),
      at: METADATA,
      says: /The metadata can’t be used: /,
    },
    {
      what: 'metadata of a document type',
      change: metadata(`<!DOCTYPE x>${entity()}`),
      at: METADATA,
      says: /document type|DOCTYPE/i,
    },
    { what: 'other XML', change: metadata('<a/>'), at: METADATA, says: /its outermost element is a/ },
    {
      what: 'metadata without an ACS for POST',
      change: metadata(entity({ binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact' })),
      at: METADATA,
      says: /no AssertionConsumerService that takes responses by HTTP-POST/,
    },
    {
      what: 'metadata with a javascript: ACS',
      change: metadata(entity({ url: 'javascript:alert(1)' })),
      at: METADATA,
      says: /the address javascript:alert\(1\) can't be used/,
    },
    {
      what: 'several EntityDescriptors',
      change: metadata(
        `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${entity()}${entity({ entityId: 'https://two.example' })}</md:EntitiesDescriptor>`,
      ),
      at: METADATA,
      says: /2 entities.*https:\/\/new\.example, https:\/\/two\.example.*give the entityId of the one that is meant/,
    },
    {
      what: 'a weak certificate in metadata',
      change: metadata(entity({ content: keyOf(certificates.weak) })),
      at: METADATA,
      says: /768 bits/,
    },
    {
      what: 'an oversized certificate in metadata',
      change: metadata(entity({ content: keyOf(certificates.large) })),
      at: METADATA,
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
      at: '/startUrl',
      says: says as RegExp,
    })),
    ...['javascript:alert(1)', 'data:,x', 'https://new.example/#f', 'https://u:p@new.example/acs', ''].map(
      (url) => ({
        what: `the ACS ${JSON.stringify(url)}`,
        change: { serviceProvider: { ...provider, acsUrls: [provider.acsUrls[0], url] } },
        at: '/serviceProvider/acsUrls/1',
        says: /must|not a complete/,
      }),
    ),
    // Mappings.
    {
      what: 'an unknown mapping name',
      change: mapped('${user:nickname}'),
      at: '/attributes/1/value',
      says: /“\$\{user:nickname\}” is not known\. Known are \$\{user:AD_GUID\}, \$\{user:email\}, \$\{user:familyName\}, \$\{user:givenName\}, \$\{user:groups\}, \$\{user:middleName\}, \$\{user:name\}, \$\{user:preferredUsername\}, \$\{user:subject\}/,
    },
    {
      what: 'a directory’s name',
      change: mapped('${dir:firstname}'),
      at: '/attributes/1/value',
      says: /is not known/,
    },
    {
      what: 'a name in other letters',
      change: mapped('${user:Email}'),
      at: '/attributes/1/value',
      says: /is not known/,
    },
    {
      what: 'a mapping that is never closed',
      change: mapped('x ${user:email'),
      at: '/attributes/1/value',
      says: /add the missing \}/,
    },
    { what: 'an empty mapping', change: mapped(' '), at: '/attributes/1/value', says: /needs a value/ },
    {
      what: 'a character that XML forbids',
      change: mapped('a\u0001b'),
      at: '/attributes/1/value',
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
      at: '/attributes/1/name',
      says: /The attribute a is mapped twice/,
    },
    {
      what: 'an unknown attribute format',
      change: { attributes: [{ name: 'a', value: 'x', format: 'xml' }] },
      at: '/attributes/0/format',
      says: /one of unspecified, basic, uri/,
    },
    {
      what: 'an unknown name in the subject',
      change: { subject: { value: '${user:id}' } },
      at: '/subject/value',
      says: /Known are/,
    },
    {
      what: 'an unknown NameID format',
      change: { subject: { format: 'x509' } },
      at: '/subject/format',
      says: /one of emailAddress, persistent/,
    },
    {
      what: 'a NameID that nobody can make',
      change: { subject: { format: 'emailAddress', value: null } },
      at: '/subject/value',
      says: /Only persistent and transient/,
    },
    // Everything else.
    {
      what: 'a context class that is no URI',
      change: { authnContextClassRef: 'strong' },
      at: '/authnContextClassRef',
      says: /is a URI/,
    },
    {
      what: 'an unknown NameID policy',
      change: { nameIdPolicy: 'lax' },
      at: '/nameIdPolicy',
      says: /one of configured, strict/,
    },
    {
      what: 'an unknown kind of group values',
      change: { groupValues: 'arns' },
      at: '/groupValues',
      says: /one of ids, names/,
    },
    {
      what: 'an unknown end of sessions',
      change: { sessionNotOnOrAfter: 'never' },
      at: '/sessionNotOnOrAfter',
      says: /one of none/,
    },
    {
      what: 'an unknown rule about signed requests',
      change: { signedRequests: 'yes' },
      at: '/signedRequests',
      says: /one of as-metadata, required/,
    },
    {
      what: 'a session of no time',
      change: { sessionDuration: 'PT0S' },
      at: '/sessionDuration',
      says: /PT1M/,
    },
    { what: 'a skew of a day', change: { notBeforeSkew: 'P1D' }, at: '/notBeforeSkew', says: /PT1H/ },
    {
      what: 'nothing signed',
      change: { signing: { response: false, assertion: false } },
      at: '/signing',
      says: /Sign the response, the assertion, or both/,
    },
    {
      what: 'a relay state of more than 8 KiB',
      change: { relayState: 'é'.repeat(4097) },
      at: '/relayState',
      says: /more than 8 KiB/,
    },
    {
      what: 'a field that there isn’t',
      change: { sessionDurations: 'PT1H' },
      at: '/sessionDurations',
      says: /sessionDurations|[Uu]nknown|[Uu]nrecognized/,
    },
  ];

  const problem = z.object({
    status: z.literal(400),
    errors: z.array(
      z.object({
        pointer: z.string(),
        detail: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    ),
  });
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const path = (rest: string) => `/api/v1/organizations/default/${rest}`;
  const send = (method: string, rest: string, json: object) =>
    server.browser().send(method, path(rest), { json, headers });
  /** All that a refused change must leave as it was; of events, those that tell of failures may come. */
  const contents = async () => {
    const all = await contentsOf(server.db);
    return { ...all, events: (all['events'] ?? []).filter((row) => !/errorCode/.test(row)) };
  };
  const refusedAt = (body: string) => {
    const [fault, ...others] = problem.parse(JSON.parse(body)).errors;
    assert.deepEqual(others, [], 'it is told once');
    return fault ?? assert.fail(body);
  };

  // The rows hold certificates that are made first: one test walks them, and says which row it was.
  const walk = async (judge: (row: Row) => Promise<void>) => {
    assert.ok(rows.length > 50);
    for (const row of rows) {
      const before = await contents();
      try {
        await judge(row);
        assert.deepEqual(await contents(), before, 'something was changed');
      } catch (error) {
        throw new Error(`${row.what}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
  };

  it('makes no application: the field is named, the reason told, and nothing written', async function () {
    this.timeout(20_000);
    await walk(async ({ change, at, says }) => {
      const { body, status } = await send('POST', 'applications', {
        ...{ key: 'new', displayName: 'New', serviceProvider: provider },
        ...change,
      });
      assert.equal(status, 400, body);
      const { pointer, detail } = refusedAt(body);
      assert.equal(pointer, at);
      assert.match(detail, says);
    });
  });

  it('changes no application', async function () {
    this.timeout(20_000);
    await walk(async ({ change, at, says }) => {
      // Something good beside it isn't done, either.
      const { body, status } = await send('PATCH', 'applications/wiki', {
        description: 'changed',
        ...change,
      });
      assert.equal(status, 400, body);
      const { pointer, detail } = refusedAt(body);
      assert.equal(pointer, at);
      assert.match(detail, says);
    });
  });

  it('applies no organization file: the line and column are told as well', async function () {
    this.timeout(30_000);
    await walk(async ({ change, at, says }) => {
      const { key, ...given } = { key: 'new', displayName: 'New', serviceProvider: provider, ...change };
      // One property a line, so that the line says which one it is; a good user before it isn't made.
      const lines = [
        ...EXAMPLE.trimEnd().split('\n'),
        `  - key: ${key}`,
        ...Object.entries(given).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
      ];
      const text = lines.join('\n').replace('groups:\n', 'groups:\n  - {displayName: Fresh}\n');
      const answer = await fetch(new URL(path('file'), server.publicUrl), {
        method: 'PUT',
        body: text,
        headers: { ...headers, 'content-type': 'application/yaml' },
      });
      const body = await answer.text();
      const { status } = answer;
      assert.equal(status, 400, body);
      const { pointer, detail, line, column } = refusedAt(body);
      assert.equal(pointer, `/applications/2${at}`);
      assert.match(detail, says);
      const [, property = ''] = at.split('/');
      const written = text.split('\n');
      assert.match(written[(line ?? 0) - 1] ?? '', new RegExp(`^    ${property}: `));
      assert.ok((column ?? 0) > 4 && (column ?? 0) <= (written[(line ?? 0) - 1] ?? '').length);
    });
  });

  describe('is only warned of', () => {
    const warnings = async (serviceProvider: object) =>
      z
        .object({ warnings: z.array(z.object({ code: z.string(), message: z.string() })) })
        .parse(await api(server, 'PATCH', 'applications/wiki', { serviceProvider })).warnings;

    it('where metadata has expired', async () => {
      const [warning] = await warnings({
        metadataXml: entity({ attributes: ' validUntil="2020-01-01T00:00:00Z"' }),
      });
      assert.deepEqual(warning, {
        code: 'expired',
        message: 'the metadata was valid until 2020-01-01T00:00:00Z',
      });
    });

    it('where a certificate has, in values and in metadata', async () => {
      const pem = await certificateOf(fixedKeyPair('other'));
      const given = [
        { ...provider, requestSigningCertificates: [certificates.good, pem] },
        { metadataXml: entity({ content: keyOf(pem) }) },
      ];
      for (const each of given) assert.deepEqual(await warnings(each), []);
      server.clock.advance(400 * 24 * 3_600_000);
      for (const each of given) {
        const [warning, ...others] = await warnings(each);
        assert.deepEqual(others, []);
        assert.equal(warning?.code, 'certificate-expired');
        assert.match(warning.message, /expired at 2026-\d\d-\d\dT/);
      }
    });
  });

  it('signed requests can’t be required of what has no certificate, nor the certificate taken away from what requires them', async () => {
    const keyed = { ...provider, requestSigningCertificates: [certificates.good] };
    await api(server, 'POST', 'applications', {
      key: 'keyed',
      displayName: 'Keyed',
      serviceProvider: keyed,
      signedRequests: 'required',
    });
    const before = await contents();
    for (const change of [
      { serviceProvider: provider },
      { serviceProvider: provider, displayName: 'Other' },
    ]) {
      const { body, status } = await send('PATCH', 'applications/keyed', change);
      assert.equal(status, 400);
      assert.equal(refusedAt(body).pointer, '/signedRequests');
    }
    assert.equal((await send('PATCH', 'applications/notes', { signedRequests: 'required' })).status, 400);
    assert.deepEqual(await contents(), before);
    await api(server, 'PATCH', 'applications/keyed', {
      serviceProvider: provider,
      signedRequests: 'as-metadata',
    });
  });
});

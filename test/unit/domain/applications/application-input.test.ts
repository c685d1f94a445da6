import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../src/domain/applications/application.ts';
import {
  applicationChangeSchema,
  applicationInputSchema,
  applicationKeySchema,
  defaultKey,
  settingsOf,
} from '../../../../src/domain/applications/application-input.ts';
import { rsaCertificate } from '../../../support/applications/odd-keys.ts';
import { samlFixture } from '../../../support/saml/keys.ts';

const serviceProvider = {
  entityId: 'https://wiki.example.com/saml',
  acsUrls: ['https://wiki.example.com/acs'],
};
const wiki = { displayName: 'Wiki', serviceProvider };

/** The faults of an input as `path: message`. */
function faultsOf(
  change: Record<string, unknown>,
  schema: Pick<typeof applicationInputSchema, 'safeParse'> = applicationInputSchema,
) {
  const result = schema.safeParse({ ...wiki, ...change });
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the input of an application', () => {
  it('is checked no further where it is too long', () => {
    const before = process.cpuUsage();
    const long = 'a'.repeat(1_900_000);
    const chinese = Array.from({ length: 60_000 }, (_, index) =>
      String.fromCharCode(0x4e00 + (index % 20_000)),
    );
    assert.equal(faultsOf({ startUrl: `https://${chinese.join('')}/` }).length, 1);
    assert.equal(faultsOf({ authnContextClassRef: `https://${chinese.join('')}/` }).length, 1);
    assert.equal(faultsOf({ displayName: `${long}\0` }).length, 1);
    const certificates = (texts: string[]) => ({
      serviceProvider: { ...serviceProvider, requestSigningCertificates: texts },
    });
    const one = rsaCertificate(1024);
    assert.deepEqual(faultsOf(certificates(Array.from({ length: 3000 }, () => one))), [
      'serviceProvider.requestSigningCertificates: At most ten certificates.',
    ]);
    assert.deepEqual(faultsOf(certificates([long])), [
      'serviceProvider.requestSigningCertificates.0: A certificate has more than 128 KiB.',
    ]);
    const { user } = process.cpuUsage(before);
    assert.ok(user < 300_000, `${user} µs`);
  });

  it('accepts everything that the organization file can express', () => {
    const input = applicationInputSchema.parse({
      ...wiki,
      key: 'wiki',
      description: 'All we know\nand more',
      enabled: false,
      icon: 'book',
      startUrl: 'https://wiki.example.com/#/start',
      relayState: 'https://wiki.example.com/home?a=b&c=d',
      sessionDuration: 'PT8H',
      subject: { value: '${user:subject}', format: 'persistent' },
      attributes: [
        { name: 'mail', value: '${user:email}', format: 'basic' },
        { name: 'groups', value: '${user:groups}' },
      ],
      signing: { assertion: false },
    });
    assert.deepEqual(input.attributes?.[1], {
      name: 'groups',
      value: '${user:groups}',
      format: 'unspecified',
    });
    assert.deepEqual(input.signing, { response: true, assertion: false });
    assert.deepEqual(input.serviceProvider, {
      from: 'values',
      ...serviceProvider,
      requestSigningCertificates: [],
      authnRequestsSigned: false,
    });
  });

  it('adds the defaults to an incomplete input', () => {
    const input = applicationInputSchema.parse(wiki);
    assert.deepEqual(settingsOf(input), DEFAULT_SETTINGS);
    assert.deepEqual(
      DEFAULT_SETTINGS.attributes.map(({ name }) => name),
      ['email', 'givenName', 'familyName', 'displayName'],
    );
  });

  it('treats an empty list of attributes as no attributes', () => {
    assert.deepEqual(settingsOf(applicationInputSchema.parse({ ...wiki, attributes: [] })).attributes, []);
  });

  it('completes a subject that is given in part', () => {
    const subject = (given: object) =>
      settingsOf(applicationInputSchema.parse({ ...wiki, subject: given })).subject;
    assert.deepEqual(subject({ format: 'transient' }), { value: null, format: 'transient' });
    assert.deepEqual(subject({ format: 'unspecified' }), { value: '${user:email}', format: 'unspecified' });
    assert.deepEqual(subject({ format: 'persistent', value: 'x' }), { value: 'x', format: 'persistent' });
    assert.deepEqual(subject({ value: 'x' }), { value: 'x', format: 'emailAddress' });
  });

  it('remembers which sample an application belongs to, until it gets another service provider', () => {
    const sample = settingsOf(
      applicationInputSchema.parse({ ...wiki, serviceProvider: { sample: 'notes' } }),
    );
    assert.equal(sample.sample, 'notes');
    assert.equal(settingsOf(applicationChangeSchema.parse({ enabled: false }), sample).sample, 'notes');
    assert.equal(settingsOf(applicationChangeSchema.parse({ serviceProvider }), sample).sample, null);
  });

  it('leaves alone in a change what the change doesn’t name, and removes what it sets to null', () => {
    const base = {
      ...DEFAULT_SETTINGS,
      startUrl: 'https://wiki.example.com/',
      relayState: 'home',
      icon: 'book',
      attributes: [],
      signing: { response: false, assertion: true },
    };
    assert.deepEqual(settingsOf(applicationChangeSchema.parse({}), base), base);
    const change = applicationChangeSchema.parse({ startUrl: null, relayState: null, icon: null });
    assert.deepEqual(settingsOf(change, base), { ...base, startUrl: null, relayState: null, icon: null });
  });

  it('allows no key in a change, and adds no defaults to it', () => {
    assert.deepEqual(applicationChangeSchema.parse({}), {});
    assert.equal(applicationChangeSchema.safeParse({ key: 'other' }).success, false);
  });

  const refused: [change: Record<string, unknown>, fault: RegExp][] = [
    [{ unknown: 1 }, /^: .*unknown/],
    [{ displayName: '  ' }, /^displayName: The display name must have 1 to 128 characters/],
    [{ displayName: 'a\u0000b' }, /^displayName: .*U\+0000/],
    [{ displayName: 'a\nb' }, /^displayName: .*single line/],
    [{ key: 'Wiki' }, /^key: A key has/],
    [{ icon: 'boook' }, /^icon: There is no icon “boook”\. The icons are: book, .*world\.$/],
    [{ icon: '../../etc/passwd' }, /^icon: /],
    [{ icon: 'lock' }, /^icon: /], // of our pages only
    [
      { startUrl: 'javascript:alert(1)' },
      /^startUrl: The start URL must begin with http:\/\/ or https:\/\/\.$/,
    ],
    [{ startUrl: 'java\nscript:alert(1)' }, /^startUrl: .*control character/],
    [{ startUrl: 'data:text/html,x' }, /^startUrl: .*must begin/],
    [{ startUrl: '/home' }, /^startUrl: .*complete web address/],
    [{ startUrl: 'https://ana:secret@wiki.example.com/' }, /^startUrl: .*user name or password/],
    [{ relayState: 'ä'.repeat(4097) }, /^relayState: .*8 KiB/],
    [{ relayState: '\u0000' }, /^relayState: /],
    [{ sessionDuration: '1h' }, /^sessionDuration: .*PT1M to P30D/],
    [{ sessionDuration: 'PT59S' }, /^sessionDuration: /],
    [{ sessionDuration: 'P31D' }, /^sessionDuration: /],
    [
      { subject: { value: '${user:mail}' } },
      /^subject\.value: “\$\{user:mail\}” is not known\. The known attributes are .*\$\{user:email\}/,
    ],
    [{ subject: { value: null } }, /^subject\.value: .*name one of them in format/],
    [{ subject: { value: null, format: 'entity' } }, /^subject\.value: .*entity needs one/],
    [{ subject: { value: '' } }, /^subject\.value: A mapping needs a value/],
    [{ subject: { value: 'a\u0000' } }, /^subject\.value: .*U\+0000 at position 2/],
    [{ subject: { value: '$'.repeat(4097) } }, /^subject\.value: .*4096/],
    [{ subject: { format: 'kerberos' } }, /^subject\.format: format must be one of emailAddress, persistent/],
    [
      { attributes: [{ name: 'a', value: '${user:nope}' }] },
      /^attributes\.0\.value: .*The known attributes are/,
    ],
    [{ attributes: [{ name: '', value: 'x' }] }, /^attributes\.0\.name: /],
    [
      { attributes: [{ name: 'a', value: 'x', format: 'Basic' }] },
      /^attributes\.0\.format: format must be one of/,
    ],
    [
      {
        attributes: [
          { name: 'a', value: 'x' },
          { name: 'a', value: 'y' },
        ],
      },
      /^attributes\.1\.name: The attribute a is mapped twice/,
    ],
    [
      { signing: { response: false, assertion: false } },
      /^signing: Sign the response, the assertion, or both/,
    ],
    [{ serviceProvider: {} }, /^serviceProvider: Give the service provider’s metadata \(.*\), or its values/],
    [{ serviceProvider: undefined }, /^serviceProvider: /],
    [{ serviceProvider: { ...serviceProvider, metadataXml: '<x/>' } }, /only one of these/],
    [{ serviceProvider: { sample: 'notes', metadataXml: '<x/>' } }, /only one of these/],
    [{ serviceProvider: { ...serviceProvider, metadata: './x.xml' } }, /^serviceProvider: .*metadata/],
    [{ serviceProvider: { entityId: 'x' } }, /^serviceProvider\.acsUrls: Give the AssertionConsumerService/],
    [
      { serviceProvider: { acsUrls: serviceProvider.acsUrls } },
      /^serviceProvider\.entityId: Give the entity ID/,
    ],
    [
      { serviceProvider: { ...serviceProvider, acsUrls: [] } },
      /^serviceProvider\.acsUrls: Give at least one/,
    ],
    [
      { serviceProvider: { entityId: 'x', acsUrls: ['javascript:alert(1)'] } },
      /^serviceProvider\.acsUrls\.0: .*must begin/,
    ],
    [
      { serviceProvider: { entityId: 'x', acsUrls: ['https://a.example/#b'] } },
      /^serviceProvider\.acsUrls\.0: .*fragment/,
    ],
    [
      { serviceProvider: { entityId: 'x', acsUrls: ['https://a.example', 'https://a.example'] } },
      /in the list twice/,
    ],
    [
      { serviceProvider: { ...serviceProvider, entityId: 'x'.repeat(1025) } },
      /^serviceProvider\.entityId: .*1024/,
    ],
    [
      { serviceProvider: { ...serviceProvider, entityId: '世'.repeat(1000) } },
      /^serviceProvider\.entityId: .*2 KiB/,
    ],
    [
      { serviceProvider: { ...serviceProvider, authnRequestsSigned: true } },
      /^serviceProvider\.requestSigningCertificates: Give a certificate/,
    ],
    [
      { serviceProvider: { ...serviceProvider, requestSigningCertificates: ['hello'] } },
      /requestSigningCertificates\.0: This is not an X\.509 certificate/,
    ],
    [
      {
        serviceProvider: {
          ...serviceProvider,
          requestSigningCertificates: [samlFixture('ed25519-cert.pem')],
        },
      },
      /key of the type ed25519/,
    ],
  ];
  for (const [change, fault] of refused) {
    it(`refuses ${JSON.stringify(change).slice(0, 90)}`, () => {
      const faults = faultsOf(change);
      assert.equal(faults.length, 1, faults.join('\n'));
      assert.match(faults[0] ?? '', fault);
    });
  }

  it('stores certificates as base64 without line breaks', () => {
    const certificatePem = samlFixture('sp-cert.pem');
    const provider = {
      ...serviceProvider,
      requestSigningCertificates: [certificatePem],
      authnRequestsSigned: true,
    };
    const input = applicationInputSchema.parse({ ...wiki, serviceProvider: provider });
    assert.ok(input.serviceProvider?.from === 'values');
    const [certificate] = input.serviceProvider.requestSigningCertificates;
    assert.equal(certificate, certificatePem.replace(/-----.*-----|\s/g, ''));
  });

  const keys: [displayName: string, key: string][] = [
    ['Wiki', 'wiki'],
    ['Ana’s Größtes Wiki (old)', 'ana-s-gro-tes-wiki-old'],
    ['  Crème  brûlée  ', 'creme-brulee'],
    ['日本語', 'application'],
    ['ins-0123456789abcdef', 'app-ins-0123456789abcdef'],
    ['x'.repeat(128), 'x'.repeat(60)],
    [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
    ['ins-' + 'x'.repeat(80), 'app-ins-' + 'x'.repeat(56)],
  ];
  for (const [displayName, key] of keys) {
    it(`makes the key ${key.slice(0, 30)} from ${displayName.slice(0, 30)}`, () => {
      assert.equal(defaultKey(displayName), key);
      assert.equal(applicationKeySchema.parse(key), key);
    });
  }

  for (const key of ['', '-a', 'a-', 'a b', 'a/b', '..', 'ins-0123456789abcdef', 'x'.repeat(65)]) {
    it(`refuses the key ${JSON.stringify(key.slice(0, 30))}`, () => {
      assert.equal(applicationKeySchema.safeParse(key).success, false);
    });
  }
});

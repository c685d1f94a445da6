import assert from 'node:assert/strict';
import { samlFixture } from '../../../support/saml/keys.ts';
import {
  edited,
  faultsOf,
  readGood,
  type Edit,
} from '../../../support/organization-file/organization-files.ts';

const mistake = (title: string, edits: readonly Edit[], ...expected: string[]) =>
  it(title, async () => assert.equal(await faultsOf(edited(...edits)), expected.join('\n')));

const VALUES =
  '      entityId: https://ledger.example.com\n      acsUrls: [https://ledger.example.com/acs]\n';
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const whole = (...lines: string[]): Edit => [VALUES, lines.map((each) => `      ${each}\n`).join('')];
const ACS = `{url: https://ledger.example.com/acs, isDefault: true}`;

const bringing = (...lines: string[]): Edit => [
  '  - key: ledger\n',
  `  - key: ledger\n${lines.map((each) => `    ${each}\n`).join('')}`,
];
const pem = (name: string) => JSON.stringify(samlFixture(name));
const certificate = (cert: string, key: string, more = '') =>
  `{certificate: ${cert}, privateKey: ${key}${more}}`;
const GOOD = certificate(pem('idp-cert.pem'), pem('idp-key.pem'));

describe('a service provider in an organization file', () => {
  it('may be declared in full, as metadata would describe it', async () => {
    const file = await readGood(
      whole(
        'entityId: https://ledger.example.com',
        'assertionConsumerServices:',
        '  - {url: https://ledger.example.com/artifact, index: 3, binding: urn:example}',
        `  - ${ACS}`,
        `requestSigningCertificates: [${pem('sp-cert.pem')}]`,
        'authnRequestsSigned: true',
        'singleLogoutServices: [{url: https://ledger.example.com/out, binding: urn:example}]',
        'nameIdFormats: [urn:a, urn:b]',
      ),
    );
    const { serviceProvider } = file.applications[1] ?? assert.fail();
    assert.ok(serviceProvider?.from === 'relying-party');
    const { requestSigningCertificates: certificates, ...others } = serviceProvider.relyingParty;
    assert.match(certificates[0] ?? '', /^MII[^\s-]+$/);
    assert.deepEqual(others, {
      entityId: 'https://ledger.example.com',
      assertionConsumerServices: [
        { url: 'https://ledger.example.com/artifact', index: 3, isDefault: false, binding: 'urn:example' },
        { url: 'https://ledger.example.com/acs', isDefault: true, binding: POST },
      ],
      authnRequestsSigned: true,
      singleLogoutServices: [{ url: 'https://ledger.example.com/out', binding: 'urn:example' }],
      nameIdFormats: ['urn:a', 'urn:b'],
      wantAssertionsSigned: false,
    });
  });

  it('may be one of several in a metadata file', async () => {
    const file = await readGood([
      'metadata: ./wiki-metadata.xml',
      'metadata: ./wiki-metadata.xml\n      entityId: https://wiki.example.com/saml',
    ]);
    const { serviceProvider } = file.applications[0] ?? assert.fail();
    assert.equal(
      serviceProvider?.from === 'metadata' && serviceProvider.entityId,
      'https://wiki.example.com/saml',
    );
  });

  describe('is refused for', () => {
    const place = 'applications[1].serviceProvider';
    mistake(
      'an address that runs code (attack)',
      [whole('entityId: a', 'assertionConsumerServices: [{url: "javascript:alert(1)", isDefault: true}]')],
      `org.yaml:38:41: ${place}.assertionConsumerServices[0].url: The AssertionConsumerService must begin with http:// or https://.`,
    );
    mistake(
      'a default that can’t be answered',
      [
        whole(
          'entityId: a',
          'assertionConsumerServices: [{url: https://a.example/, isDefault: true, binding: urn:x}]',
        ),
      ],
      `org.yaml:38:34: ${place}.assertionConsumerServices: The default AssertionConsumerService must take HTTP-POST (${POST}).`,
    );
    mistake(
      'no default',
      [whole('entityId: a', 'assertionConsumerServices: [{url: https://a.example/}]')],
      `org.yaml:38:34: ${place}.assertionConsumerServices: Exactly one AssertionConsumerService must be the default, with isDefault: true.`,
    );
    mistake(
      'metadata together with values, and incomplete values',
      [whole('acsUrls: [https://a.example/]', 'wantAssertionsSigned: true', 'authnRequestsSigned: true')],
      `org.yaml:37:7: ${place}.requestSigningCertificates: requestSigningCertificates is missing. Give a certificate as well: without one no request’s signature can be verified.`,
      `org.yaml:37:7: ${place}.entityId: entityId is missing. Give the entity ID.`,
      `org.yaml:37:7: ${place}.assertionConsumerServices: assertionConsumerServices is missing. Give the AssertionConsumerServices as well.`,
      `org.yaml:37:16: ${place}.acsUrls: acsUrls can’t be combined with assertionConsumerServices and other details of metadata.`,
    );
    mistake(
      'a certificate whose key can’t verify requests',
      [[VALUES, `${VALUES}      requestSigningCertificates: [${pem('ed25519-cert.pem')}]\n`]],
      `org.yaml:39:36: ${place}.requestSigningCertificates[0]: The certificate has a key of the type ed25519, and only RSA, and ECDSA on P-256, P-384 or P-521, can be verified.`,
    );
    const certificates = 'applications[1].certificates';
    mistake(
      'a certificate without a key, with another certificate’s key, or with an unusable key',
      [
        bringing(
          'certificates:',
          `  - {certificate: ${pem('idp-cert.pem')}}`,
          `  - ${certificate(pem('idp-cert.pem'), pem('other-key.pem'), ', active: false')}`,
        ),
      ],
      `org.yaml:36:9: ${certificates}[0].privateKey: privateKey is missing. The private key must be text in PEM.`,
      `org.yaml:37:${'      - {certificate: '.length + pem('idp-cert.pem').length + ', privateKey: '.length + 1}: ${certificates}[1].privateKey: This is not the certificate’s key.`,
    );
    mistake(
      'text that isn’t a certificate, and a key that isn’t a key',
      [
        bringing(
          'certificates:',
          `  - ${certificate('nonsense', pem('idp-key.pem'))}`,
          `  - ${certificate(pem('idp-cert.pem'), 'nonsense', ', active: false')}`,
        ),
      ],
      `org.yaml:36:23: ${certificates}[0].certificate: This is not an X.509 certificate in PEM (-----BEGIN CERTIFICATE-----).`,
      `org.yaml:37:${'      - {certificate: '.length + pem('idp-cert.pem').length + ', privateKey: '.length + 1}: ${certificates}[1].privateKey: This is not a private key in PEM without a password (-----BEGIN PRIVATE KEY-----).`,
    );
    mistake(
      'a key of another kind',
      [
        bringing(
          'certificates:',
          '  - certificate: ' + pem('ec-cert.pem'),
          '    privateKey: ' + pem('ec-key.pem'),
        ),
      ],
      `org.yaml:37:21: ${certificates}[0].privateKey: This is a key of the type EC: responses are signed with RSA.`,
    );
    mistake(
      'two active certificates',
      [
        bringing(
          'certificates:',
          `  - ${GOOD}`,
          `  - ${certificate(pem('other-cert.pem'), pem('other-key.pem'))}`,
        ),
      ],
      `org.yaml:36:7: ${certificates}: Exactly one certificate must be active.`,
    );
    mistake(
      'ids in another format, or used twice',
      [
        ['  - displayName: Finance\n', '  - displayName: Finance\n    id: nonsense\n'],
        bringing('id: ins-0123456789abcdef'),
        ['  - key: notes\n', '  - key: notes\n    id: ins-0123456789abcdef\n'],
      ],
      'org.yaml:11:9: groups[1].id: A group’s id is ten hexadecimal digits of the directory’s id, a hyphen and a UUID.',
      'org.yaml:46:9: applications[2].id: The id ins-0123456789abcdef is declared twice, first in line 36.',
    );
    mistake(
      'a MAC without the hash that it belongs to',
      [['    password: Correct-Horse-7\n', `    declaredPasswordMac: ${'A'.repeat(43)}\n`]],
      'org.yaml:13:26: users[0].declaredPasswordMac: The MAC belongs to a passwordHash: give both, or neither.',
    );
    mistake(
      'a clock with an invalid instant',
      [['name: Example Corp,', 'name: Example Corp, clock: {frozenAt: noon, offsetMs: 1.5},']],
      'org.yaml:2:54: organization.clock.frozenAt: Expected an instant such as 2026-01-31T12:00:00.000Z.',
      'org.yaml:2:70: organization.clock.offsetMs: Expected a whole number.',
    );
    mistake(
      'a principal that can’t have existed',
      [
        [
          '{groups: [Engineering], users: [olga@example.com]}',
          '{principals: [{type: EVERYONE, id: x, name: y}, {type: USER, id: x, name: ""}]}',
        ],
      ],
      'org.yaml:33:39: applications[0].assignments.principals[0].type: A principal has a type (USER or GROUP), an id and a name.',
      'org.yaml:33:83: applications[0].assignments.principals[1].id: A user’s id is ten hexadecimal digits of the directory’s id, a hyphen and a UUID.',
      'org.yaml:33:92: applications[0].assignments.principals[1].name: The principal’s name must have 1 to 1024 characters.',
    );
  });
});

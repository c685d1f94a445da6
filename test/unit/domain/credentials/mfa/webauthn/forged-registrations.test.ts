import assert from 'node:assert/strict';
import { sign, X509Certificate } from 'node:crypto';
import {
  verifyRegistration,
  webAuthnSite,
} from '../../../../../../src/domain/credentials/mfa/webauthn/webauthn.ts';
import { cbor, raw, RawCbor, type Cbor } from '../../../../../support/mfa/cbor.ts';
import {
  coseOf,
  ed25519,
  es256,
  FLAG,
  forgeRegistration,
  rsa,
  signedBy,
  withMembers,
  type ForgedRegistration,
  type KeyPair,
} from '../../../../../support/mfa/forged-key.ts';
import { samlFixture } from '../../../../../support/saml/keys.ts';

const SITE = webAuthnSite(new URL('https://id.example.com:8443'), 'Example Corp');
const CHALLENGE = Buffer.alloc(32, 0xfb).toString('base64url');
const AT = { ...SITE, challenge: CHALLENGE };
const OTHER_CHALLENGE = Buffer.alloc(32, 3).toString('base64url');

const KEY = es256();
const ANOTHER = es256();
const PLACE = FLAG.up | FLAG.at;

const verify = (forged: ForgedRegistration, key: KeyPair = KEY) =>
  verifyRegistration(SITE, CHALLENGE, forgeRegistration(AT, key, forged));

const client = (changed: Record<string, unknown>): ForgedRegistration => ({ client: changed });
const clientText = (text: string): ForgedRegistration => ({ client: Buffer.from(text) });
const genuineClient = JSON.stringify({
  ...{ type: 'webauthn.create', challenge: CHALLENGE, origin: SITE.origin },
  crossOrigin: false,
});

const self =
  (key: KeyPair, alg = -7, change = (signature: Buffer) => signature) =>
  (signed: Buffer): Cbor =>
    coseOf(['alg', alg], ['sig', change(signedBy(key, signed))]);
const flipped = (signature: Buffer) => {
  const copy = Buffer.from(signature);
  copy[copy.length - 1]! ^= 1;
  return copy;
};
const statement = (value: Cbor) => () => value;
const certificate = Buffer.from('3082000a0201003005300306012a', 'hex');
const x5c = coseOf(['alg', -7], ['sig', Buffer.alloc(70)], ['x5c', [certificate]]);
/** A U2F key's attestation by a certificate of its own making (WebAuthn Level 2 §8.6). */
const u2f = (signed: Buffer): Cbor => {
  const [id, point] = [signed.subarray(55, 87), [KEY.cose.get(-2), KEY.cose.get(-3)] as Buffer[]]; // as `es256` made it
  const clientHash = signed.subarray(-32);
  const data = Buffer.concat([
    Buffer.from([0]),
    signed.subarray(0, 32),
    clientHash,
    id,
    Buffer.from([4]),
    ...point,
  ]);
  const own = new X509Certificate(samlFixture('ec-cert.pem')).raw;
  return coseOf(['sig', sign('sha256', data, samlFixture('ec-key.pem'))], ['x5c', [own]]);
};
const nested = (depth: number, around: string) => raw(`${around.repeat(depth)}00`);

describe('a genuine registration', () => {
  const eddsa = ed25519();
  const rs256 = rsa(2048);
  for (const [title, forged, key] of [
    ['with ES256', {}, KEY],
    ['with EdDSA', {}, eddsa],
    ['with RS256', {}, rs256],
    ['that attests itself', { fmt: 'packed', attStmt: self(KEY) }, KEY],
    ['with a verified user, of a credential that is backed up', { flags: PLACE | 0x1c }, KEY],
    ['with extensions', { flags: PLACE | FLAG.ed, extra: cbor(coseOf(['credProtect', 1])) }, KEY],
    ['with members that a later level adds', client({ later: { any: 1 } }), KEY],
    ['whose counter is at its end', { signCount: 0xffff_ffff }, KEY],
    ['of the longest credential id', { credentialId: Buffer.alloc(1023, 1) }, KEY],
  ] as [string, ForgedRegistration, KeyPair][]) {
    it(`${title} is accepted`, async () => {
      const verdict = await verify(forged, key);
      assert.ok(verdict.ok, JSON.stringify(verdict));
    });
  }
});

describe('a forged registration', () => {
  const forgeries: Record<string, [title: string, forged: ForgedRegistration, key?: KeyPair][]> = {
    'client data': [
      ['of a sign-in', client({ type: 'webauthn.get' })],
      ['of a payment', client({ type: 'payment.get' })],
      ['without a type', client({ type: undefined })],
      ['with another challenge', client({ challenge: OTHER_CHALLENGE })],
      ['with the challenge in base64', client({ challenge: Buffer.alloc(32, 0xfb).toString('base64') })],
      ['with a padded challenge', client({ challenge: `${CHALLENGE}=` })],
      ['with a list of challenges', client({ challenge: [CHALLENGE] })],
      ['from http', client({ origin: 'http://id.example.com:8443' })],
      ['from another port', client({ origin: 'https://id.example.com' })],
      ['from an origin with a slash', client({ origin: `${SITE.origin}/` })],
      ['from an origin in capitals', client({ origin: SITE.origin.toUpperCase() })],
      ['from a subdomain', client({ origin: 'https://a.id.example.com:8443' })],
      ['from the domain above', client({ origin: 'https://example.com:8443' })],
      ['from a name with a dot at the end', client({ origin: 'https://id.example.com.:8443' })],
      ['from punycode that looks alike', client({ origin: 'https://xn--d-1ga.example.com:8443' })],
      ['from an opaque origin', client({ origin: 'null' })],
      ['from an Android app', client({ origin: 'android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAA' })],
      ['from an address', client({ origin: 'https://127.0.0.1:8443' })],
      ['from a list of origins', client({ origin: [SITE.origin] })],
      ['from a frame in another site', client({ crossOrigin: true })],
      ['from a frame in a site', client({ crossOrigin: true, topOrigin: 'https://evil.example' })],
      ['from a frame in our own site', client({ crossOrigin: true, topOrigin: SITE.origin })],
      ['with a top origin only', client({ topOrigin: 'https://evil.example' })],
      ['with crossOrigin as text', client({ crossOrigin: 'false' })],
      ['with a token binding of an unknown kind', client({ tokenBinding: { status: 'x' } })],
      ['with a token binding as text', client({ tokenBinding: 'present' })],
      ['with a later member of the same name', clientText(genuineClient.replace('}', ',"type":"a"}'))],
      ['in UTF-16', { client: Buffer.from(genuineClient, 'utf16le') }],
      ['that is null', clientText('null')],
      ['that is a list', clientText(`[${genuineClient}]`)],
      ['that is no JSON', clientText('{')],
      ['that is followed by more', clientText(`${genuineClient}x`)],
    ],
    'authenticator data': [
      ['for another relying party', { rpId: 'evil.example' }],
      ['for the domain above', { rpId: 'example.com' }],
      ['for our origin', { rpId: SITE.origin }],
      ['for our name in capitals', { rpId: 'ID.example.com' }],
      ['without a user present', { flags: FLAG.at | FLAG.uv }],
      ['without a credential', { flags: FLAG.up }],
      ['backed up, but not eligible', { flags: PLACE | FLAG.bs }],
      ['that announces extensions, but has none', { flags: PLACE | FLAG.ed }],
      ['with garbage as extensions', { flags: PLACE | FLAG.ed, extra: Buffer.from([0xff]) }],
      ['with more after its end', { extra: Buffer.from([0]) }],
      ['with an empty credential id', { credentialId: Buffer.alloc(0) }],
      ['with a credential id of 1024 bytes', { credentialId: Buffer.alloc(1024, 1) }],
      ['with an id that is longer than it says', { idLength: 31 }],
      ['with an id that is longer than everything', { idLength: 0xffff }],
    ],
    'public key': [
      ['for RS1', {}, rsa(2048, -65535)],
      ['for RS512, which we don’t offer', {}, rsa(2048, -259)],
      ['of RSA with 512 bits', {}, rsa(512)],
      ['of RSA with 1024 bits', {}, rsa(1024)],
      [
        'of RSA with 16384 bits',
        { cose: coseOf([1, 3], [3, -257], [-1, Buffer.alloc(2048, 0xff)], [-2, Buffer.from([1, 0, 1])]) },
      ],
      ['of RSA with the exponent 1', { cose: withMembers(rsa(2048).cose, [-2, Buffer.from([1])]) }],
      ['of RSA with a long exponent', { cose: withMembers(rsa(2048).cose, [-2, Buffer.alloc(255, 0xff)]) }],
      ['of a point outside the curve', { cose: withMembers(KEY.cose, [-3, Buffer.alloc(32, 1)]) }],
      [
        'of the point at infinity',
        { cose: withMembers(KEY.cose, [-2, Buffer.alloc(32)], [-3, Buffer.alloc(32)]) },
      ],
      ['with a compressed point', { cose: withMembers(KEY.cose, [-3, true]) }],
      ['with a short coordinate', { cose: withMembers(KEY.cose, [-2, Buffer.alloc(31, 1)]) }],
      ['on another curve than its algorithm', { cose: withMembers(KEY.cose, [-1, 2]) }],
      ['of the type OKP for ES256', { cose: withMembers(KEY.cose, [1, 1]) }],
      ['of the type EC2 for EdDSA', { cose: withMembers(KEY.cose, [3, -8]) }],
      ['of the type EC2 for RS256', { cose: withMembers(KEY.cose, [3, -257]) }],
      ['for ES384, which we don’t offer', { cose: withMembers(KEY.cose, [3, -35]) }],
      ['for ML-DSA-44', { cose: coseOf([1, 7], [3, -48], [-1, Buffer.alloc(1312, 1)]) }],
      ['for an algorithm in text', { cose: withMembers(KEY.cose, [3, 'ES256']) }],
      ['for an unknown algorithm', { cose: withMembers(KEY.cose, [3, -9999]) }],
      ['of Ed25519 with 31 octets', { cose: withMembers(ed25519().cose, [-2, Buffer.alloc(31, 1)]) }],
      ['without an algorithm', { cose: coseOf([1, 2]) }],
      ['that is a number', { cose: 1 }],
      ['that is a list', { cose: [1, 2, 3] }],
      ['with a member twice', { cose: raw(`a6${cbor(KEY.cose).toString('hex').slice(2)}0326`) }],
      ['of indefinite length', { cose: raw(`bf${cbor(KEY.cose).toString('hex').slice(2)}ff`) }],
      ['in a tag', { cose: raw(`c1${cbor(KEY.cose).toString('hex')}`) }],
    ],
    attestation: [
      ['of no format', { fmt: '' }],
      ['of an unknown format', { fmt: 'compound' }],
      ['named as a property of all objects', { fmt: '__proto__' }],
      ['none with a statement', { attStmt: statement(coseOf(['alg', -7])) }],
      ['none with a list as its statement', { attStmt: statement([]) }],
      ['none with a number as its statement', { attStmt: statement(1) }],
      ['by another key than its own', { fmt: 'packed', attStmt: self(ANOTHER) }],
      ['by itself, with a changed signature', { fmt: 'packed', attStmt: self(KEY, -7, flipped) }],
      ['by itself, for another algorithm', { fmt: 'packed', attStmt: self(KEY, -257) }],
      ['by itself, without a signature', { fmt: 'packed', attStmt: statement(coseOf(['alg', -7])) }],
      ['of a U2F key, by a certificate', { fmt: 'fido-u2f', attStmt: u2f }],
      ['packed, without a statement', { fmt: 'packed' }],
      ['packed, by a certificate', { fmt: 'packed', attStmt: statement(x5c) }],
      [
        'packed, by an empty list of certificates',
        { fmt: 'packed', attStmt: statement(withMembers(x5c, ['x5c', []])) },
      ],
      ...['fido-u2f', 'tpm', 'android-key', 'android-safetynet', 'apple'].flatMap(
        (fmt): [string, ForgedRegistration][] => [
          [`of ${fmt}, without a statement`, { fmt }],
          [`of ${fmt}, by a certificate`, { fmt, attStmt: statement(x5c) }],
        ],
      ),
    ],
    CBOR: [
      ['that is empty', { object: Buffer.from('a0', 'hex') }],
      ['that claims 2^32 entries', { object: Buffer.from('bb0000000100000000', 'hex') }],
      ['that claims a list of 2^32', { object: Buffer.from('9affffffff', 'hex') }],
      ['that claims a string of 2^32', { object: Buffer.from('7affffffff', 'hex') }],
      ['that claims octets of 2^63', { object: Buffer.from('5b8000000000000000', 'hex') }],
      ['that is deeply nested', { object: new RawCbor(cbor(nested(6000, '81'))).octets }],
      ['with deeply nested maps', { object: cbor(nested(3000, 'a100')) }],
      ['with deeply nested tags', { object: cbor(nested(6000, 'c1')) }],
      ['with a deeply nested key', { cose: nested(5000, '81') }],
      ['with a deeply nested statement', { attStmt: statement(nested(5000, '81')) }],
      ['that is a number', { object: Buffer.from('00', 'hex') }],
      ['that is a break', { object: Buffer.from('ff', 'hex') }],
      ['that is infinite', { object: Buffer.from('f97c00', 'hex') }],
      ['of indefinite length', { object: Buffer.from('bf63666d74646e6f6e65ff', 'hex') }],
    ],
    answer: [
      ['of another id than its raw id', { answer: { rawId: 'AAAA' } }],
      ['of another type', { answer: { type: 'password' } }],
      ['without an id', { answer: { id: undefined } }],
      ['with an empty id', { answer: { id: '', rawId: '' } }],
      ['with a number as its id', { answer: { id: 1, rawId: 1 } }],
      ['with huge client data', { response: { clientDataJSON: 'A'.repeat(8193) } }],
      ['with a huge attestation', { response: { attestationObject: 'A'.repeat(8193) } }],
      [
        'with padded client data',
        { response: { clientDataJSON: `${Buffer.from(genuineClient).toString('base64url')}==` } },
      ],
      ['with many transports', { response: { transports: Array(11).fill('usb') } }],
      ['with a long transport', { response: { transports: ['u'.repeat(33)] } }],
      ['with a number as its transport', { response: { transports: [1] } }],
      ['with text as its transports', { response: { transports: 'usb' } }],
      ['whose id is not the credential’s', { answer: { id: 'AAAA', rawId: 'AAAA' } }],
    ],
  };
  for (const [part, cases] of Object.entries(forgeries)) {
    for (const [title, forged, key] of cases) {
      it(`${part}: ${title} is refused`, async () => {
        const verdict = await verify(forged, key);
        assert.equal(verdict.ok, false);
      });
    }
  }
});

import assert from 'node:assert/strict';
import {
  isFrom,
  verifyAuthentication,
  webAuthnSite,
  type WebAuthnCredential,
} from '../../../../../../src/domain/credentials/mfa/webauthn/webauthn.ts';
import { cbor } from '../../../../../support/mfa/cbor.ts';
import {
  coseOf,
  CREDENTIAL_ID,
  ed25519,
  es256,
  FLAG,
  forgeAssertion,
  rsa,
  type ForgedAssertion,
  type KeyPair,
} from '../../../../../support/mfa/forged-key.ts';

const SITE = webAuthnSite(new URL('https://id.example.com:8443'), 'Example Corp');
const CHALLENGE = Buffer.alloc(32, 0xfb).toString('base64url');
const AT = { ...SITE, challenge: CHALLENGE };
const ANA = '93cf8a3a-1111';
const KEY = es256();

const credentialOf = ({ cose }: KeyPair, signCount = 0): WebAuthnCredential => ({
  credentialId: CREDENTIAL_ID.toString('base64url'),
  publicKey: cbor(cose).toString('base64url'),
  ...{ signCount, transports: [] },
});
const verify = (forged: ForgedAssertion, key = KEY, credential = credentialOf(key)) =>
  verifyAuthentication(SITE, CHALLENGE, credential, forgeAssertion(AT, key, forged));

describe('a genuine assertion', () => {
  for (const [title, forged, key] of [
    ['with ES256', {}, KEY],
    ['with EdDSA', {}, ed25519()],
    ['with RS256', {}, rsa(2048)],
    ['with a verified user', { flags: FLAG.up | FLAG.uv }, KEY],
    ['of a credential that is backed up', { flags: FLAG.up | FLAG.be | FLAG.bs }, KEY],
    ['with extensions', { flags: FLAG.up | FLAG.ed, extra: cbor(coseOf(['x', 1])) }, KEY],
    ['with members that a later level adds', { client: { later: 1 } }, KEY],
  ] as [string, ForgedAssertion, KeyPair][]) {
    it(`${title} is accepted`, async () => {
      const verdict = await verify(forged, key);
      assert.ok(verdict.ok, JSON.stringify(verdict));
    });
  }
});

describe('a forged assertion', () => {
  const client = (changed: Record<string, unknown>): ForgedAssertion => ({ client: changed });
  const flip = (signature: Buffer) => signature.map((octet, at) => (at === 20 ? octet ^ 1 : octet)) as Buffer; // Buffer.map makes a Buffer
  const cases: [title: string, forged: ForgedAssertion, key?: KeyPair][] = [
    ['of a registration', client({ type: 'webauthn.create' })],
    ['of a payment', client({ type: 'payment.get' })],
    [
      'with the challenge in base64',
      client({ challenge: Buffer.from(CHALLENGE, 'base64url').toString('base64') }),
    ],
    ['with a padded challenge', client({ challenge: `${CHALLENGE}=` })],
    ['from http', client({ origin: 'http://id.example.com:8443' })],
    ['from another port', client({ origin: 'https://id.example.com' })],
    ['from an origin with a slash', client({ origin: `${SITE.origin}/` })],
    ['from an origin in capitals', client({ origin: SITE.origin.toUpperCase() })],
    ['from a subdomain', client({ origin: 'https://a.id.example.com:8443' })],
    ['from an opaque origin', client({ origin: 'null' })],
    ['from an Android app', client({ origin: 'android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAA' })],
    ['from a frame in another site', client({ crossOrigin: true })],
    ['from a frame in a site', client({ crossOrigin: true, topOrigin: 'https://evil.example' })],
    ['from a frame in our own site', client({ crossOrigin: true, topOrigin: SITE.origin })],
    ['with a top origin only', client({ topOrigin: 'https://evil.example' })],
    ['with crossOrigin as a number', client({ crossOrigin: 1 })],
    ['for another relying party', { rpId: 'evil.example' }],
    ['for the domain above', { rpId: 'example.com' }],
    ['without a user present', { flags: FLAG.uv }],
    ['backed up, but not eligible', { flags: FLAG.up | FLAG.bs }],
    ['that announces a credential, but has none', { flags: FLAG.up | FLAG.at }],
    ['with garbage as extensions', { flags: FLAG.up | FLAG.ed, extra: Buffer.from([0x9f]) }],
    ['with more after its end', { extra: Buffer.from([0]) }],
    ['with a changed signature', { signature: flip }],
    ['with an empty signature', { signature: () => Buffer.alloc(0) }],
    ['with a signature of zeros', { signature: () => Buffer.from('3006020100020100', 'hex') }],
    ['with a user handle that is a number', { response: { userHandle: 1 } }],
    ['with a huge user handle', { response: { userHandle: 'A'.repeat(129) } }],
    ['of another id than its raw id', { answer: { rawId: 'AAAA' } }],
  ];
  for (const [title, forged, key] of cases) {
    it(`${title} is refused`, async () => {
      assert.equal((await verify(forged, key)).ok, false);
    });
  }

  it('for a key of another type, with the same id, is refused', async () => {
    for (const other of [ed25519(), rsa(2048), es256()]) {
      assert.equal((await verify({}, other, credentialOf(KEY))).ok, false);
    }
  });

  it('that names another user is nobody’s, and one that names none is its user’s', () => {
    const from = (userHandle: unknown) =>
      isFrom(forgeAssertion(AT, KEY, { response: { userHandle } }), credentialOf(KEY), ANA);
    for (const mine of [undefined, null, '', Buffer.from(ANA).toString('base64url')]) assert.ok(from(mine));
    for (const other of ['AAAA', Buffer.from('93cf8a3a-2222').toString('base64url'), 1, {}]) {
      assert.ok(!from(other), JSON.stringify(other));
    }
  });
});

describe('the counter of a security key', () => {
  for (const [before, sent, accepted] of [
    [0, 0, true],
    [0, 1, true],
    [0, 0xffff_ffff, true],
    [5, 6, true],
    [5, 500_000, true],
    [5, 5, false],
    [5, 4, false],
    [5, 0, false],
    [0xffff_ffff, 0xffff_ffff, false],
    [0xffff_ffff, 0, false],
  ] as const) {
    it(`that was ${before} is ${accepted ? 'accepted' : 'refused'} as ${sent}`, async () => {
      const verdict = await verify({ signCount: sent }, KEY, credentialOf(KEY, before));
      assert.deepEqual([verdict.ok, verdict.ok && verdict.signCount], [accepted, accepted && sent]);
    });
  }
});

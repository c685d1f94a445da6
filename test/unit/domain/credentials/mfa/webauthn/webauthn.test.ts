import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  authenticationOptions,
  isFrom,
  registrationOptions,
  verifyAuthentication,
  verifyRegistration,
  webAuthnSite,
  type WebAuthnCredential,
} from '../../../../../../src/domain/credentials/mfa/webauthn/webauthn.ts';
import { softwareKey, type SoftwareKey } from '../../../../../support/mfa/software-key.ts';

const SITE = webAuthnSite(new URL('http://localhost:8080'), 'Example Corp');
const ANA = { id: '93cf8a3a-1111', userName: 'ana@example.com', displayName: 'Ana Souza' };
const CHALLENGE = Buffer.alloc(32, 1).toString('base64url');
const ANOTHER = Buffer.alloc(32, 2).toString('base64url');

async function register(key: SoftwareKey): Promise<WebAuthnCredential> {
  const options = await registrationOptions(SITE, ANA, [], CHALLENGE);
  const verdict = await verifyRegistration(SITE, CHALLENGE, key.create(options, SITE.origin));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  return verdict.credential;
}

async function refused(verdict: Promise<{ ok: boolean; reason?: string }>, reason: RegExp) {
  const { ok, reason: given } = await verdict;
  assert.equal(ok, false);
  assert.match(given ?? '', reason);
}

describe('a security key', () => {
  let key: SoftwareKey;
  beforeEach(() => {
    key = softwareKey();
  });

  it('is registered, proves itself, and counts its signatures', async () => {
    const credential = await register(key);
    assert.equal(credential.credentialId, key.credentialId);
    assert.deepEqual([credential.signCount, credential.transports], [0, ['usb']]);
    const options = await authenticationOptions(SITE, [credential], ANOTHER);
    const answer = key.get(options, SITE.origin);
    assert.ok(isFrom(answer, credential, ANA.id));
    assert.deepEqual(await verifyAuthentication(SITE, ANOTHER, credential, answer), {
      ok: true,
      signCount: 1,
    });
  });

  it('isn’t offered a credential that it already holds, nor asked to verify its user', async () => {
    const credential = await register(key);
    const options = await registrationOptions(SITE, ANA, [credential], CHALLENGE);
    assert.ok('excludeCredentials' in options && 'attestation' in options);
    assert.deepEqual(options.excludeCredentials, [
      { id: key.credentialId, transports: ['usb'], type: 'public-key' },
    ]);
    assert.equal(options.attestation, 'none');
  });

  it('can’t answer another challenge, at another site, or for another relying party', async () => {
    const credential = await register(key);
    const options = await authenticationOptions(SITE, [credential], CHALLENGE);
    const verify = (answer: object, challenge = CHALLENGE) =>
      verifyAuthentication(SITE, challenge, credential, answer);
    await refused(verify(key.get(options, SITE.origin), ANOTHER), /challenge/i);
    await refused(verify(key.get(options, 'http://localhost.evil.example:8080')), /origin/i);
    await refused(verify(key.get(options, SITE.origin, { rpId: 'evil.example' })), /RP ID/i);
    const swapped = await authenticationOptions(SITE, [credential], ANOTHER);
    await refused(verify(key.get(swapped, SITE.origin)), /challenge/i);
  });

  it('can’t be registered for another challenge, origin or relying party', async () => {
    const options = await registrationOptions(SITE, ANA, [], CHALLENGE);
    await refused(verifyRegistration(SITE, ANOTHER, key.create(options, SITE.origin)), /challenge/i);
    await refused(
      verifyRegistration(SITE, CHALLENGE, key.create(options, 'https://localhost:8080')),
      /origin/i,
    );
    const evil = await registrationOptions({ ...SITE, rpId: 'evil.example' }, ANA, [], CHALLENGE);
    await refused(verifyRegistration(SITE, CHALLENGE, key.create(evil, SITE.origin)), /RP ID/i);
  });

  it('can’t answer for another key, nor as a copy whose counter stands still', async () => {
    const credential = await register(key);
    const other = softwareKey();
    await register(other);
    const options = await authenticationOptions(SITE, [credential], CHALLENGE);
    const stranger = { ...other.get(options, SITE.origin), id: key.credentialId, rawId: key.credentialId };
    await refused(verifyAuthentication(SITE, CHALLENGE, credential, stranger), /signature|wrong/i);
    const used = { ...credential, signCount: 5 };
    const copy = key.get(options, SITE.origin, { signCount: 5 });
    await refused(verifyAuthentication(SITE, CHALLENGE, used, copy), /counter/i);
  });

  it('can’t answer a registration with a signature, nor the other way round', async () => {
    const credential = await register(key);
    const asked = await authenticationOptions(SITE, [credential], CHALLENGE);
    await refused(verifyRegistration(SITE, CHALLENGE, key.get(asked, SITE.origin)), /./);
    const options = await registrationOptions(SITE, ANA, [], CHALLENGE);
    await refused(verifyAuthentication(SITE, CHALLENGE, credential, key.create(options, SITE.origin)), /./);
  });

  it('is refused without an error, whatever is sent in place of its answer', async () => {
    const credential = await register(key);
    const options = await authenticationOptions(SITE, [credential], CHALLENGE);
    const good = key.get(options, SITE.origin) as { response: Record<string, string> };
    const twisted = fc.record({
      field: fc.constantFrom('clientDataJSON', 'authenticatorData', 'signature'),
      value: fc.oneof(fc.string(), fc.base64String({ maxLength: 400 }), fc.constant('')),
    });
    const anything = fc.oneof(
      fc.anything(),
      twisted.map(({ field, value }) => ({ ...good, response: { ...good.response, [field]: value } })),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (answer) => {
        assert.equal((await verifyAuthentication(SITE, CHALLENGE, credential, answer)).ok, false);
        assert.equal((await verifyRegistration(SITE, CHALLENGE, answer)).ok, false);
        isFrom(answer, credential, ANA.id);
      }),
      { numRuns: 200 },
    );
  });
});

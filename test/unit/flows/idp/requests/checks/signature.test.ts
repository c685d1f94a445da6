import assert from 'node:assert/strict';
import {
  DEFAULT_SETTINGS,
  type Application,
  type SignedRequestsRule,
} from '../../../../../../src/domain/applications/application.ts';
import { checkSignature } from '../../../../../../src/flows/idp/requests/checks/signature.ts';
import {
  receiveRedirect,
  type ReceivedMessage,
} from '../../../../../../src/flows/idp/requests/read-binding.ts';
import type { AuthnRequest } from '../../../../../../src/protocols/saml/authn-request.ts';
import { relyingParty } from '../../../../../support/applications/applications.ts';
import {
  ecCertificate,
  ecdsaUri,
  ecPrivateKeyPem,
  keyPair,
  redirectQuery,
  requestXml,
  RSA_SHA1,
  signEnveloped,
} from '../../../../protocols/saml/helpers.ts';
import { bounded } from '../../../../../support/saml/bounded.ts';

describe('a signature with SHA-1', () => {
  const SP = keyPair('sp');
  const { privateKeyPem } = SP;
  const DIGEST = 'http://www.w3.org/2000/09/xmldsig#sha1';
  const application: Pick<Application, 'displayName' | 'relyingParty' | 'settings'> = {
    displayName: 'Wiki',
    relyingParty: { ...relyingParty('https://sp.example'), requestSigningCertificates: [SP.certificate] },
    settings: DEFAULT_SETTINGS,
  };
  const check = (message: ReceivedMessage, weakAlgorithms: 'accept' | 'refuse') =>
    checkSignature(
      { ...message, xml: bounded(message.xml) },
      { hasSignature: true } as AuthnRequest, // nothing else of it is looked at
      application as Application, // nor of it
      { profile: 'as-aws', weakAlgorithms },
    );
  const redirect = (hash: string, algorithm = RSA_SHA1): ReceivedMessage =>
    receiveRedirect(redirectQuery(requestXml(), { privateKeyPem, hash, algorithm }));
  const post = (algorithms: { signatureAlgorithm?: string; digestAlgorithm?: string }): ReceivedMessage => ({
    binding: 'post',
    xml: signEnveloped(requestXml(), { privateKeyPem, ...algorithms }),
    relayState: undefined,
  });

  const weak: [string, ReceivedMessage][] = [
    ['by HTTP-Redirect', redirect('sha1')],
    ['by HTTP-POST', post({ signatureAlgorithm: RSA_SHA1, digestAlgorithm: DIGEST })],
    ['by HTTP-POST, in the signature alone', post({ signatureAlgorithm: RSA_SHA1 })],
    ['by HTTP-POST, in the digest alone', post({ digestAlgorithm: DIGEST })],
  ];
  for (const [how, message] of weak) {
    it(`is verified ${how}, and noted, unless the rules refuse it`, async () => {
      const verdict = await check(message, 'accept');
      assert.ok(verdict.ok && verdict.signed);
      assert.deepEqual(
        verdict.findings.map(({ code }) => code),
        ['weak-algorithm'],
      );
      const refused = await check(message, 'refuse');
      assert.match(
        refused.ok || refused.refusal.to !== 'user' ? '' : refused.refusal.message,
        /#(rsa-)?sha1 is not accepted/,
      );
    });
  }

  it('is refused when it was made otherwise than it says, or the text was changed (attacks)', async () => {
    const changed = post({ signatureAlgorithm: RSA_SHA1, digestAlgorithm: DIGEST });
    for (const message of [
      redirect('sha256'),
      redirect('sha1', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
      { ...changed, xml: changed.xml.replace('Version=', 'ForceAuthn="true" Version=') },
    ])
      assert.equal((await check(message, 'accept')).ok, false);
  });

  it('is not noted when it has SHA-256', async () => {
    const verdict = await check(post({}), 'accept');
    assert.deepEqual(verdict.ok && verdict.findings, []);
  });
});

describe('an ECDSA signature in DER', () => {
  const application: Pick<Application, 'displayName' | 'relyingParty' | 'settings'> = {
    displayName: 'Wiki',
    relyingParty: { ...relyingParty('https://sp.example'), requestSigningCertificates: [ecCertificate] },
    settings: DEFAULT_SETTINGS,
  };
  const check = (profile: 'lenient' | 'as-aws', dsaEncoding: 'der' | 'ieee-p1363') => {
    const algorithm = ecdsaUri('sha256');
    const query = redirectQuery(requestXml(), { privateKeyPem: ecPrivateKeyPem, algorithm, dsaEncoding });
    const message = receiveRedirect(query);
    return checkSignature(
      { ...message, xml: bounded(message.xml) },
      { hasSignature: true } as AuthnRequest, // nothing else of it is looked at
      application as Application, // nor of it
      { profile, weakAlgorithms: 'accept' },
    );
  };

  it('is noted, and refused as AWS', async () => {
    const lenient = await check('lenient', 'der');
    assert.ok(lenient.ok && lenient.signed);
    assert.deepEqual(
      lenient.findings.map(({ code }) => code),
      ['ecdsa-in-der'],
    );
    const strict = await check('as-aws', 'der');
    assert.match(
      strict.ok ? '' : JSON.stringify(strict.refusal),
      /in DER, and should be the numbers r and s/,
    );
  });

  it('is nothing odd with r and s', async () => {
    for (const profile of ['lenient', 'as-aws'] as const) {
      const verdict = await check(profile, 'ieee-p1363');
      assert.deepEqual(verdict.ok && verdict.findings, []);
    }
  });
});

describe('a signature for which no certificate is known', () => {
  const check = (authnRequestsSigned: boolean, signedRequests: SignedRequestsRule = 'as-metadata') =>
    checkSignature(
      {
        binding: 'redirect',
        xml: bounded('<x/>'),
        relayState: undefined,
        signature: { algorithm: 'any', value: Buffer.from('any'), signedOctets: 'any' },
      },
      { hasSignature: false } as AuthnRequest, // nothing else of it is looked at
      {
        relyingParty: { ...relyingParty('https://sp.example'), authnRequestsSigned },
        settings: { ...DEFAULT_SETTINGS, signedRequests },
      } as Application, // nor of it
      { profile: 'lenient', weakAlgorithms: 'accept' },
    );

  it('proves nothing, and is ignored', async () => {
    assert.deepEqual(await check(false), { ok: true, signed: false, xml: '<x/>', findings: [] });
  });

  it('is not enough where signatures are required (an attack: any octets in its place)', async () => {
    assert.equal((await check(true)).ok, false);
    assert.equal((await check(false, 'required')).ok, false);
  });
});

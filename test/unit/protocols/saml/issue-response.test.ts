import assert from 'node:assert/strict';
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { issueResponse } from '../../../../src/protocols/saml/issue-response.ts';
import { buildErrorResponse } from '../../../../src/protocols/saml/response.ts';
import { verifyEnvelopedSignature } from '../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { StatusCode } from '../../../../src/protocols/saml/types.ts';
import { assertionInput, keyPair, NOW, RESPONSE_ID, RSA_SHA1, sampleResponse } from './helpers.ts';
import { bounded, validateAgainstSchema } from '../../../support/saml/bounded.ts';

const idp = keyPair('idp');
const both = { signResponse: true, signAssertion: true, key: idp.signingKey, includeCertificate: true };

/** A service provider that we didn't write, which uses the real time. */
async function receive(xml: string, wants: { response: boolean; assertion: boolean }) {
  const serviceProvider = new SAML({
    callbackUrl: assertionInput().recipient,
    entryPoint: 'https://idp.example/sso',
    issuer: assertionInput().audience,
    idpCert: idp.certificatePem,
    audience: assertionInput().audience,
    wantAuthnResponseSigned: wants.response,
    wantAssertionsSigned: wants.assertion,
    validateInResponseTo: ValidateInResponseTo.never,
  });
  const { profile } = await serviceProvider.validatePostResponseAsync({ SAMLResponse: encodePost(xml) });
  return profile;
}

describe('an issued response', () => {
  for (const [what, signResponse, signAssertion] of [
    ['both signed', true, true],
    ['only the Response signed', true, false],
    ['only the Assertion signed', false, true],
  ] as const) {
    it(`is accepted by node-saml: ${what}`, async () => {
      const xml = await issueResponse(sampleResponse({}, Date.now()), {
        ...both,
        signResponse,
        signAssertion,
      });
      const profile = await receive(xml, { response: signResponse, assertion: signAssertion });
      assert.equal(profile?.nameID, 'ana@example.com');
      assert.equal(profile['mail'], 'ana@example.com');
      assert.deepEqual(profile['groups'], ['a & b', '<c>']);
      assert.equal(profile.sessionIndex, '_session-1');
    });
  }

  it('is refused by node-saml when anything in it is changed', async () => {
    const xml = await issueResponse(sampleResponse({}, Date.now()), both);
    await assert.rejects(
      receive(xml.replace('ana@example.com', 'eve@example.com'), { response: true, assertion: true }),
    );
  });

  it('is valid against the schema, signed or not', async () => {
    for (const options of [
      both,
      { ...both, includeCertificate: false },
      { ...both, signResponse: false, signAssertion: false },
    ]) {
      const xml = await issueResponse(sampleResponse(), options);
      assert.deepEqual(await validateAgainstSchema(xml, 'protocol'), { ok: true });
    }
  });

  it('carries the certificate only on request', async () => {
    assert.equal((await issueResponse(sampleResponse(), both)).split(idp.certificate).length, 3);
    assert.doesNotMatch(
      await issueResponse(sampleResponse(), { ...both, includeCertificate: false }),
      /KeyInfo/,
    );
  });

  it('may be signed with SHA-1, as old certificates are', async () => {
    const key = { ...idp.signingKey, signatureAlgorithm: 'rsa-sha1' as const };
    const xml = await issueResponse(sampleResponse(), { ...both, key, signAssertion: false });
    assert.match(xml, new RegExp(RSA_SHA1));
    const verdict = await verifyEnvelopedSignature(bounded(xml), [idp.certificate], { allowSha1: true });
    assert.equal(verdict.ok, true);
  });

  it('may be a signed error status', async () => {
    const response = buildErrorResponse(
      {
        id: RESPONSE_ID,
        issuer: 'https://idp.example',
        destination: 'https://sp.example/acs',
        status: { codes: [StatusCode.requester] },
      },
      NOW,
    );
    const xml = await issueResponse(response, both);
    const verdict = await verifyEnvelopedSignature(bounded(xml), [idp.certificate]);
    assert.equal(verdict.ok, true);
    assert.deepEqual(await validateAgainstSchema(xml, 'protocol'), { ok: true });
  });
});

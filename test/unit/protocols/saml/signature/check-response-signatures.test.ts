import assert from 'node:assert/strict';
import { issueResponse } from '../../../../../src/protocols/saml/issue-response.ts';
import { findUnprovenSignature } from '../../../../../src/protocols/saml/signature/check-response-signatures.ts';
import type { SignatureAlgorithm } from '../../../../../src/protocols/saml/signature/algorithms.ts';
import { bounded } from '../../../../support/saml/bounded.ts';
import { keyPair, sampleResponse } from '../helpers.ts';

const idp = keyPair('idp');

describe('the signatures of a response that we receive', () => {
  const unproven = async (signatureAlgorithm: SignatureAlgorithm, signResponse: boolean) => {
    const key = { ...idp.signingKey, signatureAlgorithm };
    const options = { signResponse, signAssertion: !signResponse, key, includeCertificate: true };
    const xml = await issueResponse(sampleResponse(), options);
    const wanted = { response: signResponse, assertion: !signResponse };
    return findUnprovenSignature(bounded(xml), idp.certificatePem, wanted);
  };

  it('are proven with SHA-256', async () => {
    assert.equal(await unproven('rsa-sha256', true), undefined);
    assert.equal(await unproven('rsa-sha256', false), undefined);
  });

  it('are refused with SHA-1 (an attack: two assertions with one digest, by a name that the user chooses)', async () => {
    for (const [signResponse, element] of [
      [true, 'Response'],
      [false, 'Assertion'],
    ] as const) {
      const refusal = await unproven('rsa-sha1', signResponse);
      assert.equal(refusal?.element, element);
      assert.match(refusal.detail, /rsa-sha1 is not accepted/);
    }
  });
});

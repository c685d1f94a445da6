import assert from 'node:assert/strict';
import { parseAuthnRequest } from '../../../../../src/protocols/saml/authn-request.ts';
import { verifyEnvelopedSignature } from '../../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { ecCertificate, requestXml, RSA_SHA1 } from '../helpers.ts';
import { sp, other, signed, verdictOf, genuine } from './enveloped-samples.ts';
import { bounded } from '../../../../support/saml/bounded.ts';

describe('the enveloped signature of a request', () => {
  it('is accepted, and the signed content is returned and read as the request', async () => {
    const verdict = await verifyEnvelopedSignature(bounded(genuine), [sp.certificate]);
    assert.ok(verdict.ok);
    assert.equal(verdict.certificate, sp.certificate);
    assert.doesNotMatch(verdict.verifiedXml, /Signature/);
    const parsed = await parseAuthnRequest(verdict.verifiedXml);
    assert.ok(parsed.ok);
    assert.equal(parsed.request.issuer, 'https://sp.example/saml');
  });

  for (const [bits, digest] of [
    ['384', 'http://www.w3.org/2001/04/xmldsig-more#sha384'],
    ['512', 'http://www.w3.org/2001/04/xmlenc#sha512'],
  ] as const) {
    it(`may use SHA-${bits}`, async () => {
      const signatureAlgorithm = `http://www.w3.org/2001/04/xmldsig-more#rsa-sha${bits}`;
      assert.equal(await verdictOf(signed({ signatureAlgorithm, digestAlgorithm: digest })), 'ok');
    });
  }

  it('may use SHA-1 only where that is allowed', async () => {
    const xml = signed({
      signatureAlgorithm: RSA_SHA1,
      digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1',
    });
    assert.equal(await verdictOf(xml), 'algorithm-not-allowed');
    assert.equal(await verdictOf(xml, [sp.certificate], { allowSha1: true }), 'ok');
    const digestOnly = signed({ digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' });
    assert.equal(await verdictOf(digestOnly), 'algorithm-not-allowed');
  });

  it('may use any of several certificates', async () => {
    assert.equal(await verdictOf(genuine, [other.certificate, 'AAAA', ecCertificate, sp.certificate]), 'ok');
  });

  it('is verified over text around a comment as one text, as it was signed', async () => {
    const xml = signed({}, requestXml().replace('sp.example/saml', 'sp.example<!-- x -->.evil/saml'));
    const verdict = await verifyEnvelopedSignature(bounded(xml), [sp.certificate]);
    assert.ok(verdict.ok);
    assert.match(verdict.verifiedXml, /https:\/\/sp\.example\.evil\/saml/);
  });
});

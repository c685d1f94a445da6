import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { encodePost } from '../../../../../src/protocols/saml/bindings/post.ts';
import { Binding } from '../../../../../src/protocols/saml/types.ts';
import { writeIdentityProviderMetadata } from '../../../../../src/protocols/saml/metadata/identity-provider.ts';
import {
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
} from '../../../../../src/protocols/saml/signature/algorithms.ts';
import { verifyEnvelopedSignature } from '../../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { ecCertificate, requestXml } from '../helpers.ts';
import {
  sp,
  other,
  INCLUSIVE_C14N,
  signed,
  verdictOf,
  genuine,
  signature,
  withoutSignature,
  evilRequest,
  intoExtensions,
  relocated,
  readId,
} from './enveloped-samples.ts';
import { bounded, WIDE } from '../../../../support/saml/bounded.ts';
import { boundXml } from '../../../../../src/protocols/saml/xml/bounded-xml.ts';

describe('attacks on the enveloped signature', () => {
  const embedded = genuine.replace(
    '</ds:Signature>',
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${other.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`,
  );
  const foreign = signed({ privateKeyPem: other.privateKeyPem });
  const hmac = signature
    .replace(/#rsa-sha256/, '#hmac-sha256')
    .replace(
      /(<ds:SignatureValue>)[^<]*/,
      `$1${createHmac('sha256', sp.certificatePem).update('x').digest('base64')}`,
    );

  const attacks: [string, string, string][] = [
    ['no signature', requestXml(), 'no-signature'],
    ['a signature of another key', foreign, 'signature-invalid'],
    [
      'a signature of another key with its certificate in KeyInfo',
      foreign.replace(
        '</ds:Signature>',
        `${/<ds:KeyInfo.*<\/ds:KeyInfo>/s.exec(embedded)?.[0] ?? ''}</ds:Signature>`,
      ),
      'signature-invalid',
    ],
    ['HMAC with the certificate as its secret', genuine.replace(signature, hmac), 'algorithm-not-allowed'],
    ['content changed after signing', genuine.replace('sp.example', 'evil.example'), 'signature-invalid'],
    [
      'an attribute added after signing',
      genuine.replace('Version=', 'ForceAuthn="true" Version='),
      'signature-invalid',
    ],
    [
      'a changed signature value',
      genuine.replace(/(<ds:SignatureValue>)..../, '$1AAAA'),
      'signature-invalid',
    ],
    ['a changed digest', genuine.replace(/(<ds:DigestValue>)..../, '$1AAAA'), 'signature-invalid'],
    [
      'an unsigned request that carries a signed one in Extensions',
      intoExtensions(evilRequest, genuine),
      'signature-not-on-root',
    ],
    [
      'an unsigned request that carries a signed assertion',
      intoExtensions(
        evilRequest,
        signed(
          {},
          `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a"><saml:Issuer>x</saml:Issuer></saml:Assertion>`,
        ),
      ),
      'signature-not-on-root',
    ],
    // samlify 2.13.1 accepts this request, which contains an element that the service provider really signed.
    ['the genuine signature moved to the root, its request in Extensions', relocated, 'reference-not-root'],
    [
      'the same with the ID of the genuine request on the root',
      intoExtensions(
        evilRequest.replace('_evil', '_request-1').replace('</saml:Issuer>', `</saml:Issuer>${signature}`),
        withoutSignature,
      ),
      'duplicate-id',
    ],
    [
      'the genuine request in an object of the signature',
      evilRequest.replace(
        '</saml:Issuer>',
        `</saml:Issuer>${signature.replace('</ds:Signature>', `<ds:Object>${withoutSignature}</ds:Object></ds:Signature>`)}`,
      ),
      'malformed-signature',
    ],
    [
      'two signatures, the genuine one first',
      genuine.replace(signature, signature + signature),
      'several-signatures',
    ],
    [
      'a signed root around another signed element',
      signed({ xpath: `/*[local-name()='AuthnRequest']` }, intoExtensions(evilRequest, genuine)),
      'several-signatures',
    ],
    [
      'another element under the same Id',
      intoExtensions(genuine, '<x xmlns="urn:x" Id="_request-1"/>'),
      'duplicate-id',
    ],
    [
      'another element under the same xml:id',
      intoExtensions(genuine, '<x xmlns="urn:x" xml:id="_request-1"/>'),
      'duplicate-id',
    ],
    [
      'another element under the same iD',
      intoExtensions(genuine, '<x xmlns="urn:x" iD="_request-1"/>'),
      'duplicate-id',
    ],
    ['an empty reference', signed({ emptyUri: true }), 'reference-not-root'],
    [
      'a reference to a missing element',
      genuine.replace('URI="#_request-1"', 'URI="#_nothing"'),
      'reference-not-root',
    ],
    [
      'a reference with quotes',
      genuine.replace('URI="#_request-1"', `URI="#_request-1' or '1'='1"`),
      'reference-not-root',
    ],
    ['no exclusive canonicalization', signed({ transforms: [ENVELOPED_SIGNATURE] }), 'transform-not-allowed'],
    [
      'inclusive canonicalization',
      signed({ transforms: [ENVELOPED_SIGNATURE, INCLUSIVE_C14N] }),
      'transform-not-allowed',
    ],
    [
      'a canonicalization of SignedInfo that nobody knows',
      genuine.replace(
        `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"/>`,
        '<ds:CanonicalizationMethod Algorithm="u:x"/>',
      ),
      'algorithm-not-allowed',
    ],
    [
      'an XPath transform',
      genuine.replace(
        `<ds:Transform Algorithm="${EXCLUSIVE_C14N}"/>`,
        `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>`,
      ),
      'transform-not-allowed',
    ],
    [
      'an XSLT transform besides',
      genuine.replace(
        '</ds:Transforms>',
        `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></ds:Transforms>`,
      ),
      'transform-not-allowed',
    ],
    // CVE-2025-29775: one parser reads the digest around the comment, another after it.
    [
      'a comment in the digest',
      genuine.replace('<ds:DigestValue>', '<ds:DigestValue><!-- x -->'),
      'malformed-signature',
    ],
    // CVE-2025-29774: one SignedInfo is verified and the other one is read.
    [
      'two SignedInfo',
      genuine.replace(/(<ds:SignedInfo>.*<\/ds:SignedInfo>)/s, '$1$1'),
      'malformed-signature',
    ],
    ['two references', genuine.replace(/(<ds:Reference .*<\/ds:Reference>)/s, '$1$1'), 'malformed-signature'],
    ['no reference', genuine.replace(/<ds:Reference .*<\/ds:Reference>/s, ''), 'malformed-signature'],
    [
      'an empty signature',
      genuine.replace(signature, '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'),
      'malformed-signature',
    ],
    ['a document type', `<!DOCTYPE x [<!ATTLIST x y ID #IMPLIED>]>${genuine}`, 'doctype'],
    ['truncated XML', genuine.slice(0, -20), 'not-well-formed'],
    ['an element that is not closed', '<x>', 'not-well-formed'],
    ['no XML', 'x', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
  ];
  for (const [what, xml, reason] of attacks) {
    it(`${what}: ${reason}`, async () => assert.equal(await verdictOf(xml), reason));
  }

  it('without a certificate: refused', async () =>
    assert.equal(await verdictOf(genuine, []), 'no-certificate'));
  it('with only a certificate that is not RSA: refused', async () =>
    assert.equal(await verdictOf(genuine, [ecCertificate]), 'signature-invalid'));

  it('samlify 2.13 accepts such a request as signed, so its verdict is never used', async () => {
    const samlify = await import('samlify');
    samlify.setSchemaValidator({ validate: () => Promise.resolve('not looked at here') });
    const idp = samlify.IdentityProvider({
      metadata: writeIdentityProviderMetadata({
        entityId: 'https://idp.example',
        signingCertificates: [other.certificate],
        ssoUrl: 'https://idp.example/sso',
        nameIdFormats: [],
        wantAuthnRequestsSigned: true,
      }),
    });
    const serviceProvider = samlify.ServiceProvider({
      entityID: 'https://sp.example/saml',
      authnRequestsSigned: true,
      signingCert: sp.certificatePem,
      assertionConsumerService: [{ Binding: Binding.post, Location: 'https://sp.example/acs' }],
    });
    const accepted = await idp.parseLoginRequest(serviceProvider, 'post', {
      body: { SAMLRequest: encodePost(relocated) },
    });
    assert.equal(readId(accepted.extract), '_evil');
    assert.equal(await verdictOf(relocated), 'reference-not-root');
  });

  it('any change: never throws, and never returns anything but the signed content', async () => {
    const truth = await verifyEnvelopedSignature(bounded(genuine), [sp.certificate]);
    assert.ok(truth.ok);
    const change = fc.record({
      offset: fc.nat(genuine.length),
      drop: fc.nat(3),
      insert: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom('<', '"', '<!---->', ' ', '&#10;', '<x/>'),
      ),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ offset, drop, insert }) => {
        const examined = boundXml(genuine.slice(0, offset) + insert + genuine.slice(offset + drop), WIDE);
        if (!examined.ok) return;
        const verdict = await verifyEnvelopedSignature(examined.xml, [sp.certificate]);
        if (verdict.ok) assert.equal(verdict.verifiedXml, truth.verifiedXml);
      }),
      { numRuns: 300 },
    );
  });
});

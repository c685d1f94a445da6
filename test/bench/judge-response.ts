import { DOMParser } from '@xmldom/xmldom';
import assert from 'node:assert/strict';
import { SignedXml } from 'xml-crypto';
import { formOf, type Answer } from '../support/servers/browserless.ts';

const SIGNATURE_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#';

/**
 * Decodes the response of a delivery page and verifies both of its signatures with a library that isn't ours: a fast
 * answer that no service provider accepts is worthless. Throws when anything is wrong.
 */
export function judgeDelivery(answer: Answer, acsUrl: string, certificatePem: string): void {
  assert.equal(answer.status, 200);
  const { action, fields } = formOf(answer);
  assert.equal(action, acsUrl);
  judgeXml(Buffer.from(fields['SAMLResponse'] ?? '', 'base64').toString('utf8'), certificatePem);
}

/** Does the same for the XML of a response: the Response and the Assertion in it are signed, and both signatures are valid. */
export function judgeXml(xml: string, certificatePem: string): void {
  assert.match(xml, /<saml:Attribute .*Ana Souza/s);
  const signatures = new DOMParser()
    .parseFromString(xml, 'text/xml')
    .getElementsByTagNameNS(SIGNATURE_NAMESPACE, 'Signature');
  const signed: string[] = [];
  for (const signature of Array.from(signatures)) {
    const verifier = new SignedXml({ publicCert: certificatePem, getCertFromKeyInfo: () => null });
    verifier.loadSignature(signature);
    assert.ok(verifier.checkSignature(xml), 'a signature does not hold');
    const root = /^<([\w:]+)/.exec(verifier.getSignedReferences()[0] ?? '')?.[1];
    signed.push(root ?? '');
  }
  assert.deepEqual(signed.sort(), ['saml:Assertion', 'samlp:Response']);
}

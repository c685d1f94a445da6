import { DOMParser } from '@xmldom/xmldom';
import assert from 'node:assert/strict';
import { SignedXml } from 'xml-crypto';
import {
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
} from '../../../../../src/protocols/saml/signature/algorithms.ts';
import { verifyEnvelopedSignature } from '../../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { keyPair, requestXml, signEnveloped } from '../helpers.ts';
import { bounded } from '../../../../support/saml/bounded.ts';

const sp = keyPair('sp');
const other = keyPair('other');
const XS = 'http://www.w3.org/2001/XMLSchema';

/** Signs as OpenSAML does, with lists of prefixes that are rendered although they aren't used. */
function signWithPrefixLists(xml: string): string {
  const signer = new SignedXml({
    privateKey: sp.privateKeyPem,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
  });
  signer.addReference({
    xpath: '/*',
    transforms: [ENVELOPED_SIGNATURE, EXCLUSIVE_C14N],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    inclusiveNamespacesPrefixList: ['xs', 'samlp'],
  });
  const location = { reference: `/*/*[local-name()='Issuer']`, action: 'after' as const };
  signer.computeSignature(xml, { prefix: 'ds', location });
  return signer.getSignedXml();
}

/** The milliseconds of the fastest of ten runs, which depend least on what else the machine does. */
async function costOf(work: () => unknown): Promise<number> {
  const costs = [];
  for (let round = 0; round < 10; round += 1) {
    const { user, system } = process.cpuUsage();
    await work();
    const spent = process.cpuUsage({ user, system });
    costs.push((spent.user + spent.system) / 1000);
  }
  return Math.min(...costs);
}

describe('the quick check of a signature', () => {
  it('accepts a signature with lists of prefixes that the message doesn’t use', async () => {
    const xml = signWithPrefixLists(requestXml({ attributes: `xmlns:xs="${XS}"` }));
    assert.match(xml, /PrefixList="xs samlp"/);
    const verdict = await verifyEnvelopedSignature(bounded(xml), [sp.certificate]);
    assert.ok(verdict.ok);
    assert.ok(verdict.verifiedXml.includes(`xmlns:xs="${XS}"`));
  });

  it('accepts values that are broken into lines', async () => {
    const broken = (text: string) => text.replace(/.{40}/g, '$&\n');
    const xml = signEnveloped(requestXml(), { privateKeyPem: sp.privateKeyPem }).replace(
      /(<ds:SignatureValue>)([^<]*)/,
      (_, tag: string, value: string) => tag + broken(value),
    );
    assert.ok((await verifyEnvelopedSignature(bounded(xml), [sp.certificate])).ok);
  });

  const padding = `<samlp:Extensions>${'<x xmlns="u:x"/>'.repeat(3000)}</samlp:Extensions>`;
  for (const [what, xml] of [
    [
      'aren’t signed',
      signEnveloped(requestXml({ content: padding }), { privateKeyPem: other.privateKeyPem }),
    ],
    [
      'carry a genuine signature of a shorter element',
      signEnveloped(requestXml(), { privateKeyPem: sp.privateKeyPem }).replace(
        '</samlp:AuthnRequest>',
        `${padding}</samlp:AuthnRequest>`,
      ),
    ],
  ] as const) {
    it(`refuses a form full of elements that ${what} in a fraction of the time that xml-crypto takes (attack)`, async () => {
      const signature = new DOMParser()
        .parseFromString(xml, 'text/xml')
        .getElementsByTagName('ds:Signature')[0];
      assert.ok(signature);
      const theirs = await costOf(() => {
        const signed = new SignedXml({ publicCert: sp.certificatePem, getCertFromKeyInfo: () => null });
        signed.loadSignature(signature);
        try {
          assert.equal(signed.checkSignature(xml), false);
        } catch (error) {
          assert.match(String(error), /invalid signature/);
        }
      });
      const ours = await costOf(async () => {
        const verdict = await verifyEnvelopedSignature(bounded(xml), [sp.certificate]);
        assert.equal(verdict.ok ? 'ok' : verdict.reason, 'signature-invalid');
      });
      assert.ok(ours < theirs / 2, `${ours} ms, xml-crypto ${theirs} ms`);
    });
  }
});

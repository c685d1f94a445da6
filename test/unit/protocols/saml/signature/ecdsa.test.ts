import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { decodeRedirect } from '../../../../../src/protocols/saml/bindings/redirect.ts';
import {
  findCertificateFault,
  requestKeyOf,
} from '../../../../../src/protocols/saml/signature/request-key.ts';
import { judgeValue } from '../../../../../src/protocols/saml/signature/signature-value.ts';
import { verifyEnvelopedSignature } from '../../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { verifyRedirectSignature } from '../../../../../src/protocols/saml/signature/verify-redirect.ts';
import { certificateOfKey } from '../../../../support/applications/odd-keys.ts';
import { bounded } from '../../../../support/saml/bounded.ts';
import { ecdsaUri, keyPair, redirectQuery, requestXml, signEnveloped } from '../helpers.ts';

function ecKeyPair(namedCurve: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  return {
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    certificate: certificateOfKey(publicKey),
  };
}

const sp = keyPair('sp');
const p256 = ecKeyPair('P-256');
const MESSAGE = requestXml();

function received(query: string) {
  const decoded = decodeRedirect(query, { maxInflatedBytes: 100_000 });
  assert.ok(decoded.ok && decoded.signature);
  return decoded.signature;
}

interface Signing {
  readonly privateKeyPem?: string;
  readonly certificate?: string;
  readonly hash?: string;
  readonly uri?: string;
  readonly dsaEncoding?: 'der' | 'ieee-p1363';
}

/** What is said of a request by HTTP-Redirect. */
function byRedirect({ hash = 'sha256', uri = ecdsaUri(hash), ...others }: Signing): string {
  const { privateKeyPem, certificate, dsaEncoding = 'ieee-p1363' } = { ...p256, ...others };
  const query = redirectQuery(MESSAGE, { privateKeyPem, hash, algorithm: uri, dsaEncoding });
  const verdict = verifyRedirectSignature(received(query), [certificate]);
  return verdict.ok ? `ok${verdict.inDer ? ' in DER' : ''}` : verdict.detail;
}

/** What is said of a request by HTTP-POST. */
async function byPost({ hash = 'sha256', uri = ecdsaUri(hash), ...others }: Signing): Promise<string> {
  const { privateKeyPem, certificate, dsaEncoding = 'ieee-p1363' } = { ...p256, ...others };
  const xml = signEnveloped(MESSAGE, { privateKeyPem, signatureAlgorithm: uri, dsaEncoding });
  const verdict = await verifyEnvelopedSignature(bounded(xml), [certificate]);
  if (verdict.ok) assert.doesNotMatch(verdict.verifiedXml, /Signature/);
  return verdict.ok ? `ok${verdict.inDer ? ' in DER' : ''}` : verdict.detail;
}

describe('a signature with ECDSA', () => {
  for (const [curve, hash] of [
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
    ['P-521', 'sha256'],
  ] as const) {
    it(`is verified on ${curve} with ${hash}, in both forms and bindings`, async () => {
      const pair = ecKeyPair(curve);
      assert.equal(byRedirect({ ...pair, hash }), 'ok');
      assert.equal(await byPost({ ...pair, hash }), 'ok');
      assert.equal(byRedirect({ ...pair, hash, dsaEncoding: 'der' }), 'ok in DER');
      assert.equal(await byPost({ ...pair, hash, dsaEncoding: 'der' }), 'ok in DER');
    });
  }

  it('is refused from another key', async () => {
    const foreign = { certificate: ecKeyPair('P-256').certificate };
    for (const dsaEncoding of ['der', 'ieee-p1363'] as const) {
      assert.match(byRedirect({ ...foreign, dsaEncoding }), /^no certificate of the service provider made/);
      assert.match(await byPost({ ...foreign, dsaEncoding }), /^no certificate of the service provider made/);
    }
  });

  it('is refused under the name of RSA, and RSA under its name (attack), and the reason says so', async () => {
    const rsa = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
    assert.match(byRedirect({ uri: rsa, dsaEncoding: 'der' }), /rsa-sha256, and no .* has a key for RSA$/);
    assert.match(byRedirect(sp), /ecdsa-sha256, and no .* has a key for ECDSA$/);
    assert.match(await byPost({ ...p256, certificate: sp.certificate }), /has a key for ECDSA$/);
  });

  it('of zeros is no signature (attack)', () => {
    const key = requestKeyOf(p256.certificate);
    assert.ok(key);
    const method = { keyType: 'ec', hash: 'sha256' } as const;
    for (const value of [
      Buffer.alloc(64),
      Buffer.alloc(0),
      Buffer.alloc(63),
      Buffer.from('3006020100020100', 'hex'),
    ])
      assert.equal(judgeValue(method, Buffer.from('x'), key, value), 'foreign');
  });

  it('with an algorithm that OpenSSL refuses is told from a wrong one', () => {
    const key = requestKeyOf(sp.certificate);
    assert.ok(key);
    const method = { keyType: 'rsa', hash: 'forbidden' } as const;
    assert.equal(judgeValue(method, Buffer.from('x'), key, Buffer.alloc(256)), 'unavailable');
  });
});

describe('a certificate with another key than RSA', () => {
  const faultOf = (certificate: string) => findCertificateFault(certificate, 4096) ?? 'usable';
  const curve = (name: string) => faultOf(ecKeyPair(name).certificate);

  it('is refused on a weak curve', () => {
    for (const name of ['secp112r1', 'secp160r1', 'prime192v1', 'sect163k1', 'brainpoolP160r1'])
      assert.match(curve(name), new RegExp(`key on the curve ${name}, which is too weak; use P-256`));
  });

  it('is refused on a curve of its own making (attack), and on those that no standard of XML Signature names', () => {
    const explicit = generateKeyPairSync('ec', { namedCurve: 'secp256k1', paramEncoding: 'explicit' });
    for (const fault of [
      ...['secp256k1', 'brainpoolP256r1', 'secp224r1'].map(curve),
      faultOf(certificateOfKey(explicit.publicKey)),
      faultOf(certificateOfKey(generateKeyPairSync('x25519').publicKey)),
    ])
      assert.match(fault, /, and only RSA, and ECDSA on P-256, P-384 or P-521, can be verified$/);
  });

  it('is used on the three curves', () => {
    for (const name of ['P-256', 'P-384', 'P-521']) assert.equal(curve(name), 'usable');
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { decodeRedirect } from '../../src/protocols/saml/bindings/redirect.ts';
import { normaliseCertificate } from '../../src/protocols/saml/signature/certificate.ts';
import { verifyEnvelopedSignature } from '../../src/protocols/saml/signature/verify-enveloped.ts';
import { verifyRedirectSignature } from '../../src/protocols/saml/signature/verify-redirect.ts';
import { Namespace } from '../../src/protocols/saml/types.ts';
import { sampled } from '../support/basics/depth.ts';
import { skipAloud } from '../support/basics/skip.ts';
import { bounded } from '../support/saml/bounded.ts';
import { ecdsaUri, requestXml } from '../unit/protocols/saml/helpers.ts';

/** Signs a file with r and s one after the other; the key is read from PEM. */
const PYTHON_SIGNER = `
import sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
key = serialization.load_pem_private_key(open(sys.argv[1], "rb").read(), None)
signature = key.sign(open(sys.argv[2], "rb").read(), ec.ECDSA(getattr(hashes, sys.argv[3].upper())()))
size = (key.key_size + 7) // 8
sys.stdout.buffer.write(b"".join(n.to_bytes(size, "big") for n in utils.decode_dss_signature(signature)))
`;

const run = (command: string, args: readonly string[]): Buffer => {
  const { status, stdout, stderr, error } = spawnSync(command, args);
  assert.equal(status, 0, `${command}: ${String(error ?? stderr)}`);
  return stdout;
};

/** The programs write the signatures, and none of our code does. */
describe('requests that other programs sign with ECDSA', function () {
  this.timeout(30_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'vestibule-ecdsa-'))));
  after(() => rmSync(folder, { recursive: true }));

  for (const [curve, hash] of [
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
  ] as const) {
    describe(sampled(curve === 'P-256', `on ${curve}`), () => {
      let key: string;
      let certificate: string;
      before(() => {
        key = join(folder, `${curve}.key`);
        const newKey = ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`];
        const args = ['req', '-x509', ...newKey, '-nodes', '-keyout', key, '-days', '30', '-subj', '/CN=sp'];
        certificate = normaliseCertificate(run('openssl', args).toString()) ?? '';
        assert.notEqual(certificate, '');
      });

      const redirect = (sign: (file: string) => Buffer) => {
        const signed = [
          `SAMLRequest=${encodeURIComponent(deflateRawSync(requestXml()).toString('base64'))}`,
          `SigAlg=${encodeURIComponent(ecdsaUri(hash))}`,
        ].join('&');
        const file = join(folder, `${curve}.query`);
        writeFileSync(file, signed);
        const signature = encodeURIComponent(sign(file).toString('base64'));
        const decoded = decodeRedirect(`${signed}&Signature=${signature}`, { maxInflatedBytes: 100_000 });
        assert.ok(decoded.ok && decoded.signature);
        return verifyRedirectSignature(decoded.signature, [certificate]);
      };

      it('are verified by HTTP-Redirect: OpenSSL, in DER', () => {
        const verdict = redirect((file) => run('openssl', ['dgst', `-${hash}`, '-sign', key, file]));
        assert.deepEqual(verdict, { ok: true, certificate, inDer: true });
      });

      it('are verified by HTTP-Redirect: cryptography (Python), with r and s', function () {
        const python = '/usr/bin/python3';
        if (spawnSync(python, ['-c', 'import cryptography']).status !== 0)
          skipAloud(this, 'the package python3-cryptography is not installed');
        const verdict = redirect((file) => run(python, ['-c', PYTHON_SIGNER, key, file, hash]));
        assert.deepEqual(verdict, { ok: true, certificate, inDer: false });
      });

      it('are verified by HTTP-POST: xmlsec1', async function () {
        if (spawnSync('xmlsec1', ['--version']).error) skipAloud(this, 'xmlsec1 is not installed');
        const file = join(folder, `${curve}.xml`);
        writeFileSync(file, template(hash));
        const id = ['--id-attr:ID', `${Namespace.protocol}:AuthnRequest`];
        const xml = run('xmlsec1', ['--sign', '--privkey-pem', key, ...id, file]).toString();
        const verdict = await verifyEnvelopedSignature(bounded(xml.replace(/^<\?xml.*\?>\s*/, '')), [
          certificate,
        ]);
        assert.deepEqual(verdict.ok && [verdict.certificate, verdict.inDer], [certificate, false]);
      });
    });
  }
});

/** A request with an empty signature for xmlsec1 to fill in. */
function template(hash: string): string {
  const method = (name: string, uri: string, inside = '') =>
    `<ds:${name} Algorithm="${uri}">${inside}</ds:${name}>`;
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const transforms =
    method('Transform', `${Namespace.signature}enveloped-signature`) + method('Transform', exclusive);
  const signature =
    `<ds:Signature xmlns:ds="${Namespace.signature}"><ds:SignedInfo>` +
    method('CanonicalizationMethod', exclusive) +
    method('SignatureMethod', ecdsaUri(hash)) +
    `<ds:Reference URI="#_request-1"><ds:Transforms>${transforms}</ds:Transforms>` +
    `${method('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256')}<ds:DigestValue/></ds:Reference>` +
    '</ds:SignedInfo><ds:SignatureValue/></ds:Signature>';
  return requestXml().replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
}

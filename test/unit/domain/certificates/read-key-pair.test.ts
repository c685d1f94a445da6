import assert from 'node:assert/strict';
import { dsaPrivateKeyPem } from '../../../support/applications/odd-keys.ts';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readKeyPair } from '../../../../src/domain/certificates/read-key-pair.ts';
import { pemOfCertificate } from '../../../../src/protocols/saml/signature/certificate.ts';
import { issueSelfSigned } from '../../../../src/domain/certificates/self-signed.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { countingIds } from '../../../support/basics/ids.ts';
import { samlFixture } from '../../../support/saml/keys.ts';

const certificatePem = samlFixture('idp-cert.pem');
const privateKeyPem = samlFixture('idp-key.pem');
const read = (change: Partial<Parameters<typeof readKeyPair>[0]> = {}) =>
  readKeyPair({ certificatePem, privateKeyPem, algorithm: 'SHA-256', ...change });

async function ofBits(modulusLength: number) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const issued = await issueSelfSigned({
    keyPair: { privateKeyPem: privateKey, publicKeyPem: publicKey },
    ...{ commonName: 'own', organizationalUnit: 'wiki', validFromAt: START_AT, ids: countingIds() },
  });
  return { certificatePem: issued.certificatePem, privateKeyPem: privateKey };
}

function refused(change: Parameters<typeof read>[0], field: string, message: RegExp): void {
  const result = read(change);
  assert.ok(!result.ok, 'it was taken');
  assert.equal(result.field, field);
  assert.match(result.message, message);
}

describe('a key pair that an administrator brings along', () => {
  it('is read with its size and dates, whatever text tools write around it', () => {
    const pkcs1 = createPrivateKey(privateKeyPem).export({ type: 'pkcs1', format: 'pem' }).toString();
    const x509 = new X509Certificate(certificatePem);
    for (const change of [
      {},
      { privateKeyPem: pkcs1 },
      { certificatePem: `Bag Attributes\n    friendlyName: own\nsubject=CN = own\n${certificatePem}` },
      { certificatePem: certificatePem.replaceAll('\n', '\r\n') },
      { privateKeyPem: `\uFEFFBag Attributes\n    localKeyID: 01\n${certificatePem}${privateKeyPem}` },
      { privateKeyPem: privateKeyPem.replaceAll('\n', '\r\n') },
      { privateKeyPem: privateKeyPem.replaceAll('\n', ' ') },
      { certificatePem: samlFixture('other-cert.pem') + certificatePem + privateKeyPem },
    ]) {
      const result = read(change);
      assert.ok(result.ok, JSON.stringify(result));
      const { prepared } = result;
      assert.equal(prepared.certificatePem.trim(), certificatePem.trim());
      assert.equal(prepared.privateKeyPem, privateKeyPem);
      assert.equal(prepared.keySize, 2048);
      assert.equal(prepared.notAfterAt, Date.parse(x509.validTo));
    }
  });

  it('has from 1024 to 4096 bits', async function () {
    this.timeout(60_000); // Generating 4104 bits takes long.
    for (const bits of [1024, 3072]) {
      const result = read(await ofBits(bits));
      assert.ok(result.ok && result.prepared.keySize === bits, String(bits));
    }
    refused(await ofBits(1016), 'privateKeyPem', /1016 bits, which is too weak/);
    refused(await ofBits(4104), 'privateKeyPem', /4104 bits, which is so large/);
  });

  it('is refused with the field and the reason', () => {
    const others = `${samlFixture('sp-cert.pem')}\n${samlFixture('other-cert.pem')}`;
    refused({ certificatePem: others }, 'privateKeyPem', /not the key of any of the 2 certificates/);
    refused({ certificatePem: privateKeyPem }, 'certificatePem', /not an X\.509 certificate/);
    refused({ certificatePem: 'nonsense' }, 'certificatePem', /not an X\.509 certificate/);
    refused({ privateKeyPem: samlFixture('other-key.pem') }, 'privateKeyPem', /not the certificate’s key/);
    refused({ privateKeyPem: certificatePem }, 'privateKeyPem', /not a private key/);
    refused({ privateKeyPem: '' }, 'privateKeyPem', /not a private key/);
    const key = createPrivateKey(privateKeyPem);
    const sealed = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
    for (const type of ['pkcs8', 'pkcs1'] as const) {
      const pem = key.export({ type, ...sealed }).toString();
      refused({ privateKeyPem: pem }, 'privateKeyPem', /protected by a password/);
    }
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const ecPem = ec.export({ type: 'pkcs8', format: 'pem' }).toString();
    refused({ privateKeyPem: ecPem }, 'privateKeyPem', /type EC: responses are signed with RSA/);
    refused({ certificatePem: samlFixture('ec-cert.pem') }, 'privateKeyPem', /not the certificate’s key/);
  });

  it('is refused before it is read when reading it would take long', () => {
    const before = process.cpuUsage();
    for (const bits of [4096, 32 * 1024])
      refused(
        { privateKeyPem: dsaPrivateKeyPem(bits) },
        'privateKeyPem',
        /another type: responses are signed with RSA/,
      );
    const other = dsaPrivateKeyPem(4096).replaceAll('PRIVATE KEY', 'DSA PRIVATE KEY');
    refused({ privateKeyPem: other }, 'privateKeyPem', /another type/);
    const { user } = process.cpuUsage(before);
    assert.ok(user < 1_000_000, `${user} µs`); // OpenSSL takes four seconds to read the longer one
  });

  it('is refused when the dates of the certificate aren’t valid dates', () => {
    const der = new X509Certificate(certificatePem).raw;
    for (const { index, 0: date } of der.toString('latin1').matchAll(/\d{12,14}Z/g)) {
      const changed = Buffer.from(der);
      changed.write('9'.repeat(date.length - 1), index, 'latin1');
      const pem = pemOfCertificate(changed.toString('base64'));
      refused({ certificatePem: pem }, 'certificatePem', /validity dates can’t be read/);
    }
  });

  it('is refused when the key has the right modulus but makes wrong signatures', () => {
    const jwk = createPrivateKey(privateKeyPem).export({ format: 'jwk' });
    const damaged = (part: string | undefined) => {
      const bytes = Buffer.from(part ?? '', 'base64url');
      bytes[10] = (bytes[10] ?? 0) ^ 1;
      return bytes.toString('base64url');
    };
    const key = createPrivateKey({
      key: { ...jwk, d: damaged(jwk.d), dp: damaged(jwk.dp) },
      format: 'jwk',
    });
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    refused({ privateKeyPem: pem }, 'privateKeyPem', /damaged/);
  });
});

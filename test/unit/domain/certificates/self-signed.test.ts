import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { generateKeyPair } from '../../../../src/domain/certificates/key-pair.ts';
import { issueSelfSigned, type SelfSignedOptions } from '../../../../src/domain/certificates/self-signed.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { countingIds } from '../../../support/basics/ids.ts';
import { fixedKeyPair } from '../../../support/saml/keys.ts';
import { skipAloud } from '../../../support/basics/skip.ts';

const keyPair = fixedKeyPair();
const issue = (change: Partial<SelfSignedOptions> = {}) =>
  issueSelfSigned({
    keyPair,
    commonName: 'd-1234567890',
    organizationalUnit: 'wiki',
    validFromAt: START_AT + 123,
    ids: countingIds(),
    ...change,
  });

/** Serial numbers that begin with a chosen digit. */
const idsWithHex = (hex: string) => ({ ...countingIds(), hex: () => hex });

describe('a self-signed certificate', () => {
  it('fits its key, verifies itself, and is valid for five years from the whole second', async () => {
    const issued = await issue();
    const certificate = new X509Certificate(issued.certificatePem);
    assert.ok(certificate.checkPrivateKey(createPrivateKey(keyPair.privateKeyPem)));
    assert.ok(certificate.verify(certificate.publicKey));
    assert.ok(certificate.checkIssued(certificate));
    assert.equal(certificate.subject, 'O=Vestibule\nOU=wiki\nCN=d-1234567890');
    assert.equal(certificate.issuer, certificate.subject);
    assert.equal(certificate.ca, false);
    assert.equal(issued.notBeforeAt, START_AT);
    assert.equal(issued.notAfterAt, Date.UTC(2031, 0, 15, 12));
    assert.equal(Date.parse(certificate.validFrom), issued.notBeforeAt);
    assert.equal(Date.parse(certificate.validTo), issued.notAfterAt);
  });

  it('does not verify when an octet is changed', async () => {
    const { certificatePem } = await issue();
    const other = new X509Certificate((await issue({ commonName: 'd-1234567891' })).certificatePem);
    const der = Buffer.from(new X509Certificate(certificatePem).raw);
    der[der.indexOf('wiki')] = 'W'.charCodeAt(0);
    const forged = new X509Certificate(der);
    assert.equal(forged.verify(forged.publicKey), false);
    assert.equal(forged.checkIssued(other), false);
  });

  for (const [algorithm, name] of [
    ['SHA-256', 'sha256WithRSAEncryption'],
    ['SHA-1', 'sha1WithRSAEncryption'],
  ] as const) {
    it(`is an X.509 v3 certificate with ${algorithm} that openssl reads and verifies`, async function () {
      const { certificatePem } = await issue({ algorithm });
      let text: string;
      try {
        text = execFileSync('openssl', ['x509', '-noout', '-text'], {
          input: certificatePem,
          encoding: 'utf8',
        });
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
          skipAloud(this, 'openssl is missing');
        throw error;
      }
      assert.match(text, /Version: 3/);
      assert.equal(text.match(new RegExp(`Signature Algorithm: ${name}`, 'g'))?.length, 2);
      assert.match(text, /Public-Key: \(2048 bit\)/);
      assert.match(text, /Basic Constraints: critical\s+CA:FALSE/);
    });
  }

  it('may have both key sizes of the guide', async () => {
    const small = await generateKeyPair(1024);
    const certificate = new X509Certificate((await issue({ keyPair: small })).certificatePem);
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 1024);
    assert.ok(certificate.verify(certificate.publicKey));
  });

  it('has a positive serial number of 32 bits without a needless zero, for any random number', async () => {
    const hex = fc.integer({ min: 0, max: 0xffffffff }).map((number) => number.toString(16).padStart(8, '0'));
    const serialOf = async (digits: string) => {
      const { certificatePem } = await issue({ ids: idsWithHex(digits) });
      return new X509Certificate(certificatePem).serialNumber;
    };
    for (const digits of ['00000000', '00ffffff', '7fffffff', '80000000', 'ffffffff']) {
      assert.match(await serialOf(digits), /^[4-7][0-9A-F]{7}$/);
    }
    await fc.assert(
      fc.asyncProperty(hex, async (digits) => assert.match(await serialOf(digits), /^[4-7][0-9A-F]{7}$/)),
      { numRuns: 20 },
    );
    assert.notEqual(await serialOf('01234567'), await serialOf('01234568'));
  });

  const validities: [from: number, months: number, to: number][] = [
    [Date.UTC(2026, 0, 31), 1, Date.UTC(2026, 1, 28)],
    [Date.UTC(2024, 1, 29), 12, Date.UTC(2025, 1, 28)],
    [Date.UTC(2024, 1, 29), 48, Date.UTC(2028, 1, 29)],
    [Date.UTC(2026, 10, 30, 23, 59, 59), 3, Date.UTC(2027, 1, 28, 23, 59, 59)],
    [Date.UTC(2049, 11, 31), 1, Date.UTC(2050, 0, 31)], // UTCTime ends in 2049 (RFC 5280 §4.1.2.5)
    [Date.UTC(2026, 0, 15), 1200, Date.UTC(2126, 0, 15)],
  ];
  for (const [from, months, to] of validities) {
    it(`is valid for ${months} months from ${new Date(from).toISOString()}`, async () => {
      const issued = await issue({ validFromAt: from, validityMonths: months });
      assert.equal(issued.notAfterAt, to);
      assert.equal(Date.parse(new X509Certificate(issued.certificatePem).validTo), to);
    });
  }
});

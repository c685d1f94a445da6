import { sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Ids } from '../../foundation/platform/ids.ts';
import type { CertificateAlgorithm } from './certificate.ts';
import type { KeyPairPem } from './key-pair.ts';
import { addMonths, wholeSecond } from './validity.ts';

/** By default a certificate is valid for five years (guide, "Manage AWS SSO certificates"). */
const DEFAULT_VALIDITY_MONTHS = 60;

export interface SelfSignedOptions {
  readonly keyPair: KeyPairPem;
  /** Subject and issuer: `CN=…, OU=…, O=Vestibule`. At most 64 characters each (RFC 5280, appendix A.1). */
  readonly commonName: string;
  readonly organizationalUnit: string;
  readonly validFromAt: Instant;
  readonly validityMonths?: number;
  readonly algorithm?: CertificateAlgorithm;
  /** The source of the serial number. */
  readonly ids: Ids;
}

export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly notBeforeAt: Instant;
  readonly notAfterAt: Instant;
}

const SIGNATURES = {
  'SHA-256': { hash: 'sha256', oid: 'sha256WithRSAEncryption' },
  'SHA-1': { hash: 'sha1', oid: 'sha1WithRSAEncryption' },
} as const satisfies Record<CertificateAlgorithm, { hash: string; oid: string }>;

const signInThreadPool = promisify(sign);

/**
 * Issues a self-signed X.509 v3 certificate (RFC 5280), which service providers pin. node-forge encodes it;
 * node:crypto signs it in the thread pool, some hundred times faster than forge.
 * The certificate states that it doesn't belong to a certificate authority, and has no key usage extension:
 * with one that allows signatures but no certificates, OpenSSL would no longer consider it self-signed.
 */
export async function issueSelfSigned(options: SelfSignedOptions): Promise<IssuedCertificate> {
  const { asn1, pem, pki } = (await import('node-forge')).default;
  const notBeforeAt = wholeSecond(options.validFromAt);
  const notAfterAt = addMonths(notBeforeAt, options.validityMonths ?? DEFAULT_VALIDITY_MONTHS);
  const { hash, oid } = SIGNATURES[options.algorithm ?? 'SHA-256'];

  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(options.keyPair.publicKeyPem);
  certificate.serialNumber = serialNumber(options.ids);
  certificate.validity.notBefore = new Date(notBeforeAt);
  certificate.validity.notAfter = new Date(notAfterAt);
  const name = [
    { shortName: 'O', value: 'Vestibule' },
    { shortName: 'OU', value: options.organizationalUnit },
    { shortName: 'CN', value: options.commonName },
  ];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.siginfo.algorithmOid = certificate.signatureOid = pki.oids[oid] ?? '';
  certificate.signature = '';

  const [tbsCertificate] = pki.certificateToAsn1(certificate).value;
  if (typeof tbsCertificate !== 'object') throw new Error('node-forge encoded no TBSCertificate.');
  const signed = Buffer.from(asn1.toDer(tbsCertificate).getBytes(), 'binary');
  const signature = await signInThreadPool(hash, signed, options.keyPair.privateKeyPem);
  // The signed structure is reused: encoded a second time, it might differ.
  certificate.tbsCertificate = tbsCertificate;
  certificate.signature = signature.toString('binary');
  const der = asn1.toDer(pki.certificateToAsn1(certificate)).getBytes();
  const certificatePem = pem
    .encode({ type: 'CERTIFICATE', body: der }, { maxline: 64 })
    .replaceAll('\r\n', '\n');
  return { certificatePem, notBeforeAt, notAfterAt };
}

/**
 * Eight hexadecimal digits, as in AWS's certificates. The first two bits are 01, so the number is positive
 * and has no redundant leading octet, which DER forbids (RFC 5280 §4.1.2.2, X.690 §8.3.2).
 */
function serialNumber(ids: Ids): string {
  const random = Number.parseInt(ids.hex(8), 16);
  return (((random & 0x3fffffff) | 0x40000000) >>> 0).toString(16);
}

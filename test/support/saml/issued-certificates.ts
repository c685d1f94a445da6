import forge from 'node-forge';
import { fixedKeyPair } from './keys.ts';

type KeyName = Parameters<typeof fixedKeyPair>[0];

export interface Issued {
  readonly name: string;
  readonly key: KeyName;
  /** Absent: it is self-signed. */
  readonly by?: { readonly name: string; readonly key: KeyName };
  /** Whether it says that it is of a certificate authority. */
  readonly isAuthority?: boolean;
  /** Makes certificates of one name and key differ. */
  readonly serial?: string;
}

/** A certificate in PEM, of keys that needn't be generated. It has no key identifiers, so that names alone tell its issuer. */
export function issueCertificate({
  name,
  key,
  by = { name, key },
  isAuthority,
  serial = '01',
}: Issued): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(fixedKeyPair(key).publicKeyPem);
  certificate.serialNumber = serial;
  certificate.validity.notBefore = new Date('2026-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2126-01-01T00:00:00Z');
  certificate.setSubject([{ shortName: 'CN', value: name }]);
  certificate.setIssuer([{ shortName: 'CN', value: by.name }]);
  if (isAuthority === true) certificate.setExtensions([{ name: 'basicConstraints', cA: true }]);
  certificate.sign(forge.pki.privateKeyFromPem(fixedKeyPair(by.key).privateKeyPem), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}

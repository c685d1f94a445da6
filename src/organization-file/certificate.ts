import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { KeySize, NewCertificate } from '../certificates/certificate.ts';
import type { CertificateId } from '../platform/ids.ts';
import { normaliseCertificate, pemOfCertificate } from '../saml/signature/certificate.ts';

/** A certificate that a file brings along with its key. */
export interface DeclaredCertificate {
  /** Absent: derived for the active one. */
  readonly id: CertificateId | undefined;
  readonly active: boolean;
  readonly prepared: NewCertificate;
}

const privateKey = z.string({ error: 'The private key must be text in PEM.' });

const KEY_SIZES: readonly (number | undefined)[] = [1024, 2048] satisfies KeySize[];
const isKeySize = (bits: number | undefined): bits is KeySize => KEY_SIZES.includes(bits);

/** A certificate and its private key; both are looked at together. */
export const certificateSchema = z
  .strictObject({
    id: z
      .string({ error: 'The certificate’s id must be text.' })
      .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'A certificate’s id is a UUID.' })
      .transform((id) => id as CertificateId) // its whole form was checked just above
      .optional(),
    active: z.boolean().default(true).describe('Whether responses are signed with it.'),
    algorithm: z
      .enum(['SHA-256', 'SHA-1'])
      .default('SHA-256')
      .describe('How responses are signed with its key.'),
    certificate: z.string({ error: 'The certificate must be text in PEM.' }),
    privateKey: privateKey.describe('PKCS #8 in PEM, not encrypted.'),
  })
  .transform((value, context): DeclaredCertificate => {
    const { id, active, algorithm } = value;
    const refuse = (path: string, message: string) => {
      context.issues.push({ code: 'custom', message, path: [path], input: value });
      return z.NEVER;
    };
    const base64 = normaliseCertificate(value.certificate);
    if (base64 === undefined) {
      return refuse('certificate', 'This is not an X.509 certificate in PEM (-----BEGIN CERTIFICATE-----).');
    }
    const key = readPrivateKey(value.privateKey);
    if (!key) {
      return refuse(
        'privateKey',
        'This is not a private key in PEM without a password (-----BEGIN PRIVATE KEY-----).',
      );
    }
    const certificatePem = pemOfCertificate(base64);
    const certificate = new X509Certificate(certificatePem);
    if (!certificate.checkPrivateKey(key)) {
      return refuse('privateKey', 'This is not the certificate’s key.');
    }
    const keySize = key.asymmetricKeyDetails?.modulusLength;
    if (key.asymmetricKeyType !== 'rsa' || !isKeySize(keySize)) {
      return refuse('privateKey', 'An application’s key is an RSA key of 1024 or 2048 bits.');
    }
    const prepared = {
      certificatePem,
      privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...{ keySize, algorithm },
      notBeforeAt: Date.parse(certificate.validFrom),
      notAfterAt: Date.parse(certificate.validTo),
    };
    return { id, active, prepared };
  });

function readPrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

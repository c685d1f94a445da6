import { z } from 'zod';
import type { NewCertificate } from '../../../domain/certificates/certificate.ts';
import { pemSchema } from '../../../domain/certificates/certificate-input.ts';
import { readKeyPair } from '../../../domain/certificates/read-key-pair.ts';
import { type CertificateId, asId } from '../../../foundation/platform/ids.ts';

/** A certificate that a file declares, with its private key. */
export interface DeclaredCertificate {
  /** Absent means that the id is derived. */
  readonly id: CertificateId | undefined;
  readonly active: boolean;
  readonly prepared: NewCertificate;
}

/** A certificate and its private key, which must belong together. */
export const certificateSchema = z
  .strictObject({
    id: z
      .string({ error: 'The certificate’s id must be text.' })
      .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'A certificate’s id is a UUID.' })
      .transform(asId<CertificateId>) // the pattern above checks the whole id
      .optional(),
    active: z.boolean().default(true).describe('Whether responses are signed with it.'),
    algorithm: z
      .enum(['SHA-256', 'SHA-1'])
      .default('SHA-256')
      .describe('How responses are signed with its key.'),
    certificate: pemSchema('certificate'),
    privateKey: pemSchema('private key').describe('PKCS #8 or PKCS #1 in PEM, not encrypted.'),
  })
  .transform((value, context): DeclaredCertificate => {
    const { id, active, algorithm } = value;
    const refuse = (path: string, message: string) => {
      context.issues.push({ code: 'custom', message, path: [path], input: value });
      return z.NEVER;
    };
    const read = readKeyPair({
      certificatePem: value.certificate,
      privateKeyPem: value.privateKey,
      algorithm,
    });
    if (!read.ok) {
      return refuse(read.field === 'certificatePem' ? 'certificate' : 'privateKey', read.message);
    }
    const { prepared } = read;
    return { id, active, prepared };
  });

import { z } from 'zod';

/**
 * In characters. Far more than a certificate or key of 4096 bits takes, including the comments that tools
 * add.
 */
const MAX_PEM_CHARACTERS = 32 * 1024;

/** A certificate or a private key as text. */
export const pemSchema = (what: string) =>
  z
    .string({ error: `The ${what} must be text in PEM.` })
    .max(MAX_PEM_CHARACTERS, { error: `The ${what} has more than ${MAX_PEM_CHARACTERS} characters.` });

const MAX_MONTHS = 120;

const inputSchema = z.strictObject({
  validityMonths: z
    .int({ error: `The validity period is a whole number of months, 1 to ${MAX_MONTHS}.` })
    .min(1, { error: 'The validity period is at least one month.' })
    .max(MAX_MONTHS, { error: `The validity period is at most ${MAX_MONTHS} months.` })
    .optional()
    .describe('For a generated certificate; 60 if absent.'),
  keySize: z
    .union([z.literal(1024), z.literal(2048)], { error: 'The key size is 1024 or 2048.' })
    .optional()
    .describe('For a generated certificate, in bits; 2048 if absent.'),
  algorithm: z
    .enum(['SHA-256', 'SHA-1'], { error: 'The algorithm is SHA-256 or SHA-1.' })
    .default('SHA-256')
    .describe(
      'The hash of the certificate’s signature, if it is generated, and of the responses signed with its key.',
    ),
  certificatePem: pemSchema('certificate')
    .optional()
    .describe('The certificate to import; give privateKeyPem too.'),
  privateKeyPem: pemSchema('private key')
    .optional()
    .describe('The private key to import: PKCS #8 or PKCS #1 in PEM, without a password.'),
});

/** A certificate to generate, or one to import with its key (guide, "Generate a new certificate"). */
export const certificateInputSchema = inputSchema.superRefine((input, context) => {
  const refuse = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  const { certificatePem, privateKeyPem, validityMonths, keySize } = input;
  if (certificatePem === undefined && privateKeyPem === undefined) return;
  if (certificatePem === undefined) refuse('certificatePem', 'The certificate of this key is missing.');
  if (privateKeyPem === undefined) refuse('privateKeyPem', 'The private key of this certificate is missing.');
  if (validityMonths !== undefined) {
    refuse(
      'validityMonths',
      'The validity of an imported certificate can’t be chosen: the certificate states it.',
    );
  }
  if (keySize !== undefined) refuse('keySize', 'The size of an imported key can’t be chosen.');
});

export type CertificateInput = z.output<typeof certificateInputSchema>;

/** The warning to confirm before a certificate is set as active (guide, "Set the new certificate to active"). */
const ACTIVATION_WARNING =
  'Setting a certificate as active may require you to re-establish the trust with the service provider: until it trusts this certificate, nobody can sign in there. Confirm that you understand this with acknowledged: true.';

export const activationSchema = z.strictObject({
  acknowledged: z.literal(true, { error: ACTIVATION_WARNING }),
});

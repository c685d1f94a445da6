import { z } from 'zod';

/** Far more than a certificate or key of 4096 bits with everything that tools write around it. */
const MOST_PEM = 32 * 1024;

const pem = (what: string) =>
  z
    .string({ error: `The ${what} must be text in PEM.` })
    .max(MOST_PEM, { error: `The ${what} has more than ${MOST_PEM} characters.` });

const MAX_MONTHS = 120;

const inputSchema = z.strictObject({
  validityMonths: z
    .int({ error: `The validity period is a whole number of months, 1 to ${MAX_MONTHS}.` })
    .min(1, { error: 'The validity period is at least one month.' })
    .max(MAX_MONTHS, { error: `The validity period is at most ${MAX_MONTHS} months.` })
    .optional()
    .describe('Of a generated one; 60 when absent.'),
  keySize: z
    .union([z.literal(1024), z.literal(2048)], { error: 'The key size is 1024 or 2048.' })
    .optional()
    .describe('Of a generated one, in bits; 2048 when absent.'),
  algorithm: z
    .enum(['SHA-256', 'SHA-1'], { error: 'The algorithm is SHA-256 or SHA-1.' })
    .default('SHA-256')
    .describe('How responses are signed with its key.'),
  certificatePem: pem('certificate').optional().describe('Of an imported one, which takes the next too.'),
  privateKeyPem: pem('private key').optional().describe('PKCS #8 or PKCS #1 in PEM, without a password.'),
});

/** A certificate to be generated, or one to be imported with its key (guide, "Generate a new certificate"). */
export const certificateInputSchema = inputSchema.superRefine((input, context) => {
  const refuse = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  const { certificatePem, privateKeyPem, validityMonths, keySize } = input;
  if (certificatePem === undefined && privateKeyPem === undefined) return;
  if (certificatePem === undefined) refuse('certificatePem', 'The certificate of this key is missing.');
  if (privateKeyPem === undefined) refuse('privateKeyPem', 'The private key of this certificate is missing.');
  if (validityMonths !== undefined) {
    refuse('validityMonths', 'An imported certificate says itself how long it is valid.');
  }
  if (keySize !== undefined) refuse('keySize', 'An imported key has the size that it has.');
});

export type CertificateInput = z.output<typeof certificateInputSchema>;

/** What the guide has confirmed before a certificate is set as active ("Set the new certificate to active"). */
const ACTIVATION_WARNING =
  'Setting a certificate as active may require you to re-establish the trust with the service provider: until it trusts this certificate, nobody can sign in there. Confirm that you understand this with acknowledged: true.';

/** The confirmation. */
export const activationSchema = z.strictObject({
  acknowledged: z.literal(true, { error: ACTIVATION_WARNING }),
});

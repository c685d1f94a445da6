import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Certificate } from '../../../../domain/certificates/certificate.ts';
import { certificateWarnings, expiryOf, INDICATORS } from '../../../../domain/certificates/expiry.ts';
import { toIso, type Instant } from '../../../../foundation/platform/clock.ts';
import { instant } from '../../contract/schemas.ts';

/** The warnings about a certificate. */
export const certificateWarningsView = z.array(
  z.strictObject({
    code: z.enum(['expired', 'expiring', 'not-yet-valid', 'weak-key', 'sha-1']),
    message: z.string(),
  }),
);

const validity = {
  notAfter: instant,
  expiry: z
    .enum(['valid', 'expiring', 'expired'])
    .describe(
      'By the organization’s clock. expiring: in 90 days or less; expired: it still signs responses.',
    ),
  indicator: z.enum(['green', 'yellow', 'red']).describe('The colour that AWS’s console shows.'),
  warnings: certificateWarningsView,
};

export const certificateView = z
  .strictObject({
    id: z.string(),
    status: z
      .enum(['ACTIVE', 'INACTIVE'])
      .describe('The active certificate signs responses, even if it has expired.'),
    certificatePem: z.string(),
    algorithm: z.enum(['SHA-256', 'SHA-1']).describe('The hash for signing responses.'),
    keySize: z.int(),
    sha1Fingerprint: z.string(),
    sha256Fingerprint: z.string(),
    notBefore: instant,
    ...validity,
    createdAt: instant,
  })
  .meta({ id: 'Certificate' });

/** A summary of an application's active certificate. */
export const signingCertificateView = z.strictObject({ id: z.string(), ...validity }).nullable();

function presentValidity(certificate: Certificate, at: Instant) {
  const expiry = expiryOf(certificate.notAfterAt, at);
  return {
    notAfter: toIso(certificate.notAfterAt),
    ...{ expiry, indicator: INDICATORS[expiry] },
    warnings: certificateWarnings(certificate, at).map((warning) => ({ ...warning })),
  };
}

/** A certificate without its private key, which isn't even read. `at` is policy time. */
export function presentCertificate(certificate: Certificate, at: Instant): z.output<typeof certificateView> {
  const { id, active, certificatePem, algorithm, keySize, notBeforeAt, createdAt } = certificate;
  const x509 = new X509Certificate(certificatePem);
  return {
    ...{ id, certificatePem, algorithm, keySize },
    status: active ? 'ACTIVE' : 'INACTIVE',
    sha1Fingerprint: x509.fingerprint,
    sha256Fingerprint: x509.fingerprint256,
    notBefore: toIso(notBeforeAt),
    ...presentValidity(certificate, at),
    createdAt: toIso(createdAt),
  };
}

export function presentSigningCertificate(
  certificate: Certificate | undefined,
  at: Instant,
): z.output<typeof signingCertificateView> {
  return certificate ? { id: certificate.id, ...presentValidity(certificate, at) } : null;
}

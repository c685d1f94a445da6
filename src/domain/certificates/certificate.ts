import type { Instant } from '../../foundation/platform/clock.ts';
import type { ApplicationId, CertificateId } from '../../foundation/platform/ids.ts';

/** How a certificate is signed, and how responses are signed with its key (guide, "Rotate an AWS SSO certificate"). */
export type CertificateAlgorithm = 'SHA-256' | 'SHA-1';

/** Bits of an RSA key that can be generated (guide, "Rotate an AWS SSO certificate"). */
export type KeySize = 1024 | 2048;

/** Bits of an RSA key that somebody brings along: fewer count as broken (NIST SP 800-131A), more make every response slow. */
export const IMPORTED_KEY_BITS = { min: 1024, max: 4096 } as const;

/** A certificate of an application as it may be shown; the private key never leaves the store's rows unsealed. */
export interface Certificate {
  readonly id: CertificateId;
  readonly applicationId: ApplicationId;
  /** Whether responses are signed with it; one of an application's certificates is. */
  readonly active: boolean;
  readonly certificatePem: string;
  readonly keySize: number;
  readonly algorithm: CertificateAlgorithm;
  readonly notBeforeAt: Instant;
  readonly notAfterAt: Instant;
  readonly createdAt: Instant;
}

/** What signing needs of the active certificate. */
export interface ActiveCertificate {
  readonly id: CertificateId;
  readonly certificatePem: string;
  /** Opened by `createSigningKeys` alone. */
  readonly sealedPrivateKey: string;
  readonly algorithm: CertificateAlgorithm;
  readonly notAfterAt: Instant;
}

/** A certificate and its key, made but not kept yet. */
export interface NewCertificate {
  readonly certificatePem: string;
  /** PKCS #8, PEM, not encrypted. */
  readonly privateKeyPem: string;
  readonly keySize: number;
  readonly algorithm: CertificateAlgorithm;
  readonly notBeforeAt: Instant;
  readonly notAfterAt: Instant;
}

/** An application can have up to two certificates (guide, "Set the new certificate to active"). */
export const MAX_CERTIFICATES = 2;

/** The context under which a private key is sealed: it opens for this certificate's row only. */
export const sealContext = (id: CertificateId): string => `certificate ${id} private key`;

import type { Instant } from '../../foundation/platform/clock.ts';
import type { ApplicationId, CertificateId } from '../../foundation/platform/ids.ts';

/**
 * The hash with which a certificate and the responses made with its key are signed (guide, "Rotate an AWS SSO
 * certificate").
 */
export type CertificateAlgorithm = 'SHA-256' | 'SHA-1';

/** The sizes of RSA keys that can be generated, in bits (guide, "Rotate an AWS SSO certificate"). */
export type KeySize = 1024 | 2048;

/**
 * The sizes of RSA keys that can be imported, in bits: smaller ones are considered broken (NIST SP 800-131A),
 * larger ones would slow down every response.
 */
export const IMPORTED_KEY_BITS = { min: 1024, max: 4096 } as const;

/** A certificate of an application, without its private key, which leaves the database only to sign. */
export interface Certificate {
  readonly id: CertificateId;
  readonly applicationId: ApplicationId;
  /** Whether responses are signed with it. An application has exactly one active certificate. */
  readonly active: boolean;
  readonly certificatePem: string;
  readonly keySize: number;
  readonly algorithm: CertificateAlgorithm;
  readonly notBeforeAt: Instant;
  readonly notAfterAt: Instant;
  readonly createdAt: Instant;
}

/** What signing needs of a certificate. */
export interface ActiveCertificate {
  readonly id: CertificateId;
  readonly certificatePem: string;
  /** Only `createSigningKeys` decrypts it. */
  readonly sealedPrivateKey: string;
  readonly algorithm: CertificateAlgorithm;
  readonly notAfterAt: Instant;
}

/** A certificate and its key, not stored yet. */
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

/** The context under which a private key is encrypted: it can be decrypted only for this certificate's row. */
export const sealContext = (id: CertificateId): string => `certificate ${id} private key`;

import type { When } from '../../components/when.tsx';

/** A certificate of an application as the console shows it. */
export interface ShownCertificate {
  readonly id: string;
  readonly active: boolean;
  readonly expiry: 'valid' | 'expiring' | 'expired';
  readonly notBefore: When;
  readonly notAfter: When;
  readonly createdAt: When;
  readonly keySize: number;
  readonly algorithm: string;
  /** In hexadecimal. */
  readonly serialNumber: string;
  readonly sha1Fingerprint: string;
  readonly sha256Fingerprint: string;
  readonly certificatePem: string;
  /** What service providers may refuse about it, in sentences. */
  readonly warnings: readonly string[];
}

/** What tells the certificates of an application apart: when each was made. Their ids tell people nothing. */
export const certificateName = ({ createdAt }: Pick<ShownCertificate, 'createdAt'>): string =>
  `Made ${createdAt.text}`;

export interface ShownRehearsal {
  readonly certificateId: string;
  /** Whether a browser has accepted its link. */
  readonly running: boolean;
  readonly expiresAt: When;
}

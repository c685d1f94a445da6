/**
 * How close a certificate is to its end: green, yellow and red in AWS’s console. `expiring`: in 90 days or
 * less.
 */
export type CertificateExpiry = 'valid' | 'expiring' | 'expired';

/** A certificate of an application, as of when it was read. Instants are ISO 8601. */
export interface Certificate {
  readonly id: string;
  /** Whether responses are signed with it. */
  readonly active: boolean;
  readonly certificatePem: string;
  /** In bits. */
  readonly keySize: number;
  readonly algorithm: 'SHA-256' | 'SHA-1';
  readonly notBefore: string;
  readonly notAfter: string;
  readonly expiry: CertificateExpiry;
  /** Properties that service providers may refuse, in words. */
  readonly warnings: readonly string[];
  readonly createdAt: string;
}

/** A certificate or its id. */
export type CertificateReference = string | Pick<Certificate, 'id'>;

/** A rehearsal that waits for a browser to accept it. */
export interface StartedRehearsal {
  /** Open it in a browser and submit its form: that browser then rehearses. */
  readonly url: string;
  readonly certificateId: string;
  readonly expiresAt: string;
}

/** The certificates of an application: at most two, exactly one of them active. */
export interface Certificates {
  /** The active one is first. */
  list(): Promise<readonly Certificate[]>;
  /**
   * Generates another certificate, which is inactive at first. Default: RSA of 2048 bits, SHA-256, valid for
   * five years.
   *
   * @example
   * const next = await wiki.certificates.generate();
   * // … tell the service provider about next.certificatePem …
   * await wiki.certificates.activate(next, { acknowledged: true });
   */
  generate(options?: {
    /** 1 to 120. Default: 60. */
    readonly validityMonths?: number;
    readonly keySize?: 1024 | 2048;
    readonly algorithm?: 'SHA-256' | 'SHA-1';
  }): Promise<Certificate>;
  /** Imports a certificate and its RSA key (1024 to 4096 bits, without a password). It is inactive at first. */
  import(keyPair: {
    readonly certificatePem: string;
    readonly privateKeyPem: string;
    /** The hash for signing responses. Default: SHA-256. */
    readonly algorithm?: 'SHA-256' | 'SHA-1';
  }): Promise<Certificate>;
  /**
   * Signs all responses with this certificate from now on. Service providers that don’t trust it yet will
   * refuse all sign-ins; `acknowledged` confirms that you know.
   */
  activate(
    certificate: CertificateReference,
    confirmation: { readonly acknowledged: true },
  ): Promise<Certificate>;
  /** Deletes an inactive certificate. */
  delete(certificate: CertificateReference): Promise<void>;
  /**
   * Starts a rehearsal: for an hour, responses to one browser are signed with this certificate, or the
   * inactive one by default.
   *
   * @example
   * const { url } = await wiki.certificates.rehearse();
   * await browser.submit(await browser.visit(url), { rehearse: 'yes' });
   * // responses to this browser are now signed with the inactive certificate
   */
  rehearse(certificate?: CertificateReference): Promise<StartedRehearsal>;
  /** Ends all rehearsals of the application. */
  endRehearsals(): Promise<void>;
}

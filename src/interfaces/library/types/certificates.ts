/** Green, yellow and red of AWS’s console. */
export type CertificateExpiry = 'valid' | 'expiring' | 'expired';

/** A certificate of an application, as it was when it was read. */
export interface Certificate {
  readonly id: string;
  /** Whether responses are signed with it. */
  readonly active: boolean;
  readonly certificatePem: string;
  readonly keySize: number;
  readonly algorithm: 'SHA-256' | 'SHA-1';
  readonly notBefore: string;
  readonly notAfter: string;
  readonly expiry: CertificateExpiry;
  /** What service providers may mind, in words. */
  readonly warnings: readonly string[];
  readonly createdAt: string;
}

/** A certificate, or its id. */
export type CertificateReference = string | Pick<Certificate, 'id'>;

/** A rehearsal that waits for its browser. */
export interface StartedRehearsal {
  /** The first browser that opens it and sends its form rehearses. */
  readonly url: string;
  readonly certificateId: string;
  readonly expiresAt: string;
}

/** The certificates of an application: two at the most. */
export interface Certificates {
  /** The active one first. */
  list(): Promise<readonly Certificate[]>;
  /**
   * Makes another one, inactive. Default: RSA of 2048 bits, SHA-256, valid for five years.
   *
   * @example
   * const next = await wiki.certificates.generate();
   * // … tell the service provider about next.certificatePem …
   * await wiki.certificates.activate(next, { acknowledged: true });
   */
  generate(options?: {
    /** 1 to 120. */
    readonly validityMonths?: number;
    readonly keySize?: 1024 | 2048;
    readonly algorithm?: 'SHA-256' | 'SHA-1';
  }): Promise<Certificate>;
  /** Takes a certificate of your own and its RSA key (1024 to 4096 bits, no password), inactive. */
  import(keyPair: {
    readonly certificatePem: string;
    readonly privateKeyPem: string;
    /** How responses are signed with it. Default: SHA-256. */
    readonly algorithm?: 'SHA-256' | 'SHA-1';
  }): Promise<Certificate>;
  /** Signs with this one from now on. `acknowledged`: service providers that don’t know it let nobody in. */
  activate(
    certificate: CertificateReference,
    confirmation: { readonly acknowledged: true },
  ): Promise<Certificate>;
  /** Deletes an inactive one. */
  delete(certificate: CertificateReference): Promise<void>;
  /**
   * Lets one browser, for an hour, be answered with the inactive certificate (or this one).
   *
   * @example
   * const { url } = await wiki.certificates.rehearse();
   * await browser.submit(await browser.visit(url), { rehearse: 'yes' });
   * // what this browser brings to the service provider now is signed with the inactive certificate
   */
  rehearse(certificate?: CertificateReference): Promise<StartedRehearsal>;
  /** Ends all rehearsals of the application. */
  endRehearsals(): Promise<void>;
}

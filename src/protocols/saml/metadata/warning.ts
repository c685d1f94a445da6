/** Something about a service provider that works and that a person should know. */
export interface MetadataWarning {
  readonly code:
    | 'expired'
    | 'unreadable-certificate'
    | 'certificate-not-rsa'
    | 'certificate-expired'
    | 'key-without-certificate';
  readonly message: string;
}

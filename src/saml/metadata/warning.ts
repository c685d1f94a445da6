/** Something in metadata that works and that a person should know. */
export interface MetadataWarning {
  readonly code: 'expired' | 'unreadable-certificate' | 'certificate-not-rsa' | 'key-without-certificate';
  readonly message: string;
}

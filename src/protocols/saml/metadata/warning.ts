import type { MetadataRelaxationId } from './relaxations.ts';

/** A problem in a service provider's metadata that doesn't prevent its use. */
export interface MetadataWarning {
  readonly code:
    | MetadataRelaxationId
    | 'expired'
    | 'unreadable-certificate'
    | 'key-not-supported'
    | 'certificate-expired'
    | 'key-without-certificate'
    | 'certificates-passed-over'
    | 'consumer-service-skipped'
    | 'logout-service-skipped';
  readonly message: string;
}

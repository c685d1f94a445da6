import type { Instant } from '../../platform/clock.ts';
import type { ApplicationId, CertificateId, GroupId, InstanceId, UserId } from '../../platform/ids.ts';
import type { Flag, Json } from './columns.ts';

interface ApplicationsTable {
  id: ApplicationId;
  instance_id: InstanceId;
  application_key: string;
  display_name: string;
  display_name_key: string;
  description: string;
  enabled: Flag;
  entity_id: string;
  service_provider: Json;
  settings: Json;
  name_id_salt: string;
  version: number;
  created_at: Instant;
  updated_at: Instant;
}

interface CertificatesTable {
  id: CertificateId;
  instance_id: InstanceId;
  application_id: ApplicationId;
  is_active: Flag;
  certificate_pem: string;
  sealed_private_key: string;
  key_size: number;
  algorithm: 'SHA-256' | 'SHA-1';
  not_before_at: Instant;
  not_after_at: Instant;
  created_at: Instant;
}

interface CertificateRehearsalsTable {
  token_hash: string;
  instance_id: InstanceId;
  application_id: ApplicationId;
  certificate_id: CertificateId;
  /** A hash of the secret in the rehearsing browser's cookie; null until a browser opens the link. */
  secret_hash: string | null;
  created_at: Instant;
  expires_at: Instant;
}

interface AssignmentsTable {
  instance_id: InstanceId;
  principal_type: 'USER' | 'GROUP' | 'EVERYONE';
  /** The instance's id for EVERYONE. */
  principal_id: UserId | GroupId | InstanceId;
  principal_name: string;
  target_type: 'APPLICATION';
  target_id: ApplicationId;
  created_at: Instant;
}

export interface ApplicationTables {
  applications: ApplicationsTable;
  certificates: CertificatesTable;
  certificate_rehearsals: CertificateRehearsalsTable;
  assignments: AssignmentsTable;
}

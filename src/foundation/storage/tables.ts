import type { ColumnType } from 'kysely';
import type { Instant } from '../platform/clock.ts';
import type {
  ApplicationId,
  BrowserId,
  CertificateId,
  DirectoryId,
  GroupId,
  ImportId,
  InstanceId,
  MailId,
  MfaDeviceId,
  OrganizationId,
  SessionId,
  SignInId,
  TrustedDeviceId,
  UserId,
} from '../platform/ids.ts';

/** A boolean, as both databases store it. */
export type Flag = 0 | 1;
/** JSON text; its type is defined by the store that owns the column. */
export type Json = string;

/*
 * The rows as both databases store them: instants are integer milliseconds, booleans 0 or 1, structures JSON text.
 * Every row belongs to an organization (`organization_id`) or to its instance (`instance_id`), except those of
 * `server_state`.
 */

interface OrganizationsTable {
  id: OrganizationId;
  name: string;
  management_account_id: string;
  is_default: Flag;
  clock_offset_ms: number;
  clock_frozen_at: Instant | null;
  version: number;
  created_at: Instant;
}

interface InstancesTable {
  id: InstanceId;
  organization_id: OrganizationId;
  directory_id: DirectoryId;
  alias: string | null;
  region: string;
  settings: Json;
  version: number;
  created_at: Instant;
}

interface UsersTable {
  id: UserId;
  instance_id: InstanceId;
  user_name: string;
  user_name_key: string;
  email: string;
  email_key: string;
  given_name: string;
  family_name: string;
  display_name: string;
  attributes: Json;
  enabled: Flag;
  version: number;
  created_at: Instant;
  updated_at: Instant;
}

interface GroupsTable {
  id: GroupId;
  instance_id: InstanceId;
  display_name: string;
  display_name_key: string;
  description: string;
  version: number;
  created_at: Instant;
  updated_at: Instant;
}

interface MembershipsTable {
  instance_id: InstanceId;
  group_id: GroupId;
  user_id: UserId;
  created_at: Instant;
}

interface PasswordsTable {
  user_id: UserId;
  instance_id: InstanceId;
  hash: string;
  declared_mac: string | null;
  changed_at: Instant;
  /** 1 for a generated one-time password: it allows one sign-in, which must change it. */
  must_change: ColumnType<Flag, Flag | undefined, Flag>;
}

interface PasswordHistoryTable {
  instance_id: InstanceId;
  user_id: UserId;
  hash: string;
  replaced_at: Instant;
}

interface PasswordLinksTable {
  instance_id: InstanceId;
  user_id: UserId;
  token_hash: string;
  purpose: 'invitation' | 'reset';
  created_at: Instant;
  expires_at: Instant;
}

interface SpentTokensTable {
  instance_id: InstanceId;
  token_hash: string;
  expires_at: Instant;
}

interface MfaDevicesTable {
  id: MfaDeviceId;
  instance_id: InstanceId;
  user_id: UserId;
  device_type: 'TOTP' | 'WEBAUTHN';
  name: string;
  /** TOTP: the last time step that was used; WebAuthn: the signature counter. */
  counter: number | null;
  sealed_secret: string | null;
  drift_steps: number | null;
  in_sync: Flag;
  credential_id: string | null;
  public_key: string | null;
  transports: Json | null;
  is_built_in: Flag;
  /** A hash of the TOTP secret or the WebAuthn credential id: a device is registered only once. */
  fingerprint: string;
  registered_at: Instant;
  last_used_at: Instant | null;
  version: number;
}

interface MfaRegistrationsTable {
  instance_id: InstanceId;
  user_id: UserId;
  /** The sign-in, session or operator that the registration belongs to. */
  owner: string;
  device_type: 'TOTP' | 'WEBAUTHN';
  sealed_secret: string;
  expires_at: Instant;
}

interface TrustedDevicesTable {
  id: TrustedDeviceId;
  instance_id: InstanceId;
  user_id: UserId;
  browser_id: BrowserId;
  browser_family: string;
  ip: string;
  user_agent: string;
  trusted_at: Instant;
}

interface MailsTable {
  id: MailId;
  organization_id: OrganizationId;
  /** Grows with every mail, so that the mailbox is in order whatever the organization's clock shows. */
  sequence: number;
  kind: string;
  to_address: string;
  subject: string;
  text: string;
  html: string;
  /** In policy time (the organization's clock). */
  created_at: Instant;
  /** `kept`: no mail server is configured. */
  status: 'kept' | 'pending' | 'sent' | 'failed';
  attempts: number;
  /** In real time. */
  next_attempt_at: Instant | null;
  last_error: string | null;
}

interface SignInsTable {
  id: SignInId;
  instance_id: InstanceId;
  browser_id: BrowserId;
  user_id: UserId | null;
  user_name: string | null;
  verified: Json;
  progress: Json;
  failures: number;
  continuation: Json;
  /** Null until the sign-in is completed. */
  completed_at: Instant | null;
  version: number;
  created_at: Instant;
  expires_at: Instant;
}

interface ThrottlesTable {
  instance_id: InstanceId;
  throttle_key: string;
  attempts: number;
  window_started_at: Instant;
}

interface SessionsTable {
  id: SessionId;
  instance_id: InstanceId;
  handle_hash: string;
  user_id: UserId;
  browser_id: BrowserId;
  snapshot: Json;
  factors: Json;
  authenticated_at: Instant;
  refreshed_at: Instant;
  expires_at: Instant;
  ip: string;
  user_agent: string;
}

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

interface AuthnRequestsTable {
  id: string;
  instance_id: InstanceId;
  application_id: ApplicationId;
  request: Json;
  request_xml: string;
  relay_state: string | null;
  received_at: Instant;
  expires_at: Instant;
}

interface SeenRequestsTable {
  instance_id: InstanceId;
  application_id: ApplicationId;
  request_id: string;
  seen_at: Instant;
}

interface ExchangesTable {
  id: string;
  instance_id: InstanceId;
  application_id: ApplicationId;
  /** Grows with every exchange, so that the history is in order whatever the organization's clock shows. */
  sequence: number;
  /** Null when the response was sent before a user was known. */
  user_id: UserId | null;
  user_name: string | null;
  initiated_by: 'service-provider' | 'identity-provider';
  request_xml: string | null;
  response_xml: string;
  acs_url: string;
  relay_state: string | null;
  status: string;
  created_at: Instant;
}

interface EventsTable {
  id: string;
  organization_id: OrganizationId;
  /** Grows with every event, so that the history is in order whatever the organization's clock shows. */
  sequence: number;
  event_at: Instant;
  event_name: string;
  username: string | null;
  read_only: Flag;
  record: Json;
}

interface ImportsTable {
  id: ImportId;
  instance_id: InstanceId;
  status: 'running' | 'done' | 'failed' | 'interrupted';
  total: number;
  done: number;
  faults: Json;
  created_at: Instant;
  /** When the server that runs the import last reported progress, in real time. */
  heartbeat_at: Instant;
  /** Null while it runs. */
  finished_at: Instant | null;
}

interface SampleSessionsTable {
  handle_hash: string;
  instance_id: InstanceId;
  sample: string;
  profile: Json;
  expires_at: Instant;
}

interface ServerStateTable {
  name: string;
  value: string;
}

export interface Tables {
  organizations: OrganizationsTable;
  instances: InstancesTable;
  users: UsersTable;
  groups: GroupsTable;
  memberships: MembershipsTable;
  passwords: PasswordsTable;
  password_history: PasswordHistoryTable;
  password_links: PasswordLinksTable;
  spent_tokens: SpentTokensTable;
  mfa_devices: MfaDevicesTable;
  mfa_registrations: MfaRegistrationsTable;
  trusted_devices: TrustedDevicesTable;
  mails: MailsTable;
  sign_ins: SignInsTable;
  throttles: ThrottlesTable;
  sessions: SessionsTable;
  applications: ApplicationsTable;
  certificates: CertificatesTable;
  certificate_rehearsals: CertificateRehearsalsTable;
  assignments: AssignmentsTable;
  authn_requests: AuthnRequestsTable;
  seen_requests: SeenRequestsTable;
  exchanges: ExchangesTable;
  events: EventsTable;
  imports: ImportsTable;
  sample_sessions: SampleSessionsTable;
  server_state: ServerStateTable;
}

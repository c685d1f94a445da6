import type { Instant } from '../../platform/clock.ts';
import type {
  DirectoryId,
  InstanceId,
  MailId,
  OrganizationId,
  SignInId,
  UserId,
} from '../../platform/ids.ts';
import type { Computed, Flag, Json } from './columns.ts';

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
  /** A summary of the logo. */
  logo: Json | null;
  version: number;
  created_at: Instant;
}

interface LogosTable {
  instance_id: InstanceId;
  sha256: string;
  base64: string;
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
  /** Whether what the event describes failed: as in the record, for searching. */
  failed: Flag;
  /** The sign-in in which it happened, if any. */
  sign_in_id: SignInId | null;
  record: Json;
  bytes: Computed;
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
  /** The text in which mails are searched. */
  search_key: string;
  /** Whom it is for; the user can be deleted since. */
  user_id: UserId | null;
  /** The event that caused it; it can be trimmed since. */
  event_id: string | null;
  bytes: Computed;
}

export interface OrganizationTables {
  organizations: OrganizationsTable;
  instances: InstancesTable;
  logos: LogosTable;
  events: EventsTable;
  mails: MailsTable;
}

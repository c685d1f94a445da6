import type { ColumnType } from 'kysely';
import type { Instant } from '../../platform/clock.ts';
import type { InstanceId, MfaDeviceId, UserId } from '../../platform/ids.ts';
import type { Flag, Json } from './columns.ts';

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

export interface CredentialTables {
  passwords: PasswordsTable;
  password_history: PasswordHistoryTable;
  password_links: PasswordLinksTable;
  mfa_devices: MfaDevicesTable;
  mfa_registrations: MfaRegistrationsTable;
}

import type { Generated } from 'kysely';
import type { Instant } from '../../platform/clock.ts';
import type {
  BrowserId,
  InstanceId,
  SessionId,
  SignInId,
  TrustedDeviceId,
  UserId,
} from '../../platform/ids.ts';
import type { Json } from './columns.ts';

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
  /** Of the request that began it. */
  ip: Generated<string>;
  user_agent: Generated<string>;
}

interface ThrottlesTable {
  instance_id: InstanceId;
  throttle_key: string;
  attempts: number;
  /** How many of them are still being judged. */
  under_way: Generated<number>;
  window_started_at: Instant;
}

interface SessionsTable {
  id: SessionId;
  instance_id: InstanceId;
  handle_hash: string;
  user_id: UserId;
  browser_id: BrowserId;
  /** Both null, or neither. */
  started_by_kind: string | null;
  started_by_ref_hash: string | null;
  snapshot: Json;
  factors: Json;
  authenticated_at: Instant;
  refreshed_at: Instant;
  expires_at: Instant;
  ip: string;
  user_agent: string;
  /** All three null, or none: the hash of the answered request's token, the last instant, the sealed response. */
  last_answer_to: string | null;
  last_answer_until: Instant | null;
  last_answer: string | null;
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

interface SampleSessionsTable {
  handle_hash: string;
  instance_id: InstanceId;
  sample: string;
  profile: Json;
  expires_at: Instant;
}

export interface SessionTables {
  sign_ins: SignInsTable;
  throttles: ThrottlesTable;
  sessions: SessionsTable;
  trusted_devices: TrustedDevicesTable;
  sample_sessions: SampleSessionsTable;
}

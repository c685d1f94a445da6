import type { Instant } from '../../platform/clock.ts';
import type { ApplicationId, BrowserId, InstanceId, UserId } from '../../platform/ids.ts';
import type { Computed, Json } from './columns.ts';

interface AuthnRequestsTable {
  id: string;
  instance_id: InstanceId;
  application_id: ApplicationId;
  request: Json;
  request_xml: string;
  relay_state: string | null;
  received_at: Instant;
  expires_at: Instant;
  bytes: Computed;
  /** Null until a browser must sign in for it. */
  claimed_by: BrowserId | null;
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
  /** Request, response and RelayState, sealed. */
  messages: Uint8Array;
  acs_url: string;
  status: string;
  findings: Json;
  created_at: Instant;
  bytes: Computed;
  /** 1 if there are findings. */
  odd: Computed;
}

interface RefusedRequestsTable {
  id: string;
  instance_id: InstanceId;
  application_id: ApplicationId;
  /** From the same sequence as those of exchanges. */
  sequence: number;
  user_id: UserId | null;
  user_name: string | null;
  initiated_by: 'service-provider' | 'identity-provider';
  reason: string;
  message: string;
  findings: Json;
  created_at: Instant;
  /** Request and RelayState, sealed. */
  messages: Uint8Array;
  bytes: Computed;
}

export interface SamlTables {
  authn_requests: AuthnRequestsTable;
  seen_requests: SeenRequestsTable;
  exchanges: ExchangesTable;
  refused_requests: RefusedRequestsTable;
}

import type { Instant } from '../../platform/clock.ts';
import type { InstanceId } from '../../platform/ids.ts';

interface ServerStateTable {
  name: string;
  value: string;
}

interface SpentTokensTable {
  instance_id: InstanceId;
  token_hash: string;
  expires_at: Instant;
}

interface OperatorLinksTable {
  token_hash: string;
  expires_at: Instant;
}

interface OperatorSessionsTable {
  handle_hash: string;
  opened_by: 'link' | 'api-token';
  expires_at: Instant;
}

interface OperatorAttemptsTable {
  /** See `networkOf` in platform/ip-address.ts. */
  network: string;
  attempts: number;
  window_started_at: Instant;
}

export interface ServerTables {
  server_state: ServerStateTable;
  operator_links: OperatorLinksTable;
  operator_sessions: OperatorSessionsTable;
  operator_attempts: OperatorAttemptsTable;
  spent_tokens: SpentTokensTable;
}

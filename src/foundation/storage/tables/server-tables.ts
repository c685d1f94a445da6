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

export interface ServerTables {
  server_state: ServerStateTable;
  spent_tokens: SpentTokensTable;
}

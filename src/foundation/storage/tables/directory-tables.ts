import type { Instant } from '../../platform/clock.ts';
import type { GroupId, ImportId, InstanceId, UserId } from '../../platform/ids.ts';
import type { Flag, Json } from './columns.ts';

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
  /** What a search looks at: `searchKey` of the directory. */
  search_key: string;
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

/** Exactly one of `user_id` and `group_id` is given. */
interface ConsoleAccessTable {
  instance_id: InstanceId;
  user_id: UserId | null;
  group_id: GroupId | null;
  access: 'full' | 'read-only';
  granted_at: Instant;
}

interface ImportsTable {
  id: ImportId;
  instance_id: InstanceId;
  status: 'running' | 'done' | 'failed' | 'stopped' | 'interrupted';
  total: number;
  done: number;
  faults: Json;
  created_at: Instant;
  /** When the server that runs the import last reported progress, in real time. */
  heartbeat_at: Instant;
  /** Null while it runs. */
  finished_at: Instant | null;
  /** Null for imports of earlier versions. */
  started_by: Json | null;
}

export interface DirectoryTables {
  users: UsersTable;
  groups: GroupsTable;
  memberships: MembershipsTable;
  console_access: ConsoleAccessTable;
  imports: ImportsTable;
}

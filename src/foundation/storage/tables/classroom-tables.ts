import type { Instant } from '../../platform/clock.ts';
import type { ClassroomId, DirectoryId, OrganizationId } from '../../platform/ids.ts';
import type { Json } from './columns.ts';

interface ClassroomsTable {
  id: ClassroomId;
  name: string;
  /** The organization file of which each student gets a copy. Sealed, because it can have passwords and keys. */
  sealed_template: string;
  /** What became of the last run. `running` without heartbeats: the server has stopped. */
  status: 'idle' | 'running' | 'stopped' | 'failed';
  /** How many students the last run was about. */
  total: number;
  faults: Json;
  /** How many sheets were made: the number of the next one. */
  sheets: number;
  /** How many runs were begun: the number of the present one. */
  runs: number;
  created_at: Instant;
  heartbeat_at: Instant;
}

interface ClassroomStudentsTable {
  classroom_id: ClassroomId;
  /** From 1, in the order of the list. */
  number: number;
  name: string;
  email: string;
  user_name: string;
  /** Their organization, which may not exist. No foreign key: resetting an organization deletes its row. */
  organization: OrganizationId;
  directory: DirectoryId;
  alias: string | null;
  /** What is still to be done with their organization. */
  pending: 'make' | 'reset' | 'delete' | null;
  /** Hashes of the passwords of the last sheet, so that they work after a reset too. */
  password_hash: string | null;
  users_hash: string | null;
}

export interface ClassroomTables {
  classrooms: ClassroomsTable;
  classroom_students: ClassroomStudentsTable;
}

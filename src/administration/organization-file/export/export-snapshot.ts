import type { ApplicationId, InstanceId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';

/** Every row of an instance that says what it is; traffic (sign-ins, sessions, exchanges, events) isn't among them. */
export type InstanceRows = Awaited<ReturnType<typeof readInstanceRows>>;

/** Reads all of it at once, each list in the order in which files have it. */
export async function readInstanceRows(queries: Queries, instanceId: InstanceId) {
  const groups = await queries
    .selectFrom('groups')
    .select(['id', 'display_name', 'description'])
    .where('instance_id', '=', instanceId)
    .orderBy('display_name_key')
    .execute();
  const users = await queries
    .selectFrom('users')
    .leftJoin('passwords', 'passwords.user_id', 'users.id')
    .select(['users.id', 'user_name', 'email', 'given_name', 'family_name', 'display_name', 'attributes'])
    .select(['enabled', 'passwords.hash', 'passwords.declared_mac', 'passwords.must_change'])
    .where('users.instance_id', '=', instanceId)
    .orderBy('user_name_key')
    .execute();
  const memberships = await queries
    .selectFrom('memberships')
    .innerJoin('groups', 'groups.id', 'memberships.group_id')
    .select(['user_id', 'display_name'])
    .where('memberships.instance_id', '=', instanceId)
    .orderBy('display_name_key')
    .execute();
  const applications = await queries
    .selectFrom('applications')
    .select([
      'id',
      'application_key',
      'display_name',
      'description',
      'enabled',
      'service_provider',
      'settings',
      'name_id_salt',
    ])
    .where('instance_id', '=', instanceId)
    .orderBy('application_key')
    .execute();
  const certificates = await queries
    .selectFrom('certificates')
    .select(['id', 'application_id', 'is_active', 'certificate_pem', 'sealed_private_key', 'algorithm'])
    .where('instance_id', '=', instanceId)
    .orderBy('is_active', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const assignments = await queries
    .selectFrom('assignments')
    .select(['target_id', 'principal_type', 'principal_id', 'principal_name'])
    .where('instance_id', '=', instanceId)
    .orderBy('principal_type')
    .orderBy('principal_id')
    .execute();
  return {
    groups,
    users,
    applications,
    groupNamesByUser: groupBy(
      memberships,
      (row) => row.user_id,
      (row) => row.display_name,
    ),
    certificatesByApplication: groupBy(
      certificates,
      (row) => row.application_id,
      (row) => row,
    ),
    assignmentsByApplication: groupBy<
      (typeof assignments)[number],
      ApplicationId,
      (typeof assignments)[number]
    >(
      assignments,
      (row) => row.target_id,
      (row) => row,
    ),
  };
}

export function groupBy<Row, Key, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  valueOf: (row: Row) => Value,
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const row of rows) {
    const values = groups.get(keyOf(row));
    if (values) values.push(valueOf(row));
    else groups.set(keyOf(row), [valueOf(row)]);
  }
  return groups;
}

import type { Instant } from '../../foundation/platform/clock.ts';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import {
  granteeOf,
  highestAccess,
  type ConsoleAccess,
  type ConsoleGrant,
  type Grantee,
} from './console-access.ts';

/**
 * The grants of an enabled user and of the user's groups. The user must be of the same instance as the grants: an id of
 * another instance, which a stranger may know, finds nothing.
 */
const selectAccess = prepared((queries: Queries, of: { instanceId: InstanceId; userId: UserId }) => {
  const granted = queries
    .selectFrom('console_access')
    .select('console_access.access')
    .where('console_access.instance_id', '=', of.instanceId);
  const own = granted
    .innerJoin('users', 'users.id', 'console_access.user_id')
    .where('users.id', '=', of.userId)
    .where('users.instance_id', '=', of.instanceId)
    .where('users.enabled', '=', 1);
  const throughGroups = granted
    .innerJoin('memberships', 'memberships.group_id', 'console_access.group_id')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .where('memberships.user_id', '=', of.userId)
    .where('users.instance_id', '=', of.instanceId)
    .where('users.enabled', '=', 1);
  return own.unionAll(throughGroups);
});

/**
 * A user's access to the console: the highest of the user's own grant and those of the user's groups. Undefined without
 * a grant, and while the user is disabled.
 */
export async function consoleAccessOf(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<ConsoleAccess | undefined> {
  const rows = await selectAccess(queries, { instanceId, userId });
  return highestAccess(rows.map(({ access }) => access));
}

/** What is granted to this user or group itself; undefined when nothing is. */
export async function findGrant(
  queries: Queries,
  instanceId: InstanceId,
  { type, id }: Grantee,
): Promise<ConsoleAccess | undefined> {
  const row = await queries
    .selectFrom('console_access')
    .select('access')
    .where('instance_id', '=', instanceId)
    .where(COLUMN_OF[type], '=', id)
    .executeTakeFirst();
  return row?.access;
}

/** All grants of an instance, in no particular order. */
export async function listGrants(queries: Queries, instanceId: InstanceId): Promise<ConsoleGrant[]> {
  const rows = await queries
    .selectFrom('console_access')
    .select(['user_id', 'group_id', 'access'])
    .where('instance_id', '=', instanceId)
    .execute();
  return rows.map(({ user_id, group_id, access }) => ({ grantee: granteeOf(user_id, group_id), access }));
}

/** All grants of an instance by the id of the user or group; both kinds of ids are unique together. */
export async function grantsByGrantee(
  queries: Queries,
  instanceId: InstanceId,
): Promise<Map<string, ConsoleAccess>> {
  const grants = await listGrants(queries, instanceId);
  return new Map(grants.map(({ grantee, access }) => [grantee.id, access]));
}

/** Grants access, or replaces what was granted. The caller has found the grantee in this instance. */
export async function putGrant(
  tx: Tx,
  instanceId: InstanceId,
  { grantee, access }: ConsoleGrant,
  at: Instant,
): Promise<void> {
  const { type, id } = grantee;
  await tx
    .insertInto('console_access')
    .values({
      instance_id: instanceId,
      user_id: type === 'USER' ? id : null,
      group_id: type === 'GROUP' ? id : null,
      access,
      granted_at: at,
    })
    .onConflict((conflict) => conflict.column(COLUMN_OF[type]).doUpdateSet({ access, granted_at: at }))
    .execute();
}

/** Deletes a grant. Returns false when there is none. */
export async function deleteGrant(tx: Tx, instanceId: InstanceId, { type, id }: Grantee): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('console_access')
    .where('instance_id', '=', instanceId)
    .where(COLUMN_OF[type], '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const COLUMN_OF = { USER: 'user_id', GROUP: 'group_id' } as const;

import { parseSettings } from '../applications/store.ts';
import type { ApplicationId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { dialectOf, type Queries } from '../../foundation/storage/database.ts';
import { isAmong } from '../../foundation/storage/is-among.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import type { AssignedApplication, Principal } from './assignment.ts';

/**
 * The one query that decides who may use what: the applications assigned to a user, to one of the user's
 * groups (groups don't contain groups), or to everyone. An application can appear several times.
 * To ask about one application, give its id: the database then looks at that application's few groups instead
 * of the user's many. Memberships are read from their index alone, without the instance: the assignment names
 * the instance of its group, and all of a group's members are in that instance.
 */
function entitledApplications(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  applicationId?: ApplicationId,
) {
  const assignedTo = (type: Principal['type']) =>
    assignmentsTo(queries, instanceId, type, applicationId).select('assignments.target_id');
  // SQLite plans this well by itself, even for a thousand groups; PostgreSQL would read all assignments.
  const groupsFirst = applicationId === undefined && dialectOf(queries) === 'postgres';
  const throughGroups = groupsFirst
    ? assignedTo('GROUP').where(({ ref }) =>
        isAmong(queries, ref('assignments.principal_id'), groupsOf(queries, userId)),
      )
    : assignedTo('GROUP')
        .innerJoin('memberships', 'memberships.group_id', 'assignments.principal_id')
        .where('memberships.user_id', '=', userId);
  return assignedTo('USER')
    .where('assignments.principal_id', '=', userId)
    .unionAll(throughGroups)
    .unionAll(assignedTo('EVERYONE').where('assignments.principal_id', '=', instanceId));
}

/** The assignments to one type of principals, of one application or all. */
function assignmentsTo(
  queries: Queries,
  instanceId: InstanceId,
  type: Principal['type'],
  applicationId: ApplicationId | undefined,
) {
  const assigned = queries
    .selectFrom('assignments')
    .where('assignments.instance_id', '=', instanceId)
    .where('assignments.target_type', '=', 'APPLICATION')
    .where('assignments.principal_type', '=', type);
  return applicationId === undefined ? assigned : assigned.where('assignments.target_id', '=', applicationId);
}

const groupsOf = (queries: Queries, userId: UserId) =>
  queries.selectFrom('memberships').select('memberships.group_id').where('memberships.user_id', '=', userId);

const entitledTo = prepared(
  (queries: Queries, given: { instanceId: InstanceId; userId: UserId; applicationId: ApplicationId }) =>
    entitledApplications(queries, given.instanceId, given.userId, given.applicationId).limit(1),
);

/** Whether an application is assigned to a user, directly or otherwise. */
export async function isAssigned(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  applicationId: ApplicationId,
): Promise<boolean> {
  const found = await entitledTo(queries, { instanceId, userId, applicationId });
  return found.length > 0;
}

/** How an application comes to be assigned to a user. */
export interface Entitlements {
  readonly isDirect: boolean;
  readonly isForEveryone: boolean;
  /** The names of groups of the user, at most the number that was asked for. */
  readonly groups: readonly string[];
}

/** The ways in which an application is assigned to a user, for explanations: `isAssigned` decides. */
export async function findEntitlements(
  queries: Queries,
  {
    instanceId,
    userId,
    applicationId,
  }: { instanceId: InstanceId; userId: UserId; applicationId: ApplicationId },
  maxGroups: number,
): Promise<Entitlements> {
  const to = (type: Principal['type']) =>
    assignmentsTo(queries, instanceId, type, applicationId).select('assignments.principal_name as name');
  const direct = await to('USER').where('assignments.principal_id', '=', userId).limit(1).execute();
  const everyone = await to('EVERYONE').where('assignments.principal_id', '=', instanceId).limit(1).execute();
  const groups = await to('GROUP')
    .innerJoin('memberships', 'memberships.group_id', 'assignments.principal_id')
    .where('memberships.user_id', '=', userId)
    .limit(maxGroups)
    .execute();
  return {
    ...{ isDirect: direct.length > 0, isForEveryone: everyone.length > 0 },
    groups: groups.map(({ name }) => name),
  };
}

/**
 * The applications on a user's portal page: those that are enabled and assigned to the user, in the order of
 * their names.
 */
export async function listAssignedApplications(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<AssignedApplication[]> {
  const entitled = entitledApplications(queries, instanceId, userId);
  // The condition leaves out the instance: with it, SQLite would scan all of the instance's applications. Rows
  // of other instances are dropped below.
  const rows = await queries
    .selectFrom('applications')
    .select(['id', 'instance_id', 'application_key', 'display_name', 'description', 'settings'])
    .where('enabled', '=', 1)
    .where(({ ref }) => isAmong(queries, ref('applications.id'), entitled))
    .orderBy('display_name_key')
    .orderBy('id')
    .execute();
  const present = rows.filter((row) => row.instance_id === instanceId);
  return present.map((row) => {
    const { startUrl, icon } = parseSettings(row.settings);
    return {
      id: row.id,
      key: row.application_key,
      displayName: row.display_name,
      description: row.description,
      startUrl,
      icon,
    };
  });
}

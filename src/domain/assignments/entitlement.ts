import { parseSettings } from '../applications/store.ts';
import type { ApplicationId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { dialectOf, type Queries } from '../../foundation/storage/database.ts';
import { isAmong } from '../../foundation/storage/is-among.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import type { AssignedApplication, Principal } from './assignment.ts';

/**
 * THE entitlement query: the applications that a user may use, assigned directly, to a group that the user is a member of
 * (groups have no groups in them), or to everyone. An application can come up several times. Whoever asks about one application gives
 * its id, so that the database looks at that application's few groups instead of the user's many. Of memberships only the key is
 * read, from its index: the assignment says of which instance the group is, and a membership is of one instance.
 */
function entitledApplications(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  applicationId?: ApplicationId,
) {
  const assignedTo = (type: Principal['type']) => {
    const assigned = queries
      .selectFrom('assignments')
      .select('assignments.target_id')
      .where('assignments.instance_id', '=', instanceId)
      .where('assignments.target_type', '=', 'APPLICATION')
      .where('assignments.principal_type', '=', type);
    return applicationId === undefined
      ? assigned
      : assigned.where('assignments.target_id', '=', applicationId);
  };
  // SQLite looks a thousand groups up among the assignments by itself, PostgreSQL would read all assignments.
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

const groupsOf = (queries: Queries, userId: UserId) =>
  queries.selectFrom('memberships').select('memberships.group_id').where('memberships.user_id', '=', userId);

const entitledTo = prepared(
  (queries: Queries, given: { instanceId: InstanceId; userId: UserId; applicationId: ApplicationId }) =>
    entitledApplications(queries, given.instanceId, given.userId, given.applicationId).limit(1),
);

/** Whether a user may use an application, as far as assignments say. */
export async function isAssigned(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  applicationId: ApplicationId,
): Promise<boolean> {
  const found = await entitledTo(queries, { instanceId, userId, applicationId });
  return found.length > 0;
}

/** The applications on a user's portal page: those that the user may use and that are enabled, by name. */
export async function listAssignedApplications(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<AssignedApplication[]> {
  const entitled = entitledApplications(queries, instanceId, userId);
  // By the ids alone: with the instance's id, SQLite walks through all applications of one.
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

import { parseSettings } from '../applications/store.ts';
import type { ApplicationId, InstanceId, UserId } from '../platform/ids.ts';
import type { Queries } from '../storage/database.ts';
import { prepared } from '../storage/prepared.ts';
import type { AssignedApplication } from './assignment.ts';

/**
 * THE entitlement query: the applications that a user may use, assigned directly, to a group that the user is a member of
 * (groups have no groups in them), or to everyone. An application can come up several times. Whoever asks about one application gives
 * its id, so that the database looks at that application's few groups instead of the user's many.
 */
function entitledApplications(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  applicationId?: ApplicationId,
) {
  let direct = queries
    .selectFrom('assignments')
    .select('assignments.target_id')
    .where('assignments.instance_id', '=', instanceId)
    .where('assignments.target_type', '=', 'APPLICATION')
    .where('assignments.principal_type', '=', 'USER')
    .where('assignments.principal_id', '=', userId);
  let throughGroups = queries
    .selectFrom('memberships')
    .innerJoin('assignments', 'assignments.principal_id', 'memberships.group_id')
    .select('assignments.target_id')
    .where('memberships.instance_id', '=', instanceId)
    .where('memberships.user_id', '=', userId)
    .where('assignments.instance_id', '=', instanceId)
    .where('assignments.target_type', '=', 'APPLICATION')
    .where('assignments.principal_type', '=', 'GROUP');
  let forEveryone = queries
    .selectFrom('assignments')
    .select('assignments.target_id')
    .where('assignments.instance_id', '=', instanceId)
    .where('assignments.target_type', '=', 'APPLICATION')
    .where('assignments.principal_type', '=', 'EVERYONE')
    .where('assignments.principal_id', '=', instanceId);
  if (applicationId !== undefined) {
    forEveryone = forEveryone.where('assignments.target_id', '=', applicationId);
    direct = direct.where('assignments.target_id', '=', applicationId);
    throughGroups = throughGroups.where('assignments.target_id', '=', applicationId);
  }
  return direct.unionAll(throughGroups).unionAll(forEveryone);
}

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
  const rows = await queries
    .selectFrom('applications')
    .select(['id', 'application_key', 'display_name', 'description', 'settings'])
    .where('instance_id', '=', instanceId)
    .where('enabled', '=', 1)
    .where('id', 'in', entitledApplications(queries, instanceId, userId))
    .orderBy('display_name_key')
    .orderBy('id')
    .execute();
  return rows.map((row) => {
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

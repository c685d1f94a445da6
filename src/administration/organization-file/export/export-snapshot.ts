import type { ConsoleAccess } from '../../../domain/access/console-access.ts';
import { grantsByGrantee } from '../../../domain/access/store.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { listAllApplications } from '../../../domain/applications/store.ts';
import type { Principal } from '../../../domain/assignments/assignment.ts';
import { listAllAssignments } from '../../../domain/assignments/store.ts';
import { listAllGroups } from '../../../domain/directory/group-store.ts';
import type { Group } from '../../../domain/directory/group.ts';
import { listAllMemberships } from '../../../domain/directory/membership-store.ts';
import { listAllUsers } from '../../../domain/directory/user-list-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { ApplicationId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { groupBy } from '../group-by.ts';

/** An instance's configuration without its secrets and its traffic (sign-ins, sessions, exchanges, events). */
export interface InstanceSnapshot {
  readonly groups: readonly Group[];
  readonly users: readonly User[];
  readonly applications: readonly Application[];
  /** What is granted to users and groups themselves, by their ids. */
  readonly consoleAccess: ReadonlyMap<string, ConsoleAccess>;
  readonly groupNamesByUser: ReadonlyMap<UserId, readonly string[]>;
  readonly assignmentsByApplication: ReadonlyMap<ApplicationId, readonly Principal[]>;
}

/** Reads all rows, each list in the order of the exported file. */
export async function readInstance(queries: Queries, instanceId: InstanceId): Promise<InstanceSnapshot> {
  return {
    groups: await listAllGroups(queries, instanceId),
    users: await listAllUsers(queries, instanceId),
    applications: await listAllApplications(queries, instanceId),
    consoleAccess: await grantsByGrantee(queries, instanceId),
    groupNamesByUser: groupBy(
      await listAllMemberships(queries, instanceId),
      ({ userId }) => userId,
      ({ groupName }) => groupName,
    ),
    assignmentsByApplication: groupBy(
      await listAllAssignments(queries, instanceId),
      ({ applicationId }) => applicationId,
      ({ principal }) => principal,
    ),
  };
}

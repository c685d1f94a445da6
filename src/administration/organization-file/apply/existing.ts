import type { ConsoleAccess } from '../../../domain/access/console-access.ts';
import { grantsByGrantee } from '../../../domain/access/store.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { listApplications } from '../../../domain/applications/store.ts';
import type { Principal } from '../../../domain/assignments/assignment.ts';
import { findAssignmentsOf } from '../../../domain/assignments/store.ts';
import { findCertified } from '../../../domain/certificates/store.ts';
import { findPasswords, type StoredPassword } from '../../../domain/credentials/passwords/store.ts';
import { findGroupsByName } from '../../../domain/directory/group-store.ts';
import type { Group } from '../../../domain/directory/group.ts';
import { findMembershipsOf } from '../../../domain/directory/membership-store.ts';
import { findUsersByName } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { ApplicationId, GroupId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { OrganizationFile } from '../read/schema.ts';

export type ExistingGroup = Pick<Group, 'id' | 'displayName' | 'description' | 'version'>;

/** The declared groups and users that exist already. The maps' keys are names normalized by `nameKey`. */
export interface ExistingDirectory {
  readonly groups: ReadonlyMap<string, ExistingGroup>;
  readonly users: ReadonlyMap<string, User>;
  /** Empty unless `withPasswords` was set. */
  readonly passwords: ReadonlyMap<UserId, StoredPassword>;
  isMember(userId: UserId, groupId: GroupId): boolean;
  /** The data behind `isMember`, for comparing two reads. */
  readonly memberships: ReadonlySet<string>;
}

/** The records declared by a file that exist already. */
export interface Existing extends ExistingDirectory {
  readonly applications: ReadonlyMap<string, Application>;
  /** The applications that have an active certificate. */
  readonly certified: ReadonlySet<ApplicationId>;
  isAssigned(applicationId: ApplicationId, principalId: Principal['id']): boolean;
  /** What is granted to users and groups themselves, by their ids. */
  readonly consoleAccess: ReadonlyMap<string, ConsoleAccess>;
  /** The data behind `isAssigned`, for comparing two reads. */
  readonly assignments: ReadonlySet<string>;
}

/** For an instance that doesn't exist yet. */
const EMPTY: Existing = {
  ...{ groups: new Map(), users: new Map(), passwords: new Map(), applications: new Map() },
  ...{ certified: new Set(), memberships: new Set(), assignments: new Set(), consoleAccess: new Map() },
  isMember: () => false,
  isAssigned: () => false,
};

/** Looks up the records that a file declares. */
export async function readExisting(
  queries: Queries,
  instanceId: InstanceId | undefined,
  file: OrganizationFile,
  { withPasswords }: { withPasswords: boolean },
): Promise<Existing> {
  if (instanceId === undefined) return EMPTY;
  const directory = await readDirectory(queries, instanceId, file, { withPasswords });
  const idsOf = (records: ReadonlyMap<string, { id: UserId | GroupId }>) =>
    [...records.values()].map(({ id }) => id);
  // The instance's id is that of the principal “everyone”.
  const gone = file.applications.flatMap(({ assignments }) => assignments?.principals ?? []);
  const principalIds = [
    instanceId,
    ...idsOf(directory.users),
    ...idsOf(directory.groups),
    ...gone.map(({ id }) => id),
  ];
  const assigned = await findAssignmentsOf(queries, instanceId, principalIds);
  const assignments = new Set(
    assigned.map(({ applicationId, principalId }) => `${applicationId} ${principalId}`),
  );
  return {
    ...directory,
    applications: await readApplications(queries, instanceId),
    certified: await findCertified(queries, instanceId),
    consoleAccess: await grantsByGrantee(queries, instanceId),
    assignments,
    isAssigned: (applicationId, principalId) => assignments.has(`${applicationId} ${principalId}`),
  };
}

/** The groups and users of an organization file or of an import. */
export type DeclaredDirectory = Pick<OrganizationFile, 'groups' | 'users'>;

/** Looks up the declared groups and users, and the memberships of those users. */
export async function readDirectory(
  queries: Queries,
  instanceId: InstanceId,
  declared: DeclaredDirectory,
  { withPasswords }: { withPasswords: boolean },
): Promise<ExistingDirectory> {
  const groupNames = declared.groups.map(({ displayName }) => displayName);
  const groups = await findGroupsByName(queries, instanceId, groupNames);
  const userNames = declared.users.map(({ userName }) => userName);
  const users = await findUsersByName(queries, instanceId, userNames);
  const userIds = [...users.values()].map(({ id }) => id);
  const members = await findMembershipsOf(queries, instanceId, userIds);
  const memberships = new Set(members.map(({ userId, groupId }) => `${userId} ${groupId}`));
  return {
    groups,
    users,
    passwords: withPasswords ? await findPasswords(queries, instanceId, userIds) : new Map(),
    memberships,
    isMember: (userId, groupId) => memberships.has(`${userId} ${groupId}`),
  };
}

/** Reads all applications in one page, since an instance has few. */
async function readApplications(queries: Queries, instanceId: InstanceId) {
  const page = await listApplications(queries, instanceId, {}, { limit: Number.MAX_SAFE_INTEGER - 1 });
  return new Map(page.items.map((application) => [application.key, application]));
}

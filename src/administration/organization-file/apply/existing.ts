import type { Principal } from '../../../domain/assignments/assignment.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { listApplications } from '../../../domain/applications/store.ts';
import type { StoredPassword } from '../../../domain/credentials/passwords/store.ts';
import type { Group } from '../../../domain/directory/group.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import { toUser, USER_COLUMNS } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { ApplicationId, GroupId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import { inChunks } from '../../../foundation/storage/chunks.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { OrganizationFile } from '../read/schema.ts';

export type ExistingGroup = Pick<Group, 'id' | 'displayName' | 'description' | 'version'>;

/** What an instance already has of the groups and users that are declared. Names stand as `nameKey` makes them. */
export interface ExistingDirectory {
  readonly groups: ReadonlyMap<string, ExistingGroup>;
  readonly users: ReadonlyMap<string, User>;
  /** Only when they are asked for. */
  readonly passwords: ReadonlyMap<UserId, StoredPassword>;
  isMember(userId: UserId, groupId: GroupId): boolean;
  /** What `isMember` answers from, to be compared with another look. */
  readonly memberships: ReadonlySet<string>;
}

/** What an instance already has of what a file declares. */
export interface Existing extends ExistingDirectory {
  readonly applications: ReadonlyMap<string, Application>;
  /** The applications that have an active certificate. */
  readonly certified: ReadonlySet<ApplicationId>;
  isAssigned(applicationId: ApplicationId, principalId: Principal['id']): boolean;
  /** What `isAssigned` answers from, likewise. */
  readonly assignments: ReadonlySet<string>;
}

/** What an instance has that isn't there yet. */
const NOTHING: Existing = {
  ...{ groups: new Map(), users: new Map(), passwords: new Map(), applications: new Map() },
  ...{ certified: new Set(), memberships: new Set(), assignments: new Set() },
  isMember: () => false,
  isAssigned: () => false,
};

/** Looks up what a file declares. */
export async function readExisting(
  queries: Queries,
  instanceId: InstanceId | undefined,
  file: OrganizationFile,
  { withPasswords }: { withPasswords: boolean },
): Promise<Existing> {
  if (instanceId === undefined) return NOTHING;
  const directory = await readDirectory(queries, instanceId, file, { withPasswords });
  const idsOf = (of: ReadonlyMap<string, { id: UserId | GroupId }>) => [...of.values()].map(({ id }) => id);
  // The instance stands for everyone in it.
  const gone = file.applications.flatMap(({ assignments }) => assignments?.principals ?? []);
  const principalIds = [
    instanceId,
    ...idsOf(directory.users),
    ...idsOf(directory.groups),
    ...gone.map(({ id }) => id),
  ];
  const assignments = await readAssignments(queries, instanceId, principalIds);
  return {
    ...directory,
    applications: await readApplications(queries, instanceId),
    certified: await readCertified(queries, instanceId),
    assignments,
    isAssigned: (applicationId, principalId) => assignments.has(`${applicationId} ${principalId}`),
  };
}

/** Groups and users of a file, or of an import. */
export type DeclaredDirectory = Pick<OrganizationFile, 'groups' | 'users'>;

/** Looks up the groups and users that are declared, with the memberships of those users. */
export async function readDirectory(
  queries: Queries,
  instanceId: InstanceId,
  declared: DeclaredDirectory,
  { withPasswords }: { withPasswords: boolean },
): Promise<ExistingDirectory> {
  const groups = await readGroups(queries, instanceId, declared);
  const users = await readUsers(queries, instanceId, declared);
  const userIds = [...users.values()].map(({ id }) => id);
  const memberships = await readMemberships(queries, instanceId, userIds);
  return {
    groups,
    users,
    passwords: withPasswords ? await readPasswords(queries, instanceId, userIds) : new Map(),
    memberships,
    isMember: (userId, groupId) => memberships.has(`${userId} ${groupId}`),
  };
}

async function readGroups(queries: Queries, instanceId: InstanceId, file: DeclaredDirectory) {
  const names = file.groups.map(({ displayName }) => nameKey(displayName));
  const rows = await inChunks(names, (chunk) =>
    queries
      .selectFrom('groups')
      .select(['id', 'display_name as displayName', 'display_name_key as key', 'description', 'version'])
      .where('instance_id', '=', instanceId)
      .where('display_name_key', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map(({ key, ...group }) => [key, group]));
}

async function readUsers(queries: Queries, instanceId: InstanceId, file: DeclaredDirectory) {
  const names = file.users.map(({ userName }) => nameKey(userName));
  const rows = await inChunks(names, (chunk) =>
    queries
      .selectFrom('users')
      .select([...USER_COLUMNS, 'users.user_name_key'])
      .where('users.instance_id', '=', instanceId)
      .where('users.user_name_key', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map((row) => [row.user_name_key, toUser(row)]));
}

async function readMemberships(queries: Queries, instanceId: InstanceId, userIds: readonly UserId[]) {
  const rows = await inChunks(userIds, (chunk) =>
    queries
      .selectFrom('memberships')
      .select(['user_id', 'group_id'])
      .where('instance_id', '=', instanceId)
      .where('user_id', 'in', chunk)
      .execute(),
  );
  return new Set(rows.map((row) => `${row.user_id} ${row.group_id}`));
}

async function readPasswords(queries: Queries, instanceId: InstanceId, userIds: readonly UserId[]) {
  const rows = await inChunks(userIds, (chunk) =>
    queries
      .selectFrom('passwords')
      .select(['user_id', 'hash', 'declared_mac as declaredMac'])
      .where('instance_id', '=', instanceId)
      .where('user_id', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map(({ user_id: userId, ...password }) => [userId, password]));
}

/** All of them in one page: an instance has few. */
async function readApplications(queries: Queries, instanceId: InstanceId) {
  const page = await listApplications(queries, instanceId, {}, { limit: Number.MAX_SAFE_INTEGER - 1 });
  return new Map(page.items.map((application) => [application.key, application]));
}

async function readCertified(queries: Queries, instanceId: InstanceId) {
  const rows = await queries
    .selectFrom('certificates')
    .select('application_id')
    .where('instance_id', '=', instanceId)
    .where('is_active', '=', 1)
    .execute();
  return new Set(rows.map((row) => row.application_id));
}

async function readAssignments(
  queries: Queries,
  instanceId: InstanceId,
  principalIds: readonly Principal['id'][],
) {
  const rows = await inChunks(principalIds, (chunk) =>
    queries
      .selectFrom('assignments')
      .select(['target_id', 'principal_id'])
      .where('instance_id', '=', instanceId)
      .where('principal_id', 'in', chunk)
      .execute(),
  );
  return new Set(rows.map((row) => `${row.target_id} ${row.principal_id}`));
}

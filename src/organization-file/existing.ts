import type { Principal } from '../assignments/assignment.ts';
import type { Application } from '../applications/application.ts';
import { MAX_APPLICATIONS } from '../applications/commands.ts';
import { listApplications } from '../applications/store.ts';
import { findPassword, type StoredPassword } from '../credentials/password-store.ts';
import type { Group } from '../directory/group.ts';
import { nameKey } from '../directory/name-key.ts';
import { toUser, USER_COLUMNS } from '../directory/user-store.ts';
import type { User } from '../directory/user.ts';
import type { ApplicationId, GroupId, InstanceId, UserId } from '../platform/ids.ts';
import type { Queries } from '../storage/database.ts';
import type { OrganizationFile } from './schema.ts';

export type ExistingGroup = Pick<Group, 'id' | 'displayName' | 'description' | 'version'>;

/** What an instance already has of what a file declares. Names stand as `nameKey` makes them. */
export interface Existing {
  readonly groups: ReadonlyMap<string, ExistingGroup>;
  readonly users: ReadonlyMap<string, User>;
  /** Only when they are asked for. */
  readonly passwords: ReadonlyMap<UserId, StoredPassword>;
  readonly applications: ReadonlyMap<string, Application>;
  /** The applications that have an active certificate. */
  readonly certified: ReadonlySet<ApplicationId>;
  isMember(userId: UserId, groupId: GroupId): boolean;
  isAssigned(applicationId: ApplicationId, principalId: Principal['id']): boolean;
}

/** What an instance has that isn't there yet. */
const NOTHING: Existing = {
  ...{ groups: new Map(), users: new Map(), passwords: new Map(), applications: new Map() },
  certified: new Set(),
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
  const groups = await readGroups(queries, instanceId, file);
  const users = await readUsers(queries, instanceId, file);
  const userIds = [...users.values()].map(({ id }) => id);
  // The instance stands for everyone in it.
  const principalIds = [instanceId, ...userIds, ...[...groups.values()].map(({ id }) => id)];
  const memberships = await readMemberships(queries, instanceId, userIds);
  const assignments = await readAssignments(queries, instanceId, principalIds);
  return {
    groups,
    users,
    passwords: withPasswords ? await readPasswords(queries, instanceId, userIds) : new Map(),
    applications: await readApplications(queries, instanceId),
    certified: await readCertified(queries, instanceId),
    isMember: (userId, groupId) => memberships.has(`${userId} ${groupId}`),
    isAssigned: (applicationId, principalId) => assignments.has(`${applicationId} ${principalId}`),
  };
}

/** Far below the parameters that a statement of either database can have. */
const AT_ONCE = 500;

/**
 * The rows of many names, some hundred asked for at once instead of one by one: a file of fifty thousand users is compared
 * at every start, while people wait.
 */
async function inChunks<Item, Row>(
  items: readonly Item[],
  ask: (chunk: readonly Item[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    for (const row of await ask(items.slice(at, at + AT_ONCE))) rows.push(row);
  }
  return rows;
}

async function readGroups(queries: Queries, instanceId: InstanceId, file: OrganizationFile) {
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

async function readUsers(queries: Queries, instanceId: InstanceId, file: OrganizationFile) {
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
  const passwords = new Map<UserId, StoredPassword>();
  for (const userId of userIds) {
    const password = await findPassword(queries, instanceId, userId);
    if (password) passwords.set(userId, password);
  }
  return passwords;
}

/** All of them in one page: an instance has few. */
async function readApplications(queries: Queries, instanceId: InstanceId) {
  const page = await listApplications(queries, instanceId, {}, { limit: MAX_APPLICATIONS });
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

import { deleteApplication } from '../../../domain/applications/commands.ts';
import { unassign } from '../../../domain/assignments/commands.ts';
import { toPrincipal } from '../../../domain/assignments/store.ts';
import { deleteGroup, removeMember } from '../../../domain/directory/group-commands.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import { deleteUser } from '../../../domain/directory/user-commands.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { declaredPrincipals } from './plan-applications.ts';
import type { PlanNeeds } from './plan-directory.ts';
import type { OrganizationFile } from '../read/schema.ts';

/**
 * Plans the removal of what an instance has and a file doesn't declare: users, groups, memberships, applications and
 * assignments. Never the organization itself, and no certificate of an application that stays. Goes before everything
 * that is made, for which it frees names and addresses.
 */
export async function planRemovals(
  needs: PlanNeeds,
  queries: Queries,
  file: OrganizationFile,
): Promise<void> {
  const removed = new Set<string>([
    ...(await planUserRemovals(needs, queries, file)),
    ...(await planGroupRemovals(needs, queries, file)),
  ]);
  await planMembershipRemovals(needs, queries, file, removed);
  planApplicationRemovals(needs, file);
  await planAssignmentRemovals(needs, queries, file, removed);
}

async function planUserRemovals({ plan, instance }: PlanNeeds, queries: Queries, file: OrganizationFile) {
  const declared = new Set(file.users.map(({ userName }) => nameKey(userName)));
  const rows = await queries
    .selectFrom('users')
    .select(['id', 'user_name', 'user_name_key'])
    .where('instance_id', '=', instance.id)
    .orderBy('user_name_key')
    .execute();
  const undeclared = rows.filter((row) => !declared.has(row.user_name_key));
  for (const { id, user_name: name } of undeclared) {
    plan.remove('users', name, (work) => deleteUser(work, instance, id));
  }
  return undeclared.map(({ id }) => id);
}

async function planGroupRemovals({ plan, instance }: PlanNeeds, queries: Queries, file: OrganizationFile) {
  const declared = new Set(file.groups.map(({ displayName }) => nameKey(displayName)));
  const rows = await queries
    .selectFrom('groups')
    .select(['id', 'display_name', 'display_name_key'])
    .where('instance_id', '=', instance.id)
    .orderBy('display_name_key')
    .execute();
  const undeclared = rows.filter((row) => !declared.has(row.display_name_key));
  for (const { id, display_name: name } of undeclared) {
    plan.remove('groups', name, (work) => deleteGroup(work, instance, id));
  }
  return undeclared.map(({ id }) => id);
}

/** Those of users and groups that stay; the others go with them. */
async function planMembershipRemovals(
  { plan, instance, principals }: PlanNeeds,
  queries: Queries,
  file: OrganizationFile,
  removed: ReadonlySet<string>,
): Promise<void> {
  const declared = new Set(
    file.users.flatMap(({ userName, groups = [] }) => {
      const { id } = principals.user(userName);
      return groups.map((name) => `${id} ${principals.group(name).id}`);
    }),
  );
  const rows = await queries
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .innerJoin('groups', 'groups.id', 'memberships.group_id')
    .select(['user_id', 'group_id', 'user_name', 'groups.display_name as group_name'])
    .where('memberships.instance_id', '=', instance.id)
    .orderBy('user_name_key')
    .orderBy('display_name_key')
    .execute();
  for (const { user_id: userId, group_id: groupId, user_name: user, group_name: group } of rows) {
    if (removed.has(userId) || removed.has(groupId) || declared.has(`${userId} ${groupId}`)) continue;
    plan.remove('memberships', `${user} in ${group}`, (work) =>
      removeMember(work, instance, groupId, userId),
    );
  }
}

function planApplicationRemovals({ plan, instance, existing }: PlanNeeds, file: OrganizationFile): void {
  const declared = new Set(file.applications.map(({ key }) => key));
  for (const { id, key } of existing.applications.values()) {
    if (!declared.has(key)) plan.remove('applications', key, (work) => deleteApplication(work, instance, id));
  }
}

/** Those to applications that stay, of principals that stay or are long gone. */
async function planAssignmentRemovals(
  { plan, instance, existing, principals }: PlanNeeds,
  queries: Queries,
  file: OrganizationFile,
  removed: ReadonlySet<string>,
): Promise<void> {
  const present = await assignmentsByApplication(queries, instance);
  for (const declared of file.applications) {
    const application = existing.applications.get(declared.key);
    if (!application) continue;
    const wanted = new Set<string>(declaredPrincipals(instance.id, principals, declared).map(({ id }) => id));
    for (const row of present.get(application.id) ?? []) {
      const principal = toPrincipal(row);
      if (wanted.has(principal.id) || removed.has(principal.id)) continue;
      plan.remove('assignments', `${principal.name} to ${declared.key}`, (work) =>
        unassign(work, instance, application, principal),
      );
    }
  }
}

async function assignmentsByApplication(queries: Queries, instance: Instance) {
  const rows = await queries
    .selectFrom('assignments')
    .select(['target_id', 'principal_type', 'principal_id', 'principal_name'])
    .where('instance_id', '=', instance.id)
    .orderBy('principal_type')
    .orderBy('principal_id')
    .execute();
  const byApplication = new Map<string, typeof rows>();
  for (const row of rows) {
    const others = byApplication.get(row.target_id);
    if (others) others.push(row);
    else byApplication.set(row.target_id, [row]);
  }
  return byApplication;
}

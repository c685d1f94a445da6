import { deleteApplication } from '../../../domain/applications/commands.ts';
import { unassign } from '../../../domain/assignments/commands.ts';
import { listAllAssignments } from '../../../domain/assignments/store.ts';
import { deleteGroup, removeMember } from '../../../domain/directory/group-commands.ts';
import { listAllGroups } from '../../../domain/directory/group-store.ts';
import { listAllMemberships } from '../../../domain/directory/membership-store.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import { deleteUser } from '../../../domain/directory/user-commands.ts';
import { listUserNames } from '../../../domain/directory/user-list-store.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { groupBy } from '../group-by.ts';
import { declaredPrincipals } from './plan-applications.ts';
import { planConsoleAccessRemovals } from './plan-console-access.ts';
import type { PlanNeeds } from './plan-directory.ts';
import type { OrganizationFile } from '../read/schema.ts';

/**
 * Plans the removal of users, groups, memberships, console access, applications and assignments that the file doesn't
 * declare, but never of the organization itself or of a certificate of a declared application. Removals come before all other
 * changes, so that new records can take the freed names and addresses.
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
  planConsoleAccessRemovals(needs, file);
  planApplicationRemovals(needs, file);
  await planAssignmentRemovals(needs, queries, file, removed);
}

async function planUserRemovals({ plan, instance }: PlanNeeds, queries: Queries, file: OrganizationFile) {
  const declared = new Set(file.users.map(({ userName }) => nameKey(userName)));
  const present = await listUserNames(queries, instance.id);
  const undeclared = present.filter(({ key }) => !declared.has(key));
  for (const { id, userName } of undeclared) {
    plan.remove('users', userName, (work) => deleteUser(work, instance, id));
  }
  return undeclared.map(({ id }) => id);
}

async function planGroupRemovals({ plan, instance }: PlanNeeds, queries: Queries, file: OrganizationFile) {
  const declared = new Set(file.groups.map(({ displayName }) => nameKey(displayName)));
  const present = await listAllGroups(queries, instance.id);
  const undeclared = present.filter(({ displayName }) => !declared.has(nameKey(displayName)));
  for (const { id, displayName } of undeclared) {
    plan.remove('groups', displayName, (work) => deleteGroup(work, instance, id));
  }
  return undeclared.map(({ id }) => id);
}

/** Removes memberships of users and groups that stay. Deleting a user or a group deletes the other memberships. */
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
  for (const { userId, groupId, userName, groupName } of await listAllMemberships(queries, instance.id)) {
    if (removed.has(userId) || removed.has(groupId) || declared.has(`${userId} ${groupId}`)) continue;
    plan.remove('memberships', `${userName} in ${groupName}`, (work) =>
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

/** Removes assignments to applications that stay, except those of principals whose own removal deletes them. */
async function planAssignmentRemovals(
  { plan, instance, existing, principals }: PlanNeeds,
  queries: Queries,
  file: OrganizationFile,
  removed: ReadonlySet<string>,
): Promise<void> {
  const all = await listAllAssignments(queries, instance.id);
  const present = groupBy(
    all,
    ({ applicationId }) => applicationId,
    ({ principal }) => principal,
  );
  for (const declared of file.applications) {
    const application = existing.applications.get(declared.key);
    if (!application) continue;
    const wanted = new Set<string>(declaredPrincipals(instance.id, principals, declared).map(({ id }) => id));
    for (const principal of present.get(application.id) ?? []) {
      if (wanted.has(principal.id) || removed.has(principal.id)) continue;
      plan.remove('assignments', `${principal.name} to ${declared.key}`, (work) =>
        unassign(work, instance, application, principal),
      );
    }
  }
}

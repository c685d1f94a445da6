import { everyoneIn, type Principal } from '../../domain/assignments/assignment.ts';
import { findGroupByName, findGroups } from '../../domain/directory/group-store.ts';
import { findUserByName, findUsers } from '../../domain/directory/user-store.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { type FieldFault, invalidFields } from '../../foundation/platform/errors.ts';
import type { GroupId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';

/** Users and groups by their names, or everyone. */
export interface NamedPrincipals {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly everyone?: boolean | undefined;
}

/** Finds the users and groups with these names. Throws ValidationException that points at each unknown name. */
export async function principalsByName(
  queries: Queries,
  instance: Instance,
  { users, groups, everyone = false }: NamedPrincipals,
): Promise<Principal[]> {
  const principals: Principal[] = everyone ? [everyoneIn(instance.id)] : [];
  const faults: FieldFault[] = [];
  for (const [index, name] of users.entries()) {
    const user = await findUserByName(queries, instance.id, name);
    if (user) principals.push({ type: 'USER', id: user.id, name: user.userName });
    else faults.push({ field: `/users/${index}`, message: `There is no user ${name}.` });
  }
  for (const [index, name] of groups.entries()) {
    const group = await findGroupByName(queries, instance.id, name);
    if (group) principals.push({ type: 'GROUP', id: group.id, name: group.displayName });
    else faults.push({ field: `/groups/${index}`, message: `There is no group ${name}.` });
  }
  if (faults.length > 0) throw invalidFields(faults);
  return principals;
}

/** Those of these users and groups that the instance still has. */
export async function principalsById(
  queries: Queries,
  instanceId: InstanceId,
  { users, groups }: { readonly users: readonly UserId[]; readonly groups: readonly GroupId[] },
): Promise<Principal[]> {
  const foundUsers = await findUsers(queries, instanceId, users);
  const foundGroups = await findGroups(queries, instanceId, groups);
  return [
    ...[...foundUsers.values()].map(({ id, userName }) => ({ type: 'USER' as const, id, name: userName })),
    ...[...foundGroups.values()].map(({ id, displayName }) => ({
      ...{ type: 'GROUP' as const, id, name: displayName },
    })),
  ];
}

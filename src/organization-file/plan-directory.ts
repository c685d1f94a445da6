import { isDeepStrictEqual } from 'node:util';
import { setPassword, type StoredPassword } from '../credentials/password-store.ts';
import { addMember, createGroup, updateGroup } from '../directory/group-commands.ts';
import { nameKey } from '../directory/name-key.ts';
import { createUser, setUserEnabled, updateUser } from '../directory/user-commands.ts';
import type { User, UserChange } from '../directory/user.ts';
import { givenFields } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import type { GroupId, Ids, UserId } from '../platform/ids.ts';
import type { Existing } from './existing.ts';
import { groupIdOf } from './ids.ts';
import type { Plan } from './plan.ts';
import type { Principals } from './principals.ts';
import type { DeclaredGroup, DeclaredUser } from './schema.ts';

/** What planning takes besides the file's items. */
export interface PlanNeeds {
  readonly plan: Plan;
  readonly instance: Instance;
  readonly existing: Existing;
  readonly principals: Principals;
  readonly ids: Ids;
}

/** Groups are made, or get the declared name (in its letters) and description. */
export function planGroups(
  { plan, instance, existing, ids }: PlanNeeds,
  groups: readonly DeclaredGroup[],
): void {
  for (const { displayName, description } of groups) {
    const group = existing.groups.get(nameKey(displayName));
    if (!group) {
      const id = groupIdOf(instance.directoryId, displayName);
      const input = { id, displayName, description: description ?? '' };
      plan.add('groups', 'created', (work) => createGroup(work, instance, input, ids));
      continue;
    }
    const change = differences({ displayName, description }, group);
    if (!change) plan.leave('groups');
    else
      plan.add('groups', 'updated', (work) => updateGroup(work, instance, group.id, change, group.version));
  }
}

/** Users are made or changed, with their passwords (those that were prepared) and memberships. */
export function planUsers(
  needs: PlanNeeds,
  users: readonly DeclaredUser[],
  passwords: ReadonlyMap<UserId, StoredPassword>,
): void {
  const { existing, principals } = needs;
  for (const declared of users) {
    const { id } = principals.user(declared.userName);
    const user = existing.users.get(nameKey(declared.userName));
    if (user) planChanges(needs, user, declared, passwords.get(id));
    else planNewUser(needs, id, declared, passwords.get(id));
  }
}

function planNewUser(
  needs: PlanNeeds,
  id: UserId,
  declared: DeclaredUser,
  password: StoredPassword | undefined,
): void {
  const { plan, instance, ids } = needs;
  const { userName, email, givenName, familyName, displayName, attributes } = declared;
  const input = { id, userName, email, givenName, familyName, displayName, attributes };
  plan.add('users', 'created', (work) => createUser(work, instance, input, ids));
  if (password) plan.step((work) => setPassword(work, instance, id, password));
  planMemberships(needs, id, missingGroups(needs, id, declared));
  // Last: nothing of a disabled user can be changed (guide, "Disable a user").
  if (declared.enabled === false) plan.step((work) => setUserEnabled(work, instance, id, false));
}

function planChanges(
  needs: PlanNeeds,
  user: User,
  declared: DeclaredUser,
  password: StoredPassword | undefined,
): void {
  const { plan, instance } = needs;
  const { email, givenName, familyName, displayName, attributes, enabled = user.enabled } = declared;
  const change: UserChange | undefined = differences(
    { email, givenName, familyName, displayName, attributes },
    user,
  );
  const groups = missingGroups(needs, user.id, declared);
  // A disabled user is enabled for as long as the changes take.
  const isEdited = change !== undefined || password !== undefined || groups.length > 0;
  const isOpened = isEdited && !user.enabled;
  if (isOpened) plan.step((work) => setUserEnabled(work, instance, user.id, true));
  if (change) {
    const version = user.version + (isOpened ? 1 : 0);
    plan.step((work) => updateUser(work, instance, user.id, change, version));
  }
  if (password) plan.step((work) => setPassword(work, instance, user.id, password));
  planMemberships(needs, user.id, groups);
  const isEnabledThen = user.enabled || isOpened;
  if (enabled !== isEnabledThen) plan.step((work) => setUserEnabled(work, instance, user.id, enabled));
  const isUpdated = change !== undefined || password !== undefined || enabled !== user.enabled;
  if (isUpdated) plan.add('users', 'updated');
  else plan.leave('users');
}

/** The declared groups that a user isn't a member of. */
function missingGroups(needs: PlanNeeds, userId: UserId, declared: DeclaredUser): GroupId[] {
  const { plan, existing, principals } = needs;
  const declaredGroups = (declared.groups ?? []).map((name) => principals.group(name).id);
  const missing = declaredGroups.filter((groupId) => !existing.isMember(userId, groupId));
  for (let left = declaredGroups.length - missing.length; left > 0; left -= 1) plan.leave('memberships');
  return missing;
}

function planMemberships({ plan, instance }: PlanNeeds, userId: UserId, groups: readonly GroupId[]): void {
  for (const groupId of groups) {
    plan.add('memberships', 'created', (work) => addMember(work, instance, groupId, userId));
  }
}

/** The declared fields that are given and differ; undefined when there are none. */
function differences<Fields extends object>(declared: Fields, present: { [Key in keyof Fields]?: unknown }) {
  const given = Object.entries(givenFields(declared)).filter(
    ([key, value]) => !isDeepStrictEqual(value, present[key as keyof Fields]),
  );
  // Only entries of `declared` are left.
  return given.length === 0 ? undefined : (Object.fromEntries(given) as Partial<Fields>);
}

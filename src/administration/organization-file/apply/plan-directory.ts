import { isDeepStrictEqual } from 'node:util';
import type { StoredPassword } from '../../../domain/credentials/passwords/store.ts';
import { setFirstPasswords, setPassword } from '../../../domain/credentials/passwords/commands.ts';
import {
  addMember,
  addMembers,
  createGroups,
  updateGroup,
} from '../../../domain/directory/group-commands.ts';
import type { Membership } from '../../../domain/directory/membership-store.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import { createUsers, setUserEnabled, updateUser } from '../../../domain/directory/user-commands.ts';
import type { User, UserChange } from '../../../domain/directory/user.ts';
import { givenFields } from '../../../domain/organizations/change.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import type { Ids, UserId } from '../../../foundation/platform/ids.ts';
import type { Existing, ExistingDirectory } from './existing.ts';
import type { Plan } from './plan.ts';
import type { Principals } from '../read/principals.ts';
import type { DeclaredGroup, DeclaredUser } from '../read/schema.ts';

export interface DirectoryPlanNeeds {
  readonly plan: Plan;
  readonly instance: Instance;
  readonly existing: ExistingDirectory;
  readonly principals: Principals;
}

export interface PlanNeeds extends DirectoryPlanNeeds {
  readonly existing: Existing;
  readonly ids: Ids;
}

/** Creates groups together, and changes the description of existing ones, and the letter case of their names. */
export function planDeclaredGroups(
  { plan, instance, existing, principals }: DirectoryPlanNeeds,
  groups: readonly DeclaredGroup[],
): void {
  const made: Parameters<typeof createGroups>[2][number][] = [];
  for (const { displayName, description } of groups) {
    const group = existing.groups.get(nameKey(displayName));
    if (!group) {
      made.push({
        id: principals.group(displayName).id,
        displayName,
        description: description ?? '',
      });
      plan.add('groups', 'created', displayName);
      continue;
    }
    const change = differences({ displayName, description }, group);
    if (!change) plan.leave('groups');
    else
      plan.add('groups', 'updated', displayName, (work) =>
        updateGroup(work, instance, group.id, change, group.version),
      );
  }
  if (made.length > 0) plan.step((work) => createGroups(work, instance, made));
}

/** Records that are written for many users together: fifty thousand users one by one would take minutes. */
interface Batch {
  readonly users: Parameters<typeof createUsers>[2][number][];
  readonly passwords: Parameters<typeof setFirstPasswords>[2][number][];
  readonly members: Membership[];
  /** New users who are to be disabled. */
  readonly disabled: UserId[];
}

/**
 * Changes existing users one by one, then creates the new users together, with their prepared passwords and
 * memberships. Changes come first so that a new user can take an address that an existing one gives up.
 */
export function planDeclaredUsers(
  needs: DirectoryPlanNeeds,
  users: readonly DeclaredUser[],
  passwords: ReadonlyMap<UserId, StoredPassword>,
): void {
  const { plan, instance, existing, principals } = needs;
  const batch: Batch = { users: [], passwords: [], members: [], disabled: [] };
  for (const declared of users) {
    const { id } = principals.user(declared.userName);
    const user = existing.users.get(nameKey(declared.userName));
    if (user) planUserChanges(needs, batch, user, declared, passwords.get(id));
    else planNewUser(needs, batch, id, declared, passwords.get(id));
  }
  if (batch.users.length > 0) plan.step((work) => createUsers(work, instance, batch.users));
  if (batch.passwords.length > 0) plan.step((work) => setFirstPasswords(work, instance, batch.passwords));
  if (batch.members.length > 0) plan.step((work) => addMembers(work, instance, batch.members));
  // Last, because a disabled user can't be changed (guide, "Disable a user").
  for (const id of batch.disabled) plan.step((work) => setUserEnabled(work, instance, id, false));
}

function planNewUser(
  needs: DirectoryPlanNeeds,
  batch: Batch,
  id: UserId,
  declared: DeclaredUser,
  password: StoredPassword | undefined,
): void {
  const { userName, email, givenName, familyName, displayName, attributes } = declared;
  batch.users.push({ id, userName, email, givenName, familyName, displayName, attributes });
  needs.plan.add('users', 'created', userName);
  if (password) batch.passwords.push({ userId: id, ...password });
  planMemberships(needs, batch, { id, userName }, missingGroups(needs, id, declared));
  if (declared.enabled === false) batch.disabled.push(id);
}

function planUserChanges(
  needs: DirectoryPlanNeeds,
  batch: Batch,
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
  // A disabled user can't be changed, so it is enabled during the changes.
  const isEdited = change !== undefined || password !== undefined || groups.length > 0;
  const isOpened = isEdited && !user.enabled;
  if (isOpened) plan.step((work) => setUserEnabled(work, instance, user.id, true));
  if (change) {
    const version = user.version + (isOpened ? 1 : 0);
    plan.step((work) => updateUser(work, instance, user.id, change, version));
  }
  if (password) plan.step((work) => setPassword(work, instance, user.id, password));
  // A user who will be disabled needs the memberships before that, and so before the batch.
  if (enabled) planMemberships(needs, batch, user, groups);
  else planMembershipsNow(needs, user, groups);
  const isEnabledThen = user.enabled || isOpened;
  if (enabled !== isEnabledThen) plan.step((work) => setUserEnabled(work, instance, user.id, enabled));
  const isUpdated = change !== undefined || password !== undefined || enabled !== user.enabled;
  if (isUpdated) plan.add('users', 'updated', user.userName);
  else plan.leave('users');
}

type NamedUser = Pick<User, 'id' | 'userName'>;
type NamedGroup = ReturnType<Principals['group']>;

/** The declared groups that a user isn't a member of. */
function missingGroups(needs: DirectoryPlanNeeds, userId: UserId, declared: DeclaredUser): NamedGroup[] {
  const { plan, existing, principals } = needs;
  const declaredGroups = (declared.groups ?? []).map((name) => principals.group(name));
  const missing = declaredGroups.filter(({ id }) => !existing.isMember(userId, id));
  for (let left = declaredGroups.length - missing.length; left > 0; left -= 1) plan.leave('memberships');
  return missing;
}

function planMemberships(
  { plan }: DirectoryPlanNeeds,
  batch: Batch,
  user: NamedUser,
  groups: readonly NamedGroup[],
): void {
  for (const group of groups) {
    plan.add('memberships', 'created', `${user.userName} in ${group.name}`);
    batch.members.push({ groupId: group.id, userId: user.id });
  }
}

function planMembershipsNow(
  { plan, instance }: DirectoryPlanNeeds,
  user: NamedUser,
  groups: readonly NamedGroup[],
): void {
  for (const group of groups) {
    plan.add('memberships', 'created', `${user.userName} in ${group.name}`, (work) =>
      addMember(work, instance, group.id, user.id),
    );
  }
}

/** The declared fields that differ from the present ones; undefined when none differs. */
function differences<Fields extends object>(declared: Fields, present: { [Key in keyof Fields]?: unknown }) {
  const given = Object.entries(givenFields(declared)).filter(
    ([key, value]) => !isDeepStrictEqual(value, present[key as keyof Fields]),
  );
  // The entries are some of those of `declared`.
  return given.length === 0 ? undefined : (Object.fromEntries(given) as Partial<Fields>);
}

import { nameKey } from '../../../domain/directory/name-key.ts';
import type { DirectoryId, GroupId, UserId } from '../../../foundation/platform/ids.ts';
import type { DeclaredDirectory, ExistingDirectory } from '../apply/existing.ts';
import { groupIdOf, userIdOf } from '../apply/derived-ids.ts';

interface Named<Id> {
  readonly id: Id;
  /** The declared name; a reference to it may differ in letter case. */
  readonly name: string;
}

/** Finds the groups and users, existing or new, that a file's memberships and assignments refer to by name. */
export interface Principals {
  group(name: string): Named<GroupId>;
  user(name: string): Named<UserId>;
}

export function createPrincipals(
  file: DeclaredDirectory,
  existing: ExistingDirectory,
  directoryId: DirectoryId,
): Principals {
  const groups = new Map(file.groups.map((group) => [nameKey(group.displayName), group]));
  const users = new Map(file.users.map((user) => [nameKey(user.userName), user]));
  return {
    group(name) {
      const declared = groups.get(nameKey(name));
      const id = existing.groups.get(nameKey(name))?.id ?? declared?.id ?? groupIdOf(directoryId, name);
      return { id, name: declared?.displayName ?? name };
    },
    user(name) {
      const declared = users.get(nameKey(name));
      const id = existing.users.get(nameKey(name))?.id ?? declared?.id ?? userIdOf(directoryId, name);
      return { id, name: declared?.userName ?? name };
    },
  };
}

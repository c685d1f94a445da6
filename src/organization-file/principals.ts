import { nameKey } from '../directory/name-key.ts';
import type { DirectoryId, GroupId, UserId } from '../platform/ids.ts';
import type { Existing } from './existing.ts';
import { groupIdOf, userIdOf } from './ids.ts';
import type { OrganizationFile } from './schema.ts';

interface Named<Id> {
  readonly id: Id;
  /** As the file declares it, whatever the case of the reference. */
  readonly name: string;
}

/** The groups and users that a file's memberships and assignments name: those of the database, or those to be made. */
export interface Principals {
  group(name: string): Named<GroupId>;
  user(name: string): Named<UserId>;
}

export function createPrincipals(
  file: OrganizationFile,
  existing: Existing,
  directoryId: DirectoryId,
): Principals {
  const groupNames = new Map(file.groups.map(({ displayName }) => [nameKey(displayName), displayName]));
  const userNames = new Map(file.users.map(({ userName }) => [nameKey(userName), userName]));
  return {
    group(name) {
      const id = existing.groups.get(nameKey(name))?.id ?? groupIdOf(directoryId, name);
      return { id, name: groupNames.get(nameKey(name)) ?? name };
    },
    user(name) {
      const id = existing.users.get(nameKey(name))?.id ?? userIdOf(directoryId, name);
      return { id, name: userNames.get(nameKey(name)) ?? name };
    },
  };
}

import { nameKey } from '../../../domain/directory/name-key.ts';
import { findOwners } from '../../../domain/directory/user-store.ts';
import type { InstanceId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { Existing } from '../apply/existing.ts';
import type { FileFault } from './fault.ts';
import type { OrganizationFile } from './schema.ts';

/**
 * Email addresses that other users have. One whose owner gives it up in the same file is free by the time it is written:
 * for new users always, for others when the owner stands before them, as users are changed in the order of the file. With
 * `prune`, owners whom the file doesn't declare are gone by then.
 */
export async function addressFaults(
  queries: Queries,
  instanceId: InstanceId | undefined,
  file: OrganizationFile,
  existing: Existing,
  { prune }: { prune: boolean },
): Promise<FileFault[]> {
  if (instanceId === undefined) return [];
  const owners = (await findOwners(queries, instanceId, file.users)).emails;
  const present = file.users.map(({ userName }) => existing.users.get(nameKey(userName)));
  const placeOf = new Map(present.flatMap((user, index) => (user ? [[user.id, index] as const] : [])));
  return file.users.flatMap(({ email }, index) => {
    const owner = owners.get(nameKey(email));
    if (owner === undefined || owner === present[index]?.id) return [];
    const place = placeOf.get(owner);
    const path = ['users', index, 'email'];
    if (place === undefined) {
      return prune ? [] : [file.faultAt(path, `Another user has the email address ${email} already.`)];
    }
    // No address is declared twice: the owner gets another one.
    if (!present[index] || place < index) return [];
    const message = `${file.users[place]?.userName ?? ''} has the email address ${email} and gives it up further down: put that user first. Users who exchange addresses need another one for one of them in between.`;
    return [file.faultAt(path, message)];
  });
}

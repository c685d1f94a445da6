import { nameKey } from '../../../domain/directory/name-key.ts';
import { findOwners } from '../../../domain/directory/taken-names-store.ts';
import type { InstanceId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { Existing } from '../apply/existing.ts';
import type { FileFault } from './fault.ts';
import type { OrganizationFile } from './schema.ts';

/**
 * Faults of email addresses that other users have. An address is free when its owner gives it up in the same file:
 * for a new user always, and for an existing one when the owner comes first, because users are changed in the order
 * of the file. With `prune`, the addresses of users whom the file doesn't declare are free too.
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
    // The file declares each address once, so the owner gets another one.
    if (!present[index] || place < index) return [];
    const message = `${file.users[place]?.userName ?? ''} has the email address ${email} and gives it up further down: put that user first. To swap the addresses of two users, first give one of them another address.`;
    return [file.faultAt(path, message)];
  });
}

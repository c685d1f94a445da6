import type { Work } from '../audit/commands.ts';
import { findGroup } from '../directory/group-store.ts';
import { findUser } from '../directory/user-store.ts';
import type { Instance } from '../organizations/organization.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import type { ConsoleAccess, Grantee } from './console-access.ts';
import { deleteGrant, putGrant } from './store.ts';

/**
 * Grants a user or a group access to the console, or replaces what was granted. A disabled user can be granted access,
 * and has it once enabled. Throws ResourceNotFoundException when the instance has no such user or group.
 */
export async function putConsoleAccess(
  work: Work,
  instance: Instance,
  grantee: Grantee,
  access: ConsoleAccess,
): Promise<void> {
  const details = { requestParameters: { ...parametersOf(instance, grantee), access } };
  await work.perform('PutConsoleAccess', details, async (tx) => {
    // Looked up in this instance: the foreign key alone would let an instance grant access to a user of another.
    await assertPresent(tx, instance, grantee);
    await putGrant(tx, instance.id, { grantee, access }, work.context.at);
  });
}

/**
 * Takes away what was granted to a user or a group; a user keeps what the groups give. Throws
 * ResourceNotFoundException when nothing was granted.
 */
export async function deleteConsoleAccess(work: Work, instance: Instance, grantee: Grantee): Promise<void> {
  const details = { requestParameters: parametersOf(instance, grantee) };
  await work.perform('DeleteConsoleAccess', details, async (tx) => {
    if (!(await deleteGrant(tx, instance.id, grantee))) throw notFound('The console access');
  });
}

async function assertPresent(tx: Tx, instance: Instance, { type, id }: Grantee): Promise<void> {
  if (type === 'USER' && !(await findUser(tx, instance.id, id))) throw notFound('The user');
  if (type === 'GROUP' && !(await findGroup(tx, instance.id, id))) throw notFound('The group');
}

const parametersOf = ({ id, directoryId }: Instance, grantee: Grantee) => ({
  ...{ instanceId: id, directoryId },
  ...{ principalType: grantee.type, principalId: grantee.id },
});

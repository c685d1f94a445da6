import type { Work } from '../audit/commands.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import { assertVersion } from './change.ts';
import { deleteInstanceRow, findInstanceOf, lockInstanceOfOrganization } from './instance-store.ts';
import type { Instance, Organization } from './organization.ts';
import { increaseVersion, lockOrganization } from './organization-store.ts';

/**
 * Deletes an organization's instance with everything in it: users, groups, applications, assignments, settings (guide,
 * "Delete your AWS SSO configuration"). The organization stays, with its events, its mail and its clock, and a new
 * instance can be enabled in it. Throws ResourceNotFoundException when the instance was deleted already, and
 * ConflictException when it isn't at `expectedVersion`.
 */
export async function deleteInstance(
  work: Work,
  { id, directoryId, organization }: Instance,
  expectedVersion?: number,
): Promise<Organization> {
  const details = { requestParameters: { instanceId: id, identityStoreId: directoryId } };
  return work.perform('DeleteInstance', details, async (tx) => {
    // Locked, so that nothing changes between the check of the version and the deletion.
    await lockOrganization(tx, organization.id);
    await lockInstanceOfOrganization(tx, organization.id);
    const present = await findInstanceOf(tx, organization.id);
    // Another instance may have been enabled since this one was read: it isn't the one that was meant.
    if (present?.id !== id) throw notFound('The identity centre');
    assertVersion('The instance', present.version, expectedVersion);
    await deleteInstanceRow(tx, id);
    // APIs show the instance's addresses as fields of the organization.
    const version = await increaseVersion(tx, organization.id);
    if (version === undefined) throw notFound('The organization');
    return { ...present.organization, version };
  });
}

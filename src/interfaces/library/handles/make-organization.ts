import {
  createInstance,
  createOrganization,
  deleteOrganization,
} from '../../../domain/organizations/commands.ts';
import { instanceIdOf } from '../../../administration/organization-file/apply/derived-ids.ts';
import type { OrganizationFile } from '../../../administration/organization-file/read/schema.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import { settingsSchema } from '../../../domain/organizations/settings.ts';
import type {
  OpenedOrganization,
  OperationNeeds,
} from '../../../administration/operations/open-organization.ts';
import { derivedIds, newDirectoryId, newOrganizationId } from '../../../foundation/platform/ids.ts';
import { libraryCaller } from './context.ts';
import { CHEAP_SETTINGS, DEFAULT_CONTENT } from '../source.ts';

export interface NewOrganizationOptions {
  readonly isDefault: boolean;
  /** The number of the organization on this server, from which its ids are derived. Undefined: random ids. */
  readonly ordinal: number | undefined;
  /** The file with its name, account, region and ids. The rest of the file is applied afterwards. */
  readonly file?: OrganizationFile | undefined;
}

/** Creates an organization with an identity centre that is still empty. */
export function makeOrganization(
  { commands, clock, ids: random }: OperationNeeds,
  { isDefault, ordinal, file }: NewOrganizationOptions,
): Promise<Instance> {
  const { organization: declared, instance: place } = file ?? DEFAULT_CONTENT;
  const ids = ordinal === undefined ? random : derivedIds('library organization', String(ordinal));
  const explicit = file && { id: file.organization.id, directoryId: file.instance.directoryId };
  const id = explicit?.id ?? newOrganizationId(ids);
  const directoryId = explicit?.directoryId ?? newDirectoryId(ids);
  const { name, managementAccountId } = declared;
  const at = clock.now();
  const history = { organizationId: id, managementAccountId, region: place.region };
  return commands.run({ ...libraryCaller(random), at }, history, async (work) => {
    const organization = await createOrganization(work, { id, name, managementAccountId, isDefault, at });
    return createInstance(work, organization, {
      ...{ id: instanceIdOf(directoryId), directoryId, alias: null, region: place.region },
      settings: settingsSchema.parse(file ? {} : CHEAP_SETTINGS),
    });
  });
}

/** Empties an organization. Only its ids, name, alias and first settings stay. */
export async function restoreOrganization(
  { organization, run }: OpenedOrganization,
  first: Instance,
): Promise<void> {
  const { id, name, managementAccountId, isDefault } = first.organization;
  await run(async (work) => {
    await deleteOrganization(work, organization);
    const { at } = work.context;
    const made = await createOrganization(work, { id, name, managementAccountId, isDefault, at });
    await createInstance(work, made, first);
  });
}

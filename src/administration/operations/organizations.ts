import type { z } from 'zod';
import type { Context } from '../../domain/audit/actor.ts';
import { assertVersion } from '../../domain/organizations/change.ts';
import {
  createInstance,
  createOrganization,
  setAlias,
  updateOrganization,
  type NewInstance,
  type OrganizationChange,
} from '../../domain/organizations/commands.ts';
import { organizationInputSchema, type OrganizationInput } from '../../domain/organizations/input.ts';
import {
  findInstance,
  findInstanceOf,
  type OrganizationWithInstance,
} from '../../domain/organizations/instance-store.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { findOrganization, lockOrganization } from '../../domain/organizations/organization-store.ts';
import { settingsSchema, type SettingsInput } from '../../domain/organizations/settings.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import { newDirectoryId, newInstanceId, newOrganizationId, type Ids } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import type { OpenedOrganization, OperationNeeds } from './open-organization.ts';

/** What enabling an identity centre needs to know. */
export const newInstanceSchema = organizationInputSchema.pick({ region: true, alias: true });
export interface NewInstanceInput extends z.output<typeof newInstanceSchema> {
  /** Settings other than the defaults. */
  readonly settings?: SettingsInput | undefined;
}

/** What making an organization or an instance needs. */
export type MakeNeeds = Pick<OperationNeeds, 'ids' | 'clock' | 'commands'>;

/**
 * Creates an organization and enables its identity centre: both or neither. The first organization of a server is the
 * default. Throws ConflictException, which names the field, when the alias is taken.
 */
export function makeOrganization(
  { ids, clock, commands }: MakeNeeds,
  caller: Omit<Context, 'at'>,
  { name, managementAccountId, ...place }: OrganizationInput,
): Promise<Instance> {
  const at = clock.now();
  const id = newOrganizationId(ids);
  const history = { organizationId: id, managementAccountId, region: place.region };
  return commands.run({ ...caller, at }, history, async (work) => {
    await assertAliasIsFree(work.tx, place.alias);
    const isDefault = (await findOrganization(work.tx, 'default')) === undefined;
    const organization = await createOrganization(work, { id, name, managementAccountId, isDefault, at });
    return createInstance(work, organization, newInstance(ids, place));
  });
}

/**
 * Enables the identity centre in an organization that has none (guide, "Enable AWS SSO"). It gets a directory id that
 * was never used, so the addresses of an instance that was deleted stay without meaning. Throws ConflictException when
 * the organization has an instance, or the alias is taken.
 */
export function enableInstance(
  { ids, commands }: MakeNeeds,
  { organization: { id }, context, history }: OpenedOrganization,
  input: NewInstanceInput,
): Promise<Instance> {
  // An organization without an instance has no region of its own.
  return commands.run(context, { ...history, region: input.region }, async (work) => {
    await lockOrganization(work.tx, id);
    const organization = await findOrganization(work.tx, id);
    if (!organization) throw notFound('The organization');
    await assertAliasIsFree(work.tx, input.alias);
    return createInstance(work, organization, newInstance(ids, input));
  });
}

/**
 * Changes the given fields of an organization, and gives its instance an alias, which is possible once. Throws
 * ConflictException when the organization isn't at `expectedVersion`, or when the instance has an alias or it is taken.
 */
export function changeOrganization(
  { organization: { id }, run }: OpenedOrganization,
  { alias, ...change }: OrganizationChange & { alias?: string | undefined },
  expectedVersion?: number,
): Promise<OrganizationWithInstance> {
  return run(async (work) => {
    // Read again under a lock.
    await lockOrganization(work.tx, id);
    let organization = await findOrganization(work.tx, id);
    if (!organization) throw notFound('The organization');
    assertVersion('The organization', organization.version, expectedVersion);
    let instance = await findInstanceOf(work.tx, id);
    if (Object.values(change).some((value) => value !== undefined)) {
      organization = await updateOrganization(work, organization, change);
    }
    if (alias !== undefined && alias !== instance?.alias) {
      if (!instance) throw notFound('The identity centre of this organization');
      instance = await setAlias(work, { ...instance, organization }, alias);
      ({ organization } = instance);
    }
    return { organization, instance };
  });
}

const newInstance = (ids: Ids, { region, alias, settings = {} }: NewInstanceInput): NewInstance => ({
  ...{ id: newInstanceId(ids), directoryId: newDirectoryId(ids), alias: alias ?? null, region },
  settings: settingsSchema.parse(settings),
});

/** Checked first, for an error that names the field. The unique constraint decides. */
async function assertAliasIsFree(tx: Tx, alias: string | undefined): Promise<void> {
  if (alias === undefined || !(await findInstance(tx, alias))) return;
  const message = `The alias ${alias} is taken: choose another one.`;
  throw new AppError('ConflictException', message, { fields: [{ field: '/alias', message }] });
}

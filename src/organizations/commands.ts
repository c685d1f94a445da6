import type { Work } from '../audit/commands.ts';
import type { History } from '../audit/recorder.ts';
import { AppError, notFound } from '../platform/errors.ts';
import type { Instant } from '../platform/clock.ts';
import type { DirectoryId, InstanceId, OrganizationId } from '../platform/ids.ts';
import { orConflict } from '../storage/database.ts';
import { changedMeanwhile, givenFields } from './change.ts';
import type { Instance, Organization, OrganizationClock } from './organization.ts';
import type { Settings } from './settings.ts';

/** The history that changes of this instance are recorded in. */
export function historyOf(instance: Instance): History {
  const { organization, region } = instance;
  return { organizationId: organization.id, managementAccountId: organization.managementAccountId, region };
}

const EXISTS =
  'This organization exists already: a server has one default organization, and ids are used once.';

export interface NewOrganization {
  id: OrganizationId;
  name: string;
  managementAccountId: string;
  /** Whether `default` stands for it; at most one organization of a server has this. */
  isDefault: boolean;
  at: Instant;
}

/**
 * Makes an organization; its clock shows the real time. Its own history receives the event, so `work` must run with
 * a history of this id: the row is there when the event is written, both in one transaction.
 * Throws a ConflictException when there is a default one already.
 */
export async function createOrganization(work: Work, input: NewOrganization): Promise<Organization> {
  const { id, name, managementAccountId, isDefault, at } = input;
  const details = {
    requestParameters: { name, managementAccountId },
    responseElements: { organizationId: id },
  };
  return work.perform('CreateOrganization', details, async (tx) => {
    const row = {
      id,
      name,
      management_account_id: managementAccountId,
      is_default: isDefault ? 1 : 0,
      clock_offset_ms: 0,
      clock_frozen_at: null,
      created_at: at,
    } as const;
    await orConflict(tx.insertInto('organizations').values(row).execute(), EXISTS);
    return {
      id,
      name,
      managementAccountId,
      isDefault,
      clock: { offsetMs: 0, frozenAt: null },
      createdAt: at,
    };
  });
}

export interface OrganizationChange {
  name?: string | undefined;
  managementAccountId?: string | undefined;
  clock?: OrganizationClock | undefined;
}

/** Changes what is given and answers with the organization as it is then. Throws when it is gone. */
export async function updateOrganization(
  work: Work,
  organization: Organization,
  change: OrganizationChange,
): Promise<Organization> {
  const { name, managementAccountId, clock } = { ...organization, ...givenFields(change) };
  const details = { requestParameters: { organizationId: organization.id, ...givenFields(change) } };
  return work.perform('UpdateOrganization', details, async (tx) => {
    const result = await tx
      .updateTable('organizations')
      .set({
        name,
        management_account_id: managementAccountId,
        clock_offset_ms: clock.offsetMs,
        clock_frozen_at: clock.frozenAt,
      })
      .where('id', '=', organization.id)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) throw notFound('The organization');
    return { ...organization, name, managementAccountId, clock };
  });
}

/**
 * Deletes an organization and everything in it. The event goes into the history that is deleted with it: nothing of
 * an organization outlives it, its events neither. It is performed all the same, before the rows go, so that the
 * actor is asked for and a refused attempt stays in the history.
 */
export async function deleteOrganization(work: Work, organization: Organization): Promise<void> {
  const details = { requestParameters: { organizationId: organization.id } };
  await work.perform('DeleteOrganization', details, () => Promise.resolve());
  await work.tx.deleteFrom('organizations').where('id', '=', organization.id).execute();
}

export interface NewInstance {
  id: InstanceId;
  directoryId: DirectoryId;
  alias: string | null;
  region: string;
  settings: Settings;
}

/**
 * Enables the identity centre in an organization (guide, "Enable AWS SSO"; the operation is StartSSO).
 * Throws a ConflictException when it has one, or when the directory id or alias is taken on this server.
 */
export async function createInstance(
  work: Work,
  organization: Organization,
  input: NewInstance,
): Promise<Instance> {
  const { id, directoryId, alias, region, settings } = input;
  const details = {
    requestParameters: { region, ...(alias !== null && { alias }) },
    responseElements: { instanceId: id, identityStoreId: directoryId },
  };
  return work.perform('StartSSO', details, async (tx) => {
    const row = {
      id,
      organization_id: organization.id,
      directory_id: directoryId,
      alias,
      region,
      settings: JSON.stringify(settings),
      version: 1,
      created_at: work.context.at,
    };
    await orConflict(
      tx.insertInto('instances').values(row).execute(),
      'The organization has an instance already, or the directory id or alias is taken: choose another one.',
    );
    return { id, organization, directoryId, alias, region, settings, version: 1 };
  });
}

/**
 * Replaces an instance's settings (merge partial ones before, with `mergeSettings`).
 * Throws a ConflictException when the instance changed since it was read, or isn't at `expectedVersion`.
 */
export async function updateInstanceSettings(
  work: Work,
  instance: Instance,
  settings: Settings,
  expectedVersion: number = instance.version,
): Promise<Instance> {
  const details = { requestParameters: { instanceId: instance.id, settings } };
  return work.perform('UpdateInstance', details, async (tx) => {
    const version = expectedVersion + 1;
    const result = await tx
      .updateTable('instances')
      .set({ settings: JSON.stringify(settings), version })
      .where('id', '=', instance.id)
      .where('version', '=', expectedVersion)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) throw changedMeanwhile('The instance');
    return { ...instance, settings, version };
  });
}

/** Gives an instance its alias. It can't be changed or taken back: addresses that people noted down would break. */
export async function setAlias(work: Work, instance: Instance, alias: string): Promise<Instance> {
  const details = { requestParameters: { instanceId: instance.id, alias } };
  return work.perform('UpdateInstance', details, async (tx) => {
    const result = await orConflict(
      tx
        .updateTable('instances')
        .set((row) => ({ alias, version: row('version', '+', 1) }))
        .where('id', '=', instance.id)
        .where('alias', 'is', null)
        .returning('version')
        .executeTakeFirst(),
      `The alias ${alias} is taken: choose another one.`,
    );
    if (!result)
      throw new AppError('ConflictException', 'The alias is set once for ever and can’t be changed.');
    return { ...instance, alias, version: result.version };
  });
}

import type { Work } from '../audit/commands.ts';
import type { History } from '../audit/recorder.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, InstanceId, OrganizationId } from '../../foundation/platform/ids.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import { assertVersion, changedMeanwhile, givenFields } from './change.ts';
import type { Instance, Organization, OrganizationClock } from './organization.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { findInstanceOf, findOrganization, holdInstanceOf, holdOrganization } from './store.ts';

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
      version: 1,
      created_at: at,
    } as const;
    await orConflict(tx.insertInto('organizations').values(row).execute(), EXISTS);
    return {
      id,
      name,
      managementAccountId,
      isDefault,
      clock: { offsetMs: 0, frozenAt: null },
      version: 1,
      createdAt: at,
    };
  });
}

export interface OrganizationChange {
  name?: string | undefined;
  managementAccountId?: string | undefined;
  clock?: OrganizationClock | undefined;
}

/**
 * Changes what is given and answers with the organization as it is then. Throws when it is gone, when it changed since it
 * was read, or when it isn't at `expectedVersion`.
 */
export async function updateOrganization(
  work: Work,
  organization: Organization,
  change: OrganizationChange,
  expectedVersion?: number,
): Promise<Organization> {
  const { name, managementAccountId, clock } = { ...organization, ...givenFields(change) };
  const version = organization.version + 1;
  const details = { requestParameters: { organizationId: organization.id, ...givenFields(change) } };
  return work.perform('UpdateOrganization', details, async (tx) => {
    assertVersion('The organization', organization.version, expectedVersion);
    const result = await tx
      .updateTable('organizations')
      .set({
        name,
        management_account_id: managementAccountId,
        clock_offset_ms: clock.offsetMs,
        clock_frozen_at: clock.frozenAt,
        version,
      })
      .where('id', '=', organization.id)
      .where('version', '=', organization.version)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) throw await changedOrganization(tx, organization);
    return { ...organization, name, managementAccountId, clock, version };
  });
}

/** What to answer when somebody else was faster: gone, or at another version. */
async function changedOrganization(tx: Tx, { id }: Organization): Promise<AppError> {
  const present = await findOrganization(tx, id);
  return present ? changedMeanwhile('The organization', present.version) : notFound('The organization');
}

/**
 * Deletes an organization and everything in it. The event goes into the history that is deleted with it: nothing of
 * an organization outlives it, its events neither. It is performed all the same, before the rows go, so that the
 * actor is asked for and a refused attempt stays in the history. Throws when it isn't at `expectedVersion`.
 */
export async function deleteOrganization(
  work: Work,
  organization: Organization,
  expectedVersion?: number,
): Promise<void> {
  const details = { requestParameters: { organizationId: organization.id } };
  await work.perform('DeleteOrganization', details, async (tx) => {
    // From the look until it is gone nobody else changes it.
    await holdOrganization(tx, organization.id);
    const present = await findOrganization(tx, organization.id);
    if (!present) throw notFound('The organization');
    assertVersion('The organization', present.version, expectedVersion);
  });
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
  const { id, directoryId, alias, region } = input;
  const details = {
    requestParameters: { region, ...(alias !== null && { alias }) },
    responseElements: { instanceId: id, identityStoreId: directoryId },
  };
  return work.perform('StartSSO', details, async (tx) => {
    return insertInstance(tx, { ...input, organization, version: 1, at: work.context.at });
  });
}

async function insertInstance(tx: Tx, { at, ...instance }: Instance & { at: Instant }): Promise<Instance> {
  const row = {
    id: instance.id,
    organization_id: instance.organization.id,
    directory_id: instance.directoryId,
    alias: instance.alias,
    region: instance.region,
    settings: JSON.stringify(instance.settings),
    version: instance.version,
    created_at: at,
  };
  await orConflict(
    tx.insertInto('instances').values(row).execute(),
    'The organization has an instance already, or the directory id or alias is taken: choose another one.',
  );
  return instance;
}

/**
 * Replaces an instance's settings (merge partial ones before, with `mergeSettings`).
 * Throws a ConflictException when the instance changed since it was read, or isn't at `expectedVersion`.
 */
export async function updateInstanceSettings(
  work: Work,
  instance: Instance,
  settings: Settings,
  expectedVersion?: number,
): Promise<Instance> {
  const details = { requestParameters: { instanceId: instance.id, settings } };
  return work.perform('UpdateInstance', details, async (tx) => {
    assertVersion('The instance', instance.version, expectedVersion);
    const version = instance.version + 1;
    const result = await tx
      .updateTable('instances')
      .set({ settings: JSON.stringify(settings), version })
      .where('id', '=', instance.id)
      .where('version', '=', instance.version)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) {
      const present = await findInstanceOf(tx, instance.organization.id);
      throw changedMeanwhile('The instance', present?.version);
    }
    return { ...instance, settings, version };
  });
}

/** Gives an instance its alias. It can't be changed or taken back: addresses that people noted down would break. */
export async function setAlias(work: Work, instance: Instance, alias: string): Promise<Instance> {
  const details = { requestParameters: { instanceId: instance.id, alias } };
  return work.perform('UpdateInstance', details, async (tx) => {
    // The organization is shown with it.
    const shown = await tx
      .updateTable('organizations')
      .set((row) => ({ version: row('version', '+', 1) }))
      .where('id', '=', instance.organization.id)
      .returning('version')
      .executeTakeFirst();
    if (!shown) throw notFound('The organization');
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
    const organization = { ...instance.organization, version: shown.version };
    return { ...instance, organization, alias, version: result.version };
  });
}

/**
 * Makes an organization empty: everything in it goes, its events and traffic too, its clock shows the real time and its
 * settings are the defaults. What addresses are made of stays: its id, the instance's ids and alias, the name, account and
 * region, so that the same file applied again gives the same EntityIDs. Versions go on, so that nobody's change of before
 * is taken for one of now.
 */
export async function resetOrganization(
  work: Work,
  organization: Organization,
  expectedVersion?: number,
): Promise<Instance> {
  const details = { requestParameters: { organizationId: organization.id } };
  return work.perform('ResetOrganization', details, async (tx) => {
    // What stays is what is read here: nobody changes it until everything else is gone.
    await holdOrganization(tx, organization.id);
    await holdInstanceOf(tx, organization.id);
    const instance = await findInstanceOf(tx, organization.id);
    if (!instance) throw notFound('The organization’s instance');
    const { version, isDefault } = instance.organization;
    assertVersion('The organization', version, expectedVersion);
    // Whatever belongs to an organization goes with its row: a table that comes later too.
    await tx.deleteFrom('organizations').where('id', '=', organization.id).execute();
    const empty: Organization = {
      ...instance.organization,
      clock: { offsetMs: 0, frozenAt: null },
      version: version + 1,
    };
    await tx
      .insertInto('organizations')
      .values({
        id: empty.id,
        name: empty.name,
        management_account_id: empty.managementAccountId,
        is_default: isDefault ? 1 : 0,
        clock_offset_ms: 0,
        clock_frozen_at: null,
        version: empty.version,
        created_at: empty.createdAt,
      })
      .execute();
    return insertInstance(tx, {
      ...instance,
      organization: empty,
      settings: settingsSchema.parse({}),
      version: instance.version + 1,
      at: work.context.at,
    });
  });
}

import { isDeepStrictEqual } from 'node:util';
import type { OperationDetails, Work } from '../audit/commands.ts';
import type { Operation } from '../audit/operations.ts';
import type { History } from '../audit/recorder.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, InstanceId, OrganizationId } from '../../foundation/platform/ids.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import { assertVersion, changedMeanwhile, givenFields } from './change.ts';
import type { Instance, Organization, OrganizationClock } from './organization.ts';
import { assertOwnAccount, assertOwnSettings } from './operators-settings.ts';
import { settingsSchema, type Settings } from './settings.ts';
import {
  findInstanceOf,
  lockInstanceOfOrganization,
  insertInstanceRow,
  setAliasOf,
  updateSettingsRow,
  type OrganizationWithInstance,
} from './instance-store.ts';
import {
  deleteOrganizationRow,
  findOrganization,
  lockOrganization,
  increaseVersion,
  insertOrganizationRow,
  updateOrganizationRow,
} from './organization-store.ts';

/** The history in which changes to this instance are recorded. */
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
  /** Whether `default` refers to it; at most one organization of a server has this. */
  isDefault: boolean;
  at: Instant;
}

/**
 * Creates an organization with a clock that shows real time.
 * The event goes into the history of the new organization, so run `work` with a history of this id; the row
 * exists by the time the event is written. Throws ConflictException when there is a default organization
 * already or the id is taken.
 */
export async function createOrganization(work: Work, input: NewOrganization): Promise<Organization> {
  const { id, name, managementAccountId, isDefault, at } = input;
  const details = {
    requestParameters: { name, managementAccountId },
    responseElements: { organizationId: id },
  };
  return work.perform('CreateOrganization', details, async (tx) => {
    const clock = { offsetMs: 0, frozenAt: null };
    const organization = { id, name, managementAccountId, isDefault, clock, version: 1, createdAt: at };
    await orConflict(insertOrganizationRow(tx, organization), EXISTS);
    return organization;
  });
}

export interface OrganizationChange {
  name?: string | undefined;
  managementAccountId?: string | undefined;
  clock?: OrganizationClock | undefined;
}

/**
 * Changes the given fields and returns the organization. Throws ResourceNotFoundException when it was
 * deleted, ConflictException when it changed since it was read or isn't at `expectedVersion`, and AccessDeniedException
 * when an administrator changes the account.
 */
export async function updateOrganization(
  work: Work,
  organization: Organization,
  change: OrganizationChange,
  expectedVersion?: number,
): Promise<Organization> {
  const version = organization.version + 1;
  const changed = { ...organization, ...givenFields(change), version };
  const details = { requestParameters: { organizationId: organization.id, ...givenFields(change) } };
  return work.perform('UpdateOrganization', details, async (tx) => {
    assertOwnAccount(work.context.actor, organization, changed);
    assertVersion('The organization', organization.version, expectedVersion);
    if (!(await updateOrganizationRow(tx, changed, organization.version))) {
      throw await changedOrganization(tx, organization);
    }
    return changed;
  });
}

/** The error when another request deleted or changed the organization first. */
async function changedOrganization(tx: Tx, { id }: Organization): Promise<AppError> {
  const present = await findOrganization(tx, id);
  return present ? changedMeanwhile('The organization', present.version) : notFound('The organization');
}

/**
 * Deletes an organization and everything in it, its history included. Although the event disappears with it,
 * the deletion is a performed operation: the actor is authorized, and a refused attempt stays in the history.
 * Throws ResourceNotFoundException when it was deleted already, and ConflictException when it isn't at
 * `expectedVersion`.
 */
export async function deleteOrganization(
  work: Work,
  organization: Organization,
  expectedVersion?: number,
): Promise<void> {
  const details = { requestParameters: { organizationId: organization.id } };
  await work.perform('DeleteOrganization', details, async (tx) => {
    // Locked, so that it can't change between this check and the deletion.
    await lockOrganization(tx, organization.id);
    const present = await findOrganization(tx, organization.id);
    if (!present) throw notFound('The organization');
    assertVersion('The organization', present.version, expectedVersion);
  });
  await deleteOrganizationRow(work.tx, organization.id);
}

export interface NewInstance {
  id: InstanceId;
  directoryId: DirectoryId;
  alias: string | null;
  region: string;
  settings: Settings;
}

/**
 * Enables the identity centre in an organization (guide, "Enable AWS SSO"). The operation is StartSSO. Throws
 * ConflictException when it is enabled already, or the directory id or alias is taken on this server.
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
    return insertInstance(tx, { ...input, organization, logo: null, version: 1, at: work.context.at });
  });
}

async function insertInstance(tx: Tx, { at, ...instance }: Instance & { at: Instant }): Promise<Instance> {
  await orConflict(
    insertInstanceRow(tx, instance, at),
    'The organization has an instance already, or the directory id or alias is taken: choose another one.',
  );
  return instance;
}

/**
 * Replaces an instance's settings; merge a partial change with `mergeSettings` first. Those of second factors have an
 * operation of their own. Throws ConflictException when the instance changed since it was read or isn't at
 * `expectedVersion`, and AccessDeniedException when an administrator changes an operators' setting.
 */
export async function updateInstanceSettings(
  work: Work,
  instance: Instance,
  settings: Settings,
  expectedVersion?: number,
): Promise<Instance> {
  const { mfa, ...others } = settings;
  const { mfa: presentMfa, ...presentOthers } = instance.settings;
  const isOfMfa = !isDeepStrictEqual(mfa, presentMfa);
  const isOfOthers = !isDeepStrictEqual(others, presentOthers);
  const mfaDetails = { requestParameters: { directoryId: instance.directoryId, ...mfa } };
  const [operation, details]: [Operation, OperationDetails] =
    isOfMfa && !isOfOthers
      ? ['PutMfaDeviceManagementForDirectory', mfaDetails]
      : ['UpdateInstance', { requestParameters: { instanceId: instance.id, settings: others } }];
  const updated = await work.perform(operation, details, async (tx) => {
    assertOwnSettings(work.context.actor, instance.settings, settings);
    assertVersion('The instance', instance.version, expectedVersion);
    const changed = { ...instance, settings, version: instance.version + 1 };
    if (!(await updateSettingsRow(tx, changed, instance.version))) {
      const present = await findInstanceOf(tx, instance.organization.id);
      throw changedMeanwhile('The instance', present?.version);
    }
    return changed;
  });
  // The row is written once: the second operation only authorizes and records, in the same transaction.
  if (isOfMfa && isOfOthers) {
    await work.perform('PutMfaDeviceManagementForDirectory', mfaDetails, () => Promise.resolve());
  }
  return updated;
}

/**
 * Gives an instance its alias. An alias can't be changed or removed: addresses that people bookmarked would
 * break.
 */
export async function setAlias(work: Work, instance: Instance, alias: string): Promise<Instance> {
  const details = { requestParameters: { directoryId: instance.directoryId, alias } };
  return work.perform('CreateAlias', details, async (tx) => {
    // APIs show the alias as a field of the organization, so its version grows too.
    const organizationVersion = await increaseVersion(tx, instance.organization.id);
    if (organizationVersion === undefined) throw notFound('The organization');
    const version = await orConflict(
      setAliasOf(tx, instance.id, alias),
      `The alias ${alias} is taken: choose another one.`,
    );
    if (version === undefined)
      throw new AppError('ConflictException', 'The alias is set already and can’t be changed.');
    const organization = { ...instance.organization, version: organizationVersion };
    return { ...instance, organization, alias, version };
  });
}

/**
 * Empties an organization: its users, applications, events and traffic are deleted, its clock shows real
 * time, and its settings are the defaults. Its addresses stay (the organization's and the instance's ids,
 * alias, name, account and region), so that applying the same file again gives the same EntityIDs. Versions
 * keep growing, so that a client with an old version can't change the new state by mistake. An organization without an
 * instance has none afterwards either.
 */
export async function resetOrganization(
  work: Work,
  organization: Organization,
  expectedVersion?: number,
): Promise<OrganizationWithInstance> {
  const details = { requestParameters: { organizationId: organization.id } };
  return work.perform('ResetOrganization', details, async (tx) => {
    // Locked, so that what is read here can't change until everything else is deleted.
    await lockOrganization(tx, organization.id);
    await lockInstanceOfOrganization(tx, organization.id);
    const present = await findOrganization(tx, organization.id);
    if (!present) throw notFound('The organization');
    const instance = await findInstanceOf(tx, organization.id);
    assertVersion('The organization', present.version, expectedVersion);
    // Deleting the row deletes all rows that belong to it, in tables added later too.
    await deleteOrganizationRow(tx, organization.id);
    const empty: Organization = {
      ...present,
      clock: { offsetMs: 0, frozenAt: null },
      version: present.version + 1,
    };
    await insertOrganizationRow(tx, empty);
    if (!instance) return { organization: empty, instance };
    const emptied = await insertInstance(tx, {
      ...instance,
      organization: empty,
      settings: settingsSchema.parse({}),
      logo: null,
      version: instance.version + 1,
      at: work.context.at,
    });
    return { organization: empty, instance: emptied };
  });
}

import type { Work } from '../audit/commands.ts';
import { profileDetails } from '../assignments/profile.ts';
import { deleteAssignmentsTo } from '../assignments/store.ts';
import { assertVersion, changedMeanwhile } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import { lockInstance } from '../organizations/instance-store.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import { newApplicationId, type ApplicationId, type Ids } from '../../foundation/platform/ids.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import type { Application } from './application.ts';
import {
  applyChange,
  changedParts,
  serviceProviderParameters,
  stateOf,
  type ApplicationChange,
  type ApplicationState,
} from './changes.ts';
import { assertVerifiable } from './signed-requests.ts';
import {
  countApplications,
  deleteApplicationRow,
  findApplication,
  findApplicationByKey,
  insertApplicationRow,
  updateApplicationRow,
} from './store.ts';

/** The input for a new application. */
export interface NewApplication extends ApplicationState {
  /** Absent: generated. */
  readonly id?: ApplicationId | undefined;
  readonly key: string;
  /** Absent: generated. */
  readonly nameIdSalt?: string | undefined;
  /** Whether `relyingParty` was read from metadata, which is an operation of its own. */
  readonly isImported?: boolean | undefined;
}

/**
 * Adds an application. Its certificate and assignments are added by their own folders' commands, in the same
 * `work`. Throws ConflictException when the key is taken or the instance has reached its quota of
 * applications.
 */
export async function createApplication(
  work: Work,
  ids: Ids,
  instance: Instance,
  input: NewApplication,
): Promise<Application> {
  const { at } = work.context;
  const { id = newApplicationId(ids), key, nameIdSalt = ids.token(), isImported = false, ...state } = input;
  const application = {
    ...state,
    id,
    key,
    nameIdSalt,
    instanceId: instance.id,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const details = {
    requestParameters: { name: key, displayName: state.displayName, audience: state.relyingParty.entityId },
    responseElements: { applicationInstance: { instanceId: id } },
  };
  await work.perform('CreateApplicationInstance', details, async (tx) => {
    assertVerifiable(application);
    const { applications: quota } = instance.settings.quotas;
    // On PostgreSQL two transactions could otherwise both count the applications before either adds one.
    await lockInstance(tx, instance.id);
    if ((await countApplications(tx, instance.id)) >= quota) {
      const message = `This instance can have at most ${quota} applications. Delete one that is no longer needed, or raise the setting quotas.applications.`;
      throw new AppError('ConflictException', message);
    }
    if (await findApplicationByKey(tx, instance.id, key)) throw keyTaken(key);
    await orConflict(insertApplicationRow(tx, application), keyTaken(key).publicMessage);
  });
  // The application's row is all that is written: these two only authorize and record.
  if (isImported) {
    const requestParameters = { instanceId: id, ...serviceProviderParameters(state) };
    const importing = 'ImportApplicationInstanceServiceProvider';
    await work.perform(importing, { requestParameters }, () => Promise.resolve());
  }
  await work.perform('CreateProfile', profileDetails(id), () => Promise.resolve());
  return application;
}

/**
 * Changes the fields that are given and differ, with one operation for each part (display data, status, …),
 * all or nothing. Without a difference it performs no operation. Throws ResourceNotFoundException when there
 * is no such application, and ConflictException when it isn't at `expectedVersion`.
 */
export async function updateApplication(
  work: Work,
  instance: Instance,
  applicationId: ApplicationId,
  change: ApplicationChange,
  expectedVersion?: number,
): Promise<Application> {
  const before = await findApplication(work.tx, instance.id, applicationId);
  if (!before) throw notFound('The application');
  const after = { ...before, ...applyChange(stateOf(before), change) };
  const [first, ...others] = changedParts(stateOf(before), stateOf(after), change.isImported);
  if (!first) {
    assertVersion('The application', before.version, expectedVersion);
    return before;
  }
  const detailsOf = (parameters: Readonly<Record<string, unknown>>) => ({
    requestParameters: { instanceId: applicationId, ...parameters },
  });
  const updated = await work.perform(first.operation, detailsOf(first.parameters), (tx) => {
    assertVersion('The application', before.version, expectedVersion);
    assertVerifiable(after);
    const written = { ...after, version: before.version + 1, updatedAt: work.context.at };
    return write(tx, written, before.version);
  });
  // The row is written once. The operations of the other parts only authorize and record, in the same
  // transaction.
  for (const { operation, parameters } of others) {
    await work.perform(operation, detailsOf(parameters), () => Promise.resolve());
  }
  return updated;
}

/**
 * Deletes an application with its certificates, exchanges and assignments. Throws ResourceNotFoundException
 * when there is no such application, and ConflictException when it isn't at `expectedVersion`.
 */
export async function deleteApplication(
  work: Work,
  instance: Instance,
  applicationId: ApplicationId,
  expectedVersion?: number,
): Promise<void> {
  const details = { requestParameters: { instanceId: applicationId } };
  await work.perform('DeleteApplicationInstance', details, async (tx) => {
    const before = await findApplication(tx, instance.id, applicationId);
    if (!before) throw notFound('The application');
    assertVersion('The application', before.version, expectedVersion);
    await deleteAssignmentsTo(tx, instance.id, applicationId);
    if (!(await deleteApplicationRow(tx, before))) throw await changedApplication(tx, before);
  });
  await work.perform('DeleteProfile', profileDetails(applicationId), () => Promise.resolve());
}

/** The error when the key of a new application is in use. */
export function keyTaken(key: string): AppError {
  const message = `Another application has the key ${key} already: choose another one.`;
  return new AppError('ConflictException', message, { fields: [{ field: 'key', message }] });
}

async function write(tx: Tx, application: Application, readVersion: number): Promise<Application> {
  if (!(await updateApplicationRow(tx, application, readVersion))) {
    throw await changedApplication(tx, application);
  }
  return application;
}

/** The error when another request deleted or changed the application first. */
async function changedApplication(tx: Tx, { instanceId, id }: Application): Promise<AppError> {
  const present = await findApplication(tx, instanceId, id);
  return present ? changedMeanwhile('The application', present.version) : notFound('The application');
}

import type { Work } from '../audit/commands.ts';
import { nameKey } from '../directory/name-key.ts';
import { assertVersion, changedMeanwhile } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import { newApplicationId, type ApplicationId, type Ids } from '../../foundation/platform/ids.ts';
import { dialectOf, orConflict, type Tx } from '../../foundation/storage/database.ts';
import type { Application } from './application.ts';
import {
  applyChange,
  changedParts,
  stateOf,
  type ApplicationChange,
  type ApplicationState,
} from './changes.ts';
import { assertVerifiable } from './signed-requests.ts';
import { countApplications, findApplication, findApplicationByKey } from './store.ts';

/** The input for a new application. */
export interface NewApplication extends ApplicationState {
  /** Absent: generated. */
  readonly id?: ApplicationId | undefined;
  readonly key: string;
  /** Absent: generated. */
  readonly nameIdSalt?: string | undefined;
}

/**
 * Adds an application. Its certificate and assignments are added by their own folders' commands, in the same
 * `work`. Throws ConflictException when the key is taken or the instance has reached its quota of
 * applications.
 */
export async function createApplication(
  work: Work,
  instance: Instance,
  input: NewApplication,
  ids: Ids,
): Promise<Application> {
  const { at } = work.context;
  const { id = newApplicationId(ids), key, nameIdSalt = ids.token(), ...state } = input;
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
  return work.perform('CreateApplicationInstance', details, async (tx) => {
    assertVerifiable(application);
    const { applications: quota } = instance.settings.quotas;
    await lockInstance(tx, instance);
    if ((await countApplications(tx, instance.id)) >= quota) {
      const message = `This instance can have at most ${quota} applications. Delete one that is no longer needed, or raise the setting quotas.applications.`;
      throw new AppError('ConflictException', message);
    }
    if (await findApplicationByKey(tx, instance.id, key)) throw keyTaken(key);
    const row = {
      id,
      instance_id: instance.id,
      application_key: key,
      name_id_salt: nameIdSalt,
      ...columnsOf(application),
      created_at: at,
    };
    await orConflict(tx.insertInto('applications').values(row).execute(), keyTaken(key).publicMessage);
    return application;
  });
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
  const [first, ...others] = changedParts(stateOf(before), stateOf(after));
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
    // Assignments have no foreign key to their target, so they are deleted here, where no caller can forget
    // it.
    await tx
      .deleteFrom('assignments')
      .where('instance_id', '=', instance.id)
      .where('target_id', '=', applicationId)
      .execute();
    const result = await tx
      .deleteFrom('applications')
      .where('instance_id', '=', instance.id)
      .where('id', '=', applicationId)
      .where('version', '=', before.version)
      .executeTakeFirst();
    if (result.numDeletedRows === 0n) throw await changedApplication(tx, before);
  });
}

/**
 * Locks the instance until the transaction ends: on PostgreSQL two transactions could otherwise both count
 * the applications before either adds one.
 */
async function lockInstance(tx: Tx, { id }: Instance): Promise<void> {
  if (dialectOf(tx) !== 'postgres') return; // SQLite has one writer.
  await tx.selectFrom('instances').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

function keyTaken(key: string): AppError {
  const message = `Another application has the key ${key} already: choose another one.`;
  return new AppError('ConflictException', message, { fields: [{ field: 'key', message }] });
}

async function write(tx: Tx, application: Application, readVersion: number): Promise<Application> {
  const result = await tx
    .updateTable('applications')
    .set(columnsOf(application))
    .where('instance_id', '=', application.instanceId)
    .where('id', '=', application.id)
    // On PostgreSQL another transaction may have changed the row since it was read.
    .where('version', '=', readVersion)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw await changedApplication(tx, application);
  return application;
}

/** The error when another request deleted or changed the application first. */
async function changedApplication(tx: Tx, { instanceId, id }: Application): Promise<AppError> {
  const present = await findApplication(tx, instanceId, id);
  return present ? changedMeanwhile('The application', present.version) : notFound('The application');
}

/** The columns that a change can write. */
function columnsOf(application: Application) {
  return {
    display_name: application.displayName,
    display_name_key: nameKey(application.displayName),
    description: application.description,
    enabled: application.enabled ? 1 : 0,
    entity_id: application.relyingParty.entityId,
    service_provider: JSON.stringify(application.relyingParty),
    settings: JSON.stringify(application.settings),
    version: application.version,
    updated_at: application.updatedAt,
  } as const;
}

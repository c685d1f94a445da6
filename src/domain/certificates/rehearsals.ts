import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { HOUR_MS, type Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId, CertificateId, Ids, InstanceId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { deleteOlder } from '../../foundation/storage/trim.ts';
import { holdApplication } from './hold-application.ts';
import { listCertificates } from './store.ts';

/*
 * In a rehearsal, an application's responses to one browser are signed with its inactive certificate, to see
 * whether the service provider accepts it before it becomes active. An operator creates a link; the first
 * browser that opens it gets a secret, and the browser with that secret rehearses. Link and secret have 256
 * random bits and are stored as hashes.
 */

/** How long a rehearsal lasts, in policy time. */
const REHEARSAL_MS = HOUR_MS;

/** A rehearsal, as operators see it. */
export interface Rehearsal {
  readonly certificateId: CertificateId;
  /** Whether a browser has accepted the link. */
  readonly taken: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/**
 * Starts a rehearsal of an application's inactive certificate. The returned token belongs in the link. Throws
 * ConflictException when the certificate is active or there is no inactive one, and ResourceNotFoundException
 * when there is no certificate with this id.
 */
export async function startRehearsal(
  work: Work,
  instance: Instance,
  applicationId: ApplicationId,
  certificateId: CertificateId | undefined,
  ids: Ids,
): Promise<Rehearsal & { token: string }> {
  const { at } = work.context;
  const rehearsal = { taken: false, createdAt: at, expiresAt: at + REHEARSAL_MS };
  const details = { requestParameters: { instanceId: applicationId, certificateId: certificateId ?? null } };
  return work.perform('RehearseApplicationInstanceCertificate', details, async (tx) => {
    await holdApplication(tx, instance.id, applicationId);
    const all = await listCertificates(tx, instance.id, applicationId);
    const found = all.find(({ id, active }) =>
      certificateId === undefined ? !active : id === certificateId,
    );
    if (!found) throw certificateId === undefined ? nothingToRehearse() : notFound('The certificate');
    if (found.active) {
      throw new AppError(
        'ConflictException',
        'This certificate is the active one: all responses are signed with it already.',
      );
    }
    const token = ids.token();
    await tx
      .insertInto('certificate_rehearsals')
      .values({
        ...{ token_hash: hashToken(token), secret_hash: null },
        ...{ instance_id: instance.id, application_id: applicationId, certificate_id: found.id },
        ...{ created_at: at, expires_at: rehearsal.expiresAt },
      })
      .execute();
    return { ...rehearsal, certificateId: found.id, token };
  });
}

function nothingToRehearse(): AppError {
  const message = 'The application has no inactive certificate to rehearse: generate or import one first.';
  return new AppError('ConflictException', message);
}

/** The unexpired rehearsals of an application, newest first. */
export async function listRehearsals(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  at: Instant,
): Promise<Rehearsal[]> {
  const rows = await queries
    .selectFrom('certificate_rehearsals')
    .select(['certificate_id', 'secret_hash', 'created_at', 'expires_at'])
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .where('expires_at', '>', at)
    .orderBy('created_at', 'desc')
    .orderBy('token_hash')
    .execute();
  return rows.map((row) => ({
    certificateId: row.certificate_id,
    taken: row.secret_hash !== null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends all rehearsals of an application, in all browsers. */
export async function endRehearsals(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<void> {
  await tx
    .deleteFrom('certificate_rehearsals')
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .execute();
}

/** Ends all rehearsals of an application, as an operation of its own. */
export async function cancelRehearsals(
  work: Work,
  instance: Instance,
  applicationId: ApplicationId,
): Promise<void> {
  const details = { requestParameters: { instanceId: applicationId } };
  await work.perform('EndApplicationInstanceCertificateRehearsal', details, (tx) =>
    endRehearsals(tx, instance.id, applicationId),
  );
}

/** Deletes rehearsals that ended before `before`, at most `batch` of them. Returns how many it deleted. */
export async function trimRehearsals(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  const of = { instanceId, before, batch };
  return deleteOlder(tx, 'certificate_rehearsals', ['token_hash'], 'expires_at', of);
}

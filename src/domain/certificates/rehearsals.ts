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
 * A rehearsal signs an application's responses to one browser with its inactive certificate, so that one sees what the
 * service provider will do before everybody does. An operator makes a link; the first browser that takes it gets a secret,
 * and whoever has that secret rehearses. Link and secret have 256 random bits and are kept hashed.
 */

/** How long a rehearsal can last, by policy time. */
const REHEARSAL_MS = HOUR_MS;

/** A rehearsal as operators see it. */
export interface Rehearsal {
  readonly certificateId: CertificateId;
  /** Whether a browser took its link. */
  readonly taken: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/**
 * Begins a rehearsal of an application's inactive certificate; the token belongs into the link. Throws when the certificate
 * is active, or there is none, or none that could be meant.
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
        'This certificate is the active one: everybody has it already.',
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
  const message =
    'The application has no inactive certificate that could be rehearsed: generate or import one first.';
  return new AppError('ConflictException', message);
}

/** The rehearsals of an application that aren't over, the newest first. */
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

/** Ends all rehearsals of an application, in whatever browser. */
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

/** Ends all rehearsals of an application on an operator's word. */
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

/** Deletes up to `batch` rehearsals that ended before `before`; returns how many. */
export async function trimRehearsals(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  const of = { instanceId, before, batch };
  return deleteOlder(tx, 'certificate_rehearsals', ['token_hash'], 'expires_at', of);
}

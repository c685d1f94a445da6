import type { Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import type { ApplicationId, CertificateId, InstanceId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { deleteOlder } from '../../foundation/storage/trim.ts';
import type { ActiveCertificate } from './certificate.ts';

/** A rehearsal, as operators see it. */
export interface Rehearsal {
  readonly certificateId: CertificateId;
  /** Whether a browser has accepted the link. */
  readonly taken: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** Inserts a rehearsal. Only the hash of its link's token is stored. */
export async function insertRehearsal(
  tx: Tx,
  scope: { instanceId: InstanceId; applicationId: ApplicationId },
  { certificateId, createdAt, expiresAt }: Rehearsal,
  token: string,
): Promise<void> {
  await tx
    .insertInto('certificate_rehearsals')
    .values({
      ...{ token_hash: hashToken(token), secret_hash: null },
      ...{
        instance_id: scope.instanceId,
        application_id: scope.applicationId,
        certificate_id: certificateId,
      },
      ...{ created_at: createdAt, expires_at: expiresAt },
    })
    .execute();
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

/* The browser's side of a rehearsal: it opens the link, accepts it, and is then known by its secret. */

/** The application and certificate of a rehearsal. */
export interface BrowserRehearsal {
  readonly applicationId: ApplicationId;
  readonly applicationName: string;
  readonly certificatePem: string;
  readonly expiresAt: Instant;
}

const rehearsals = (queries: Queries, instanceId: InstanceId, at: Instant) =>
  queries
    .selectFrom('certificate_rehearsals')
    .innerJoin('applications', 'applications.id', 'certificate_rehearsals.application_id')
    .innerJoin('certificates', 'certificates.id', 'certificate_rehearsals.certificate_id')
    .select(['applications.id', 'applications.display_name', 'certificates.certificate_pem', 'expires_at'])
    .where('certificate_rehearsals.instance_id', '=', instanceId)
    .where('expires_at', '>', at);

type RehearsalRow = Awaited<ReturnType<ReturnType<typeof rehearsals>['execute']>>[number];

const toBrowserRehearsal = (row: RehearsalRow): BrowserRehearsal => ({
  applicationId: row.id,
  applicationName: row.display_name,
  certificatePem: row.certificate_pem,
  expiresAt: row.expires_at,
});

/**
 * The rehearsal of a link that no browser has accepted yet. Opening the link must not accept it, because mail
 * previews and scanners open links too.
 */
export async function findUnacceptedRehearsal(
  queries: Queries,
  instanceId: InstanceId,
  token: string,
  at: Instant,
): Promise<BrowserRehearsal | undefined> {
  const row = await rehearsals(queries, instanceId, at)
    .where('token_hash', '=', hashToken(token))
    .where('secret_hash', 'is', null)
    .executeTakeFirst();
  return row && toBrowserRehearsal(row);
}

/**
 * Accepts a rehearsal for the browser with this secret. Returns false when it is over or another browser
 * accepted it first.
 */
export async function acceptRehearsal(
  tx: Tx,
  instanceId: InstanceId,
  { token, secret, at }: { token: string; secret: string; at: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('certificate_rehearsals')
    .set({ secret_hash: hashToken(secret) })
    .where('instance_id', '=', instanceId)
    .where('token_hash', '=', hashToken(token))
    .where('secret_hash', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The rehearsals of the browser with this secret, in the order of the applications' names. */
export async function listRehearsalsOfBrowser(
  queries: Queries,
  instanceId: InstanceId,
  secret: string,
  at: Instant,
): Promise<BrowserRehearsal[]> {
  const rows = await rehearsals(queries, instanceId, at)
    .where('secret_hash', '=', hashToken(secret))
    .orderBy('applications.display_name_key')
    .orderBy('applications.id')
    .execute();
  return rows.map(toBrowserRehearsal);
}

/**
 * The certificate that signs an application's responses to the browser with this secret. Undefined when that
 * browser doesn't rehearse the application.
 */
export async function findRehearsedCertificate(
  queries: Queries,
  scope: { instanceId: InstanceId; applicationId: ApplicationId },
  secret: string,
  at: Instant,
): Promise<ActiveCertificate | undefined> {
  const row = await queries
    .selectFrom('certificate_rehearsals')
    .innerJoin('certificates', 'certificates.id', 'certificate_rehearsals.certificate_id')
    .select([
      'certificates.id',
      'certificates.certificate_pem',
      'certificates.sealed_private_key',
      'certificates.algorithm',
      'certificates.not_after_at',
    ])
    .where('certificate_rehearsals.instance_id', '=', scope.instanceId)
    .where('certificate_rehearsals.application_id', '=', scope.applicationId)
    .where('secret_hash', '=', hashToken(secret))
    .where('expires_at', '>', at)
    .orderBy('certificate_rehearsals.created_at', 'desc')
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      certificatePem: row.certificate_pem,
      sealedPrivateKey: row.sealed_private_key,
      algorithm: row.algorithm,
      notAfterAt: row.not_after_at,
    }
  );
}

/** Ends all rehearsals of the browser with this secret. */
export async function endRehearsalsOfBrowser(tx: Tx, instanceId: InstanceId, secret: string): Promise<void> {
  await tx
    .deleteFrom('certificate_rehearsals')
    .where('instance_id', '=', instanceId)
    .where('secret_hash', '=', hashToken(secret))
    .execute();
}

/** Deletes rehearsals that ended before `before`, at most `batch` of them. Returns how many it deleted. */
export async function trimRehearsals(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  const old = { instanceId, before, batch };
  return deleteOlder(tx, 'certificate_rehearsals', ['token_hash'], 'expires_at', old);
}

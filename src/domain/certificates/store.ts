import type { Application } from '../applications/application.ts';
import { APPLICATION_COLUMNS, toApplication } from '../applications/store.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { ActiveCertificate, Certificate } from './certificate.ts';

const SHOWN_COLUMNS = [
  'id',
  'application_id',
  'is_active',
  'certificate_pem',
  'key_size',
  'algorithm',
  'not_before_at',
  'not_after_at',
  'created_at',
] as const;

/** The certificates of an application, at most two, the active one first. Without their private keys. */
export async function listCertificates(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<Certificate[]> {
  const rows = await queries
    .selectFrom('certificates')
    .select(SHOWN_COLUMNS)
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .orderBy('is_active', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toCertificate);
}

/** The active certificates of several applications, without their private keys. */
export async function findActiveCertificates(
  queries: Queries,
  instanceId: InstanceId,
  applicationIds: readonly ApplicationId[],
): Promise<ReadonlyMap<ApplicationId, Certificate>> {
  if (applicationIds.length === 0) return new Map();
  const rows = await queries
    .selectFrom('certificates')
    .select(SHOWN_COLUMNS)
    .where('instance_id', '=', instanceId)
    .where('application_id', 'in', applicationIds)
    .where('is_active', '=', 1)
    .execute();
  return new Map(rows.map((row) => [row.application_id, toCertificate(row)]));
}

/** The certificates of all applications of an instance, each application's in the order of `listCertificates`. */
export async function listAllCertificates(queries: Queries, instanceId: InstanceId): Promise<Certificate[]> {
  return (await allCertificates(queries, instanceId).execute()).map(toCertificate);
}

/** A certificate with its encrypted private key, which is decrypted with `sealContext` of its id. */
export type SealedCertificate = Certificate & { readonly sealedPrivateKey: string };

/** Like `listAllCertificates`, with the encrypted private keys, for exports with secrets. */
export async function listAllSealedCertificates(
  queries: Queries,
  instanceId: InstanceId,
): Promise<SealedCertificate[]> {
  const rows = await allCertificates(queries, instanceId).select('sealed_private_key').execute();
  return rows.map((row) => ({ ...toCertificate(row), sealedPrivateKey: row.sealed_private_key }));
}

const allCertificates = (queries: Queries, instanceId: InstanceId) =>
  queries
    .selectFrom('certificates')
    .select(SHOWN_COLUMNS)
    .where('instance_id', '=', instanceId)
    .orderBy('is_active', 'desc')
    .orderBy('created_at')
    .orderBy('id');

/** The applications of an instance that have an active certificate. */
export async function findCertified(queries: Queries, instanceId: InstanceId): Promise<Set<ApplicationId>> {
  const rows = await queries
    .selectFrom('certificates')
    .select('application_id')
    .where('instance_id', '=', instanceId)
    .where('is_active', '=', 1)
    .execute();
  return new Set(rows.map((row) => row.application_id));
}

/** Inserts a certificate. Throws the database's error when the id is taken. */
export async function insertCertificate(
  tx: Tx,
  instanceId: InstanceId,
  certificate: SealedCertificate,
): Promise<void> {
  await tx
    .insertInto('certificates')
    .values({
      id: certificate.id,
      instance_id: instanceId,
      application_id: certificate.applicationId,
      is_active: certificate.active ? 1 : 0,
      certificate_pem: certificate.certificatePem,
      sealed_private_key: certificate.sealedPrivateKey,
      key_size: certificate.keySize,
      algorithm: certificate.algorithm,
      not_before_at: certificate.notBeforeAt,
      not_after_at: certificate.notAfterAt,
      created_at: certificate.createdAt,
    })
    .execute();
}

/** Makes a certificate the active one. Call `deactivate` first: an application has at most one. */
export async function activate(
  tx: Tx,
  instanceId: InstanceId,
  { id, applicationId }: Pick<Certificate, 'id' | 'applicationId'>,
): Promise<void> {
  await tx
    .updateTable('certificates')
    .set({ is_active: 1 })
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .execute();
}

/** Deactivates an application's active certificate. The same transaction must activate another. */
export async function deactivate(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<void> {
  await tx
    .updateTable('certificates')
    .set({ is_active: 0 })
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .where('is_active', '=', 1)
    .execute();
}

/** Deletes a certificate with its key; its rehearsals refer to it and go with it. */
export async function deleteCertificateRow(
  tx: Tx,
  instanceId: InstanceId,
  { id, applicationId }: Pick<Certificate, 'id' | 'applicationId'>,
): Promise<void> {
  await tx
    .deleteFrom('certificates')
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .execute();
}

const toCertificate = (row: Pick<Tables['certificates'], (typeof SHOWN_COLUMNS)[number]>): Certificate => ({
  id: row.id,
  applicationId: row.application_id,
  active: row.is_active === 1,
  certificatePem: row.certificate_pem,
  keySize: row.key_size,
  algorithm: row.algorithm,
  notBeforeAt: row.not_before_at,
  notAfterAt: row.not_after_at,
  createdAt: row.created_at,
});

/** The active certificate of an application, for signing. */
export async function findActiveCertificate(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<ActiveCertificate | undefined> {
  const found = await findApplicationForSigning(queries, instanceId, applicationId);
  return found?.certificate;
}

export interface ApplicationForSigning {
  readonly application: Application;
  /** Undefined if the application's creation was interrupted. */
  readonly certificate: ActiveCertificate | undefined;
}

const applicationWithCertificate = prepared(
  (queries: Queries, given: { instanceId: InstanceId; applicationId: ApplicationId }) =>
    queries
      .selectFrom('applications')
      .leftJoin('certificates', (join) =>
        join
          .onRef('certificates.application_id', '=', 'applications.id')
          .onRef('certificates.instance_id', '=', 'applications.instance_id')
          // A literal: with a bound value, SQLite would plan the statement each time to see whether the
          // partial index applies.
          .on((on) => on('certificates.is_active', '=', on.lit(1))),
      )
      .select([
        ...APPLICATION_COLUMNS,
        'certificates.id as certificate_id',
        'certificates.certificate_pem',
        'certificates.sealed_private_key',
        'certificates.algorithm',
        'certificates.not_after_at',
      ])
      .where('applications.instance_id', '=', given.instanceId)
      .where('applications.id', '=', given.applicationId),
);

/** An application with its active certificate. One query, because every response begins with it. */
export async function findApplicationForSigning(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<ApplicationForSigning | undefined> {
  const [row] = await applicationWithCertificate(queries, { instanceId, applicationId });
  return row && { application: toApplication(row), certificate: toActiveCertificate(row) };
}

type Joined<Row> = { [Column in keyof Row]: Row[Column] | null };

interface ActiveRow {
  certificate_id: ActiveCertificate['id'];
  certificate_pem: string;
  sealed_private_key: string;
  algorithm: ActiveCertificate['algorithm'];
  not_after_at: number;
}

function toActiveCertificate(row: Joined<ActiveRow>): ActiveCertificate | undefined {
  const { certificate_id: id, certificate_pem, sealed_private_key, algorithm, not_after_at } = row;
  // The columns are all set or all null, which the type of a left join can't express.
  if (id === null || certificate_pem === null || sealed_private_key === null) return undefined;
  if (algorithm === null || not_after_at === null) return undefined;
  return {
    id,
    certificatePem: certificate_pem,
    sealedPrivateKey: sealed_private_key,
    algorithm,
    notAfterAt: not_after_at,
  };
}

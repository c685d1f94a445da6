import { lockApplication } from '../applications/store.ts';
import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import {
  newCertificateId,
  type ApplicationId,
  type CertificateId,
  type Ids,
  type InstanceId,
} from '../../foundation/platform/ids.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import { MAX_CERTIFICATES, sealContext, type Certificate, type NewCertificate } from './certificate.ts';
import { endRehearsals } from './rehearsal-store.ts';
import { activate, deactivate, deleteCertificateRow, insertCertificate, listCertificates } from './store.ts';

/**
 * Adds a generated or imported certificate to an application. Responses are signed with it at once if it is
 * `active`, as an application's first certificate must be. Throws ResourceNotFoundException when there is no
 * such application, and ConflictException when it has two certificates already.
 */
export async function addCertificate(
  work: Work,
  { ids, sealer }: { readonly ids: Ids; readonly sealer: Sealer },
  instance: Instance,
  applicationId: ApplicationId,
  { privateKeyPem, ...shown }: NewCertificate & { readonly active: boolean },
): Promise<Certificate> {
  const id = newCertificateId(ids);
  const certificate = { ...shown, id, applicationId, createdAt: work.context.at };
  const { active, algorithm, keySize } = shown;
  const details = {
    requestParameters: { instanceId: applicationId, algorithm, keySize },
    responseElements: { certificateId: id },
  };
  return work.perform('CreateApplicationInstanceCertificate', details, async (tx) => {
    await assertBelowLimit(tx, instance, applicationId);
    if (active) {
      await deactivate(tx, instance.id, applicationId);
      await endRehearsals(tx, instance.id, applicationId);
    }
    const sealedPrivateKey = sealer.seal(privateKeyPem, sealContext(id));
    const insert = insertCertificate(tx, instance.id, { ...certificate, sealedPrivateKey });
    await orConflict(insert, 'There is a certificate with this id already.');
    return certificate;
  });
}

async function assertBelowLimit(tx: Tx, instance: Instance, applicationId: ApplicationId): Promise<void> {
  const present = await lockCertificates(tx, instance.id, applicationId);
  if (present.length < MAX_CERTIFICATES) return;
  const message = `An application has at most ${MAX_CERTIFICATES} certificates. Delete the inactive one first.`;
  throw new AppError('ConflictException', message);
}

/*
 * The steps of a rotation after the new certificate was added (guide, "Rotate an AWS SSO certificate"). Each
 * locks the application first: before and after each step, exactly one certificate is active.
 */

/**
 * Makes another certificate of an application the active one. The previous one becomes inactive, and all
 * rehearsals end, since every browser now gets what they rehearsed. Does nothing when the certificate is
 * active already. Throws ResourceNotFoundException when the application has no such certificate.
 */
export async function activateCertificate(
  work: Work,
  instance: Instance,
  applicationId: ApplicationId,
  certificateId: CertificateId,
): Promise<Certificate> {
  const details = { requestParameters: { instanceId: applicationId, certificateId } };
  return work.perform('UpdateApplicationInstanceActiveCertificate', details, async (tx) => {
    const certificate = await heldCertificate(tx, instance, applicationId, certificateId);
    if (certificate.active) return certificate;
    await deactivate(tx, instance.id, applicationId);
    await activate(tx, instance.id, certificate);
    await endRehearsals(tx, instance.id, applicationId);
    return { ...certificate, active: true };
  });
}

/**
 * Deletes an inactive certificate with its key and its rehearsals. Throws ConflictException when it is
 * active, and ResourceNotFoundException when the application has no such certificate.
 */
export async function deleteCertificate(
  work: Work,
  instance: Instance,
  applicationId: ApplicationId,
  certificateId: CertificateId,
): Promise<void> {
  const details = { requestParameters: { instanceId: applicationId, certificateId } };
  await work.perform('DeleteApplicationInstanceCertificate', details, async (tx) => {
    const certificate = await heldCertificate(tx, instance, applicationId, certificateId);
    if (certificate.active) {
      const message =
        'The active certificate can’t be deleted: responses are signed with it. Set another one as active first.';
      throw new AppError('ConflictException', message);
    }
    await deleteCertificateRow(tx, instance.id, certificate);
  });
}

async function heldCertificate(
  tx: Tx,
  instance: Instance,
  applicationId: ApplicationId,
  certificateId: CertificateId,
): Promise<Certificate> {
  const all = await lockCertificates(tx, instance.id, applicationId);
  const found = all.find(({ id }) => id === certificateId);
  if (!found) throw notFound('The certificate');
  return found;
}

/**
 * Locks an application and returns its certificates, which can't change until the transaction ends. Throws
 * ResourceNotFoundException when there is no such application.
 */
export async function lockCertificates(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<Certificate[]> {
  if (!(await lockApplication(tx, instanceId, applicationId))) throw notFound('The application');
  return listCertificates(tx, instanceId, applicationId);
}

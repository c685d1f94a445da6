import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId, CertificateId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import type { Certificate } from './certificate.ts';
import { holdApplication } from './hold-application.ts';
import { endRehearsals } from './rehearsals.ts';
import { listCertificates } from './store.ts';

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
    await deactivate(tx, instance, applicationId);
    await tx
      .updateTable('certificates')
      .set({ is_active: 1 })
      .where('instance_id', '=', instance.id)
      .where('application_id', '=', applicationId)
      .where('id', '=', certificateId)
      .execute();
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
    const { active } = await heldCertificate(tx, instance, applicationId, certificateId);
    if (active) {
      const message =
        'The active certificate can’t be deleted: responses are signed with it. Set another one as active first.';
      throw new AppError('ConflictException', message);
    }
    await tx
      .deleteFrom('certificates')
      .where('instance_id', '=', instance.id)
      .where('application_id', '=', applicationId)
      .where('id', '=', certificateId)
      .execute();
  });
}

/** Deactivates an application's active certificate. The same transaction must activate another. */
export async function deactivate(tx: Tx, instance: Instance, applicationId: ApplicationId): Promise<void> {
  await tx
    .updateTable('certificates')
    .set({ is_active: 0 })
    .where('instance_id', '=', instance.id)
    .where('application_id', '=', applicationId)
    .where('is_active', '=', 1)
    .execute();
}

async function heldCertificate(
  tx: Tx,
  instance: Instance,
  applicationId: ApplicationId,
  certificateId: CertificateId,
): Promise<Certificate> {
  await holdApplication(tx, instance.id, applicationId);
  const all = await listCertificates(tx, instance.id, applicationId);
  const found = all.find(({ id }) => id === certificateId);
  if (!found) throw notFound('The certificate');
  return found;
}

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
 * The steps of a rotation after a new certificate was added (guide, "Rotate an AWS SSO certificate"). Each holds the
 * application first: exactly one certificate is active before and after each of them.
 */

/**
 * Signs an application's responses with another of its certificates from now on; the one that did so becomes inactive, and
 * rehearsals are over, as everybody has now what they tried. Nothing happens when it is active already. Throws when there is
 * no such certificate of this application.
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

/** Deletes an inactive certificate with its key. Throws when it is active, or there is no such one of this application. */
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
    // Its rehearsals go with it.
    await tx
      .deleteFrom('certificates')
      .where('instance_id', '=', instance.id)
      .where('application_id', '=', applicationId)
      .where('id', '=', certificateId)
      .execute();
  });
}

/** Leaves an application without an active certificate, until the same transaction gives it one. */
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

import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { newCertificateId, type ApplicationId, type Ids } from '../../foundation/platform/ids.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import { MAX_CERTIFICATES, sealContext, type Certificate, type NewCertificate } from './certificate.ts';
import { holdApplication } from './hold-application.ts';
import { endRehearsals } from './rehearsals.ts';
import { deactivate } from './rotate.ts';
import { listCertificates } from './store.ts';

/**
 * Adds a generated or imported certificate to an application. Responses are signed with it at once if it is
 * `active`, as an application's first certificate must be. Throws ResourceNotFoundException when there is no
 * such application, and ConflictException when it has two certificates already.
 */
export async function addCertificate(
  work: Work,
  instance: Instance,
  applicationId: ApplicationId,
  prepared: NewCertificate,
  { active }: { active: boolean },
  ids: Ids,
  sealer: Sealer,
): Promise<Certificate> {
  const { privateKeyPem, ...shown } = prepared;
  const id = newCertificateId(ids);
  const certificate = { ...shown, id, applicationId, active, createdAt: work.context.at };
  const { algorithm, keySize } = prepared;
  const details = {
    requestParameters: { instanceId: applicationId, algorithm, keySize },
    responseElements: { certificateId: id },
  };
  return work.perform('CreateApplicationInstanceCertificate', details, async (tx) => {
    await assertBelowLimit(tx, instance, applicationId);
    if (active) {
      await deactivate(tx, instance, applicationId);
      await endRehearsals(tx, instance.id, applicationId);
    }
    const insert = tx
      .insertInto('certificates')
      .values({
        id,
        instance_id: instance.id,
        application_id: applicationId,
        is_active: active ? 1 : 0,
        certificate_pem: prepared.certificatePem,
        sealed_private_key: sealer.seal(privateKeyPem, sealContext(id)),
        key_size: keySize,
        algorithm,
        not_before_at: prepared.notBeforeAt,
        not_after_at: prepared.notAfterAt,
        created_at: certificate.createdAt,
      })
      .execute();
    await orConflict(insert, 'There is a certificate with this id already.');
    return certificate;
  });
}

async function assertBelowLimit(tx: Tx, instance: Instance, applicationId: ApplicationId): Promise<void> {
  await holdApplication(tx, instance.id, applicationId);
  const present = await listCertificates(tx, instance.id, applicationId);
  if (present.length < MAX_CERTIFICATES) return;
  const message = `An application has at most ${MAX_CERTIFICATES} certificates. Delete the inactive one first.`;
  throw new AppError('ConflictException', message);
}

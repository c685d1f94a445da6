import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { HOUR_MS } from '../../foundation/platform/clock.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId, CertificateId, Ids } from '../../foundation/platform/ids.ts';
import { lockCertificates } from './commands.ts';
import { endRehearsals, insertRehearsal, type Rehearsal } from './rehearsal-store.ts';

/*
 * In a rehearsal, an application's responses to one browser are signed with its inactive certificate, to see
 * whether the service provider accepts it before it becomes active. An operator creates a link; the first
 * browser that opens it gets a secret, and the browser with that secret rehearses. Link and secret have 256
 * random bits and are stored as hashes.
 */

/** How long a rehearsal lasts, in policy time. */
const REHEARSAL_MS = HOUR_MS;

/**
 * Starts a rehearsal of an application's inactive certificate. The returned token belongs in the link. Throws
 * ConflictException when the certificate is active or there is no inactive one, and ResourceNotFoundException
 * when there is no certificate with this id.
 */
export async function startRehearsal(
  work: Work,
  ids: Ids,
  instance: Instance,
  applicationId: ApplicationId,
  certificateId: CertificateId | undefined,
): Promise<Rehearsal & { token: string }> {
  const { at } = work.context;
  const rehearsal = { taken: false, createdAt: at, expiresAt: at + REHEARSAL_MS };
  const details = { requestParameters: { instanceId: applicationId, certificateId: certificateId ?? null } };
  return work.perform('RehearseApplicationInstanceCertificate', details, async (tx) => {
    const all = await lockCertificates(tx, instance.id, applicationId);
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
    const begun = { ...rehearsal, certificateId: found.id };
    await insertRehearsal(tx, { instanceId: instance.id, applicationId }, begun, token);
    return { ...begun, token };
  });
}

function nothingToRehearse(): AppError {
  const message = 'The application has no inactive certificate to rehearse: generate or import one first.';
  return new AppError('ConflictException', message);
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

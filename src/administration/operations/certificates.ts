import type { CertificateInput } from '../../domain/certificates/certificate-input.ts';
import type { Certificate, NewCertificate } from '../../domain/certificates/certificate.ts';
import { addCertificate } from '../../domain/certificates/commands.ts';
import { generateCertificate } from '../../domain/certificates/prepare.ts';
import { readKeyPair } from '../../domain/certificates/read-key-pair.ts';
import { startRehearsal } from '../../domain/certificates/rehearsal-commands.ts';
import { listCertificates } from '../../domain/certificates/store.ts';
import type { Application } from '../../domain/applications/application.ts';
import { rehearsalUrl } from '../../flows/idp/addresses.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { CertificateId } from '../../foundation/platform/ids.ts';
import { findApplicationBy } from './applications.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

/**
 * Generates a certificate for an application, or imports one with its key. It is inactive, unless the
 * application has no active one. Throws ValidationException for a key pair that can't be used, and
 * ConflictException when there are two certificates already.
 */
export async function addCertificateTo(
  needs: OperationNeeds,
  opened: OpenedInstance,
  application: string,
  input: CertificateInput,
): Promise<Certificate> {
  const { instance, run } = opened;
  const found = await findApplicationBy(needs.db.read, instance, application);
  // Before the transaction, since it takes time.
  const prepared = await prepare(needs, opened, found, input);
  return run(async (work) => {
    const present = await listCertificates(work.tx, instance.id, found.id);
    const active = !present.some((each) => each.active);
    return addCertificate(work, needs, instance, found.id, { ...prepared, active });
  });
}

async function prepare(
  { keyPool: pool, ids }: OperationNeeds,
  { instance, times }: OpenedInstance,
  { key: applicationKey }: Application,
  { certificatePem, privateKeyPem, validityMonths, keySize = 2048, algorithm }: CertificateInput,
): Promise<NewCertificate> {
  if (certificatePem === undefined || privateKeyPem === undefined) {
    const made = { keySize, algorithm, validityMonths, at: times.policyAt };
    return generateCertificate({ instance, applicationKey, pool, ids, ...made });
  }
  const read = readKeyPair({ certificatePem, privateKeyPem, algorithm });
  if (read.ok) return read.prepared;
  const { field, message } = read;
  throw new AppError('ValidationException', message, { fields: [{ field: `/${field}`, message }] });
}

/** A started rehearsal. The first browser that opens its address can accept it. */
export interface StartedRehearsal {
  readonly url: string;
  readonly certificateId: CertificateId;
  readonly expiresAt: Instant;
}

/** Starts a rehearsal of an application's inactive certificate. Throws as `startRehearsal` does. */
export async function rehearse(
  needs: OperationNeeds,
  { instance, run }: OpenedInstance,
  application: string,
  certificateId: CertificateId | undefined,
): Promise<StartedRehearsal> {
  const { id } = await findApplicationBy(needs.db.read, instance, application);
  const started = await run((work) => startRehearsal(work, needs.ids, instance, id, certificateId));
  const { token, expiresAt } = started;
  const url = rehearsalUrl(needs.publicOrigin, instance.directoryId, token);
  return { url, certificateId: started.certificateId, expiresAt };
}

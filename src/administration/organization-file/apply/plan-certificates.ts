import type { Application } from '../../../domain/applications/application.ts';
import { MAX_CERTIFICATES, type NewCertificate } from '../../../domain/certificates/certificate.ts';
import { activateCertificate, addCertificate } from '../../../domain/certificates/commands.ts';
import { listAllCertificates } from '../../../domain/certificates/store.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import {
  newCertificateId,
  type ApplicationId,
  type CertificateId,
  type InstanceId,
} from '../../../foundation/platform/ids.ts';
import { normaliseCertificate } from '../../../protocols/saml/signature/certificate.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { DeclaredCertificate } from '../read/declared-certificate.ts';
import type { Existing } from './existing.ts';
import type { FileFault } from '../read/fault.ts';
import { certificateIdsOf, givenId } from './derived-ids.ts';
import type { PlanNeeds } from './plan-directory.ts';
import type { DeclaredApplication, OrganizationFile } from '../read/schema.ts';

interface ExistingCertificate {
  readonly id: CertificateId;
  readonly active: boolean;
  /** Base64 DER; undefined when the certificate can't be read. */
  readonly content: string | undefined;
}

/** The existing certificates of applications. */
export type ExistingCertificates = ReadonlyMap<ApplicationId, readonly ExistingCertificate[]>;

/** Reads the certificates of an instance's applications; empty, without a query, when the file declares none. */
export async function readExistingCertificates(
  queries: Queries,
  instanceId: InstanceId | undefined,
  file: OrganizationFile,
): Promise<ExistingCertificates> {
  const existing = new Map<ApplicationId, ExistingCertificate[]>();
  if (instanceId === undefined || !file.applications.some(({ certificates }) => certificates))
    return existing;
  for (const { id, applicationId, active, certificatePem } of await listAllCertificates(
    queries,
    instanceId,
  )) {
    const certificate = { id, active, content: normaliseCertificate(certificatePem) };
    existing.set(applicationId, [...(existing.get(applicationId) ?? []), certificate]);
  }
  return existing;
}

const contentOf = ({ prepared }: DeclaredCertificate) => normaliseCertificate(prepared.certificatePem);

/** Faults of declared certificates: a file can add certificates and make one active, but not replace or remove any. */
export function certificateFaults(
  file: OrganizationFile,
  existing: Existing,
  existingCertificates: ExistingCertificates,
): FileFault[] {
  return file.applications.flatMap(({ key, certificates: declared = [] }, index) => {
    const application = existing.applications.get(key);
    const current = (application && existingCertificates.get(application.id)) ?? [];
    const path = ['applications', index, 'certificates'];
    const faults = declared.flatMap((certificate, position) => {
      const same = current.find(({ content }) => content === contentOf(certificate));
      if (!same || certificate.id === undefined || certificate.id === same.id) return [];
      const message = `The certificate’s id is ${same.id} and can’t be changed.`;
      return [file.faultAt([...path, position, 'id'], message)];
    });
    const added = declared.filter((each) => !current.some(({ content }) => content === contentOf(each)));
    if (current.length + added.length <= MAX_CERTIFICATES) return faults;
    const message = `The application has other certificates already, and can have at most ${MAX_CERTIFICATES}: leave these out, or delete the application first.`;
    return [...faults, file.faultAt(path, message)];
  });
}

/**
 * Adds the certificates that an application lacks: those that the file declares, or a generated one. The certificate
 * that the file declares as active becomes active, since such a file also declares how far a rotation has got.
 */
export function planCertificates(
  { plan, instance, sealer }: PlanNeeds & { readonly sealer: Sealer },
  { id, key }: Pick<Application, 'id' | 'key'>,
  { certificates: declared }: DeclaredApplication,
  {
    made,
    existingCertificates,
  }: { made: NewCertificate | undefined; existingCertificates: ExistingCertificates },
): void {
  const derived = certificateIdsOf(instance.directoryId, key);
  if (!declared) {
    if (!made) return plan.leave('certificates');
    return plan.add('certificates', 'created', `a certificate of ${key}`, (work) =>
      addCertificate(work, { ids: derived, sealer }, instance, id, { ...made, active: true }),
    );
  }
  const current = existingCertificates.get(id) ?? [];
  const firstId = newCertificateId(certificateIdsOf(instance.directoryId, key));
  // The active one first, because an application’s first certificate must be active.
  for (const certificate of [...declared].sort((a, b) => Number(b.active) - Number(a.active))) {
    const { prepared, active } = certificate;
    const same = current.find(({ content }) => content === contentOf(certificate));
    if (same && active && !same.active) {
      plan.add('certificates', 'updated', `the active certificate of ${key}`, (work) =>
        activateCertificate(work, instance, id, same.id),
      );
      continue;
    }
    if (same) {
      plan.leave('certificates');
      continue;
    }
    const unlike = certificateIdsOf(instance.directoryId, key, contentOf(certificate));
    // After a rotation, the derived id of an active certificate may still belong to the earlier one.
    const others = active && !current.some((each) => each.id === firstId) ? derived : unlike;
    const ids = certificate.id === undefined ? others : givenId(others, certificate.id);
    plan.add('certificates', 'created', `a certificate of ${key}`, (work) =>
      addCertificate(work, { ids, sealer }, instance, id, { ...prepared, active }),
    );
  }
}

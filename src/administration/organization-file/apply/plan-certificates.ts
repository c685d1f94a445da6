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

interface PresentCertificate {
  readonly id: CertificateId;
  readonly active: boolean;
  /** Base64 of its DER. */
  readonly content: string | undefined;
}

/** The certificates that applications have already. */
export type PresentCertificates = ReadonlyMap<ApplicationId, readonly PresentCertificate[]>;

/** The certificates of an instance's applications; none are asked for when the file brings none along. */
export async function readPresentCertificates(
  queries: Queries,
  instanceId: InstanceId | undefined,
  file: OrganizationFile,
): Promise<PresentCertificates> {
  const present = new Map<ApplicationId, PresentCertificate[]>();
  if (instanceId === undefined || !file.applications.some(({ certificates }) => certificates)) return present;
  for (const { id, applicationId, active, certificatePem } of await listAllCertificates(
    queries,
    instanceId,
  )) {
    const certificate = { id, active, content: normaliseCertificate(certificatePem) };
    present.set(applicationId, [...(present.get(applicationId) ?? []), certificate]);
  }
  return present;
}

const contentOf = ({ prepared }: DeclaredCertificate) => normaliseCertificate(prepared.certificatePem);

/** What a file says of certificates that can’t be: they are added and set as active, never exchanged or removed. */
export function certificateFaults(
  file: OrganizationFile,
  existing: Existing,
  present: PresentCertificates,
): FileFault[] {
  return file.applications.flatMap(({ key, certificates: declared = [] }, index) => {
    const application = existing.applications.get(key);
    const there = (application && present.get(application.id)) ?? [];
    const path = ['applications', index, 'certificates'];
    const faults = declared.flatMap((certificate, position) => {
      const same = there.find(({ content }) => content === contentOf(certificate));
      if (!same || certificate.id === undefined || certificate.id === same.id) return [];
      const message = `The certificate’s id is ${same.id} and can’t be changed.`;
      return [file.faultAt([...path, position, 'id'], message)];
    });
    const added = declared.filter((each) => !there.some(({ content }) => content === contentOf(each)));
    if (there.length + added.length <= MAX_CERTIFICATES) return faults;
    const message = `The application has other certificates already, and can have ${MAX_CERTIFICATES}: leave these out, or delete the application first.`;
    return [...faults, file.faultAt(path, message)];
  });
}

/**
 * An application gets the certificates that it lacks: those that the file brings along, or the one that was made. The one
 * that the file declares as active is so from then on: a file that brings certificates along says how a rotation stands.
 */
export function planCertificates(
  { plan, instance, sealer }: PlanNeeds & { readonly sealer: Sealer },
  { id, key }: Pick<Application, 'id' | 'key'>,
  { certificates: declared }: DeclaredApplication,
  { made, present }: { made: NewCertificate | undefined; present: PresentCertificates },
): void {
  const derived = certificateIdsOf(instance.directoryId, key);
  if (!declared) {
    if (!made) return plan.leave('certificates');
    return plan.add('certificates', 'created', (work) =>
      addCertificate(work, instance, id, made, { active: true }, derived, sealer),
    );
  }
  const there = present.get(id) ?? [];
  const firstId = newCertificateId(certificateIdsOf(instance.directoryId, key));
  // The active one first: an application’s first certificate has to be.
  for (const certificate of [...declared].sort((a, b) => Number(b.active) - Number(a.active))) {
    const { prepared, active } = certificate;
    const same = there.find(({ content }) => content === contentOf(certificate));
    if (same && active && !same.active) {
      plan.add('certificates', 'updated', (work) => activateCertificate(work, instance, id, same.id));
      continue;
    }
    if (same) {
      plan.leave('certificates');
      continue;
    }
    const unlike = certificateIdsOf(instance.directoryId, key, contentOf(certificate));
    // After a rotation the id that is derived for an active one can still be that of the one before.
    const others = active && !there.some((each) => each.id === firstId) ? derived : unlike;
    const ids = certificate.id === undefined ? others : givenId(certificate.id, others);
    plan.add('certificates', 'created', (work) =>
      addCertificate(work, instance, id, prepared, { active }, ids, sealer),
    );
  }
}

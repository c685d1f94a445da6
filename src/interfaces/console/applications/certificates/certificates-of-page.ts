import { X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import type { ShownCertificate } from '../../../../../views/console/applications/shown-certificate.ts';
import type { Application } from '../../../../domain/applications/application.ts';
import type { Certificate } from '../../../../domain/certificates/certificate.ts';
import { certificateWarnings, expiryOf } from '../../../../domain/certificates/expiry.ts';
import { listCertificates } from '../../../../domain/certificates/store.ts';
import { whenOf } from '../../../../flows/visit/when.ts';
import { idField } from '../../../../foundation/http/fields.ts';
import type { Instant } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import type { CertificateId } from '../../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../../frame/console-visit.ts';
import { applicationHref, applicationOf, applicationParams } from '../application-tabs.ts';

/* What all pages of an application's certificates share. */

export const TAB = '/certificates';
export const CERTIFICATES = `/:instance/console/applications/:application${TAB}`;

export const certificateParams = applicationParams.extend({ certificate: idField<CertificateId>() });

/** The address of the list of an application's certificates. */
export const listHrefOf = (console: ConsoleVisit, application: Application): string =>
  `${applicationHref(console, application)}${TAB}`;

/** Where a form leads when it has done what it says; see `goTo`. */
export const donePath = ({ id }: Application, done: string): string =>
  `/applications/${id}${TAB}?done=${done}`;

/** The certificate of a page with its application. Throws ResourceNotFoundException. */
export async function certificateOf(
  needs: ConsoleNeeds,
  console: ConsoleVisit,
  params: z.output<typeof certificateParams>,
): Promise<{ application: Application; certificate: Certificate }> {
  const application = await applicationOf(needs, console, params);
  const all = await listCertificates(needs.db.read, console.instance.id, application.id);
  const certificate = all.find(({ id }) => id === params.certificate);
  if (!certificate) throw notFound('The certificate');
  return { application, certificate };
}

/** A certificate without its key, which isn't even read. `at` is policy time. */
export function shownCertificate(certificate: Certificate, at: Instant): ShownCertificate {
  const { id, active, certificatePem, algorithm, keySize, notBeforeAt, notAfterAt, createdAt } = certificate;
  const x509 = new X509Certificate(certificatePem);
  return {
    ...{ id, active, certificatePem, algorithm, keySize, expiry: expiryOf(notAfterAt, at) },
    ...{ notBefore: whenOf(notBeforeAt), notAfter: whenOf(notAfterAt), createdAt: whenOf(createdAt) },
    serialNumber: x509.serialNumber,
    sha1Fingerprint: x509.fingerprint,
    sha256Fingerprint: x509.fingerprint256,
    warnings: certificateWarnings(certificate, at).map(({ message }) => message),
  };
}

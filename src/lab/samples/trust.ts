import { findApplicationByEntityId } from '../../domain/applications/store.ts';
import { listCertificates } from '../../domain/certificates/store.ts';
import { addressesOf } from '../../flows/idp/addresses.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Queries } from '../../foundation/storage/database.ts';

/** The identity provider as a sample knows it: what an administrator copies from our metadata into a real product. */
export interface Trust {
  /** How the identity centre calls the sample. */
  readonly applicationName: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificatePem: string;
  /** What has to be signed: at least one of them. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
}

/**
 * The trust of a sample, read anew for each request, so that a changed application or certificate is known at once: that
 * of the application with the sample's EntityID. The private key isn't read.
 */
export async function findTrust(
  queries: Queries,
  instance: Instance,
  { sampleEntityId, publicOrigin }: { sampleEntityId: string; publicOrigin: string },
): Promise<Trust | undefined> {
  const application = await findApplicationByEntityId(queries, instance.id, sampleEntityId);
  if (!application) return undefined;
  const certificates = await listCertificates(queries, instance.id, application.id);
  const certificate = certificates.find(({ active }) => active);
  if (!certificate) return undefined;
  const { entityId, ssoUrl } = addressesOf(publicOrigin, instance.directoryId, application.id);
  return {
    applicationName: application.displayName,
    entityId,
    ssoUrl,
    certificatePem: certificate.certificatePem,
    signing: application.settings.signing,
  };
}

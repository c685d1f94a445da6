import { findApplicationByEntityId } from '../../domain/applications/store.ts';
import { listCertificates } from '../../domain/certificates/store.ts';
import { addressesOf } from '../../flows/idp/addresses.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Queries } from '../../foundation/storage/database.ts';

/** The identity provider's data that an administrator copies from our metadata into a real service provider. */
export interface Trust {
  /** The display name of the sample's application. */
  readonly applicationName: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificatePem: string;
  /** Which parts must be signed; at least one of them. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
}

/**
 * Finds the data of the application with the sample's EntityID. It is read for each request, so that a change of the
 * application or its certificate applies immediately. The private key isn't read.
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

import type { Application } from '../../domain/applications/application.ts';
import { mustSignRequests } from '../../domain/applications/signed-requests.ts';
import { listCertificates } from '../../domain/certificates/store.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import { writeIdentityProviderMetadata } from '../../protocols/saml/metadata/identity-provider.ts';
import { normaliseCertificate } from '../../protocols/saml/signature/certificate.ts';
import { NameIdFormat } from '../../protocols/saml/types.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { addressesOf } from './addresses.ts';

/**
 * The identity provider's metadata (XML) for an application's service provider. It contains the active
 * certificate and, if the settings say so, the inactive one after it, so that both are trusted during a
 * rotation. Throws ResourceNotFoundException when there is no active certificate.
 */
export async function describeTrust(
  queries: Queries,
  publicOrigin: string,
  instance: Instance,
  application: Application,
): Promise<string> {
  const { id, settings } = application;
  const { entityId, ssoUrl } = addressesOf(publicOrigin, instance.directoryId, id);
  const certificates = await listCertificates(queries, instance.id, id);
  if (!certificates[0]?.active) throw notFound('A certificate of this application');
  const published = settings.metadataCertificates === 'all' ? certificates : certificates.slice(0, 1);
  return writeIdentityProviderMetadata({
    entityId,
    ssoUrl,
    signingCertificates: published.map(({ certificatePem }) => base64Of(certificatePem)),
    nameIdFormats: [NameIdFormat[settings.subject.format]],
    // Some service providers refuse to start unless this agrees with their own metadata.
    wantAuthnRequestsSigned: mustSignRequests(application),
  });
}

function base64Of(certificatePem: string): string {
  const base64 = normaliseCertificate(certificatePem);
  if (base64 === undefined) throw new Error('A certificate that was stored can’t be read.');
  return base64;
}

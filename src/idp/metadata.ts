import type { Application } from '../applications/application.ts';
import { mustSignRequests } from '../applications/signed-requests.ts';
import type { ActiveCertificate } from '../certificates/certificate.ts';
import type { Instance } from '../organizations/organization.ts';
import { notFound } from '../platform/errors.ts';
import { writeIdentityProviderMetadata } from '../saml/metadata/identity-provider.ts';
import { normaliseCertificate } from '../saml/signature/certificate.ts';
import { NameIdFormat } from '../saml/types.ts';
import { addressesOf } from './addresses.ts';

/** The metadata (XML) that an application's service provider reads of us. Throws when it has no certificate. */
export function describeTrust(
  publicOrigin: string,
  { directoryId }: Instance,
  application: Application,
  certificate: ActiveCertificate | undefined,
): string {
  const { id, settings } = application;
  const { entityId, ssoUrl } = addressesOf(publicOrigin, directoryId, id);
  const base64 = certificate && normaliseCertificate(certificate.certificatePem);
  if (base64 === undefined) throw notFound('A certificate of this application');
  return writeIdentityProviderMetadata({
    entityId,
    ssoUrl,
    signingCertificates: [base64],
    nameIdFormats: [NameIdFormat[settings.subject.format]],
    // Some service providers refuse to start unless this equals what they declare of themselves.
    wantAuthnRequestsSigned: mustSignRequests(application),
  });
}

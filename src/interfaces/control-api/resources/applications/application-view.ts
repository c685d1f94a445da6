import { z } from 'zod';
import { acsUrlsOf } from '../../../../domain/applications/relying-party.ts';
import type { Application } from '../../../../domain/applications/application.ts';
import type { Certificate } from '../../../../domain/certificates/certificate.ts';
import { findActiveCertificates } from '../../../../domain/certificates/store.ts';
import { addressesOf } from '../../../../flows/idp/addresses.ts';
import type { Instance } from '../../../../domain/organizations/organization.ts';
import { toIso, type Instant } from '../../../../foundation/platform/clock.ts';
import { pemOfCertificate } from '../../../../protocols/saml/signature/certificate.ts';
import type { Queries } from '../../../../foundation/storage/database.ts';
import { presentSigningCertificate, signingCertificateView } from './certificate-view.ts';
import { instant, organizationParams, reference } from '../../contract/schemas.ts';

export const applicationParams = organizationParams.extend({
  application: reference.describe('The application’s id or key.'),
});

/** An application, with everything that its service provider must be configured with. */
export const applicationView = z
  .strictObject({
    id: z.string(),
    key: z.string(),
    displayName: z.string(),
    description: z.string(),
    enabled: z.boolean(),
    entityId: z
      .string()
      .describe('The identity provider’s EntityID for this application: the Issuer of its responses.'),
    metadataUrl: z.string(),
    ssoUrl: z.string(),
    certificateUrl: z.string(),
    certificate: signingCertificateView.describe('The active certificate, which signs responses.'),
    serviceProvider: z.strictObject({
      entityId: z.string(),
      acsUrls: z.array(z.string()).describe('The first one is the default.'),
      requestSigningCertificates: z.array(z.string()).describe('In PEM.'),
      authnRequestsSigned: z.boolean(),
      sample: z.string().nullable(),
    }),
    startUrl: z.string().nullable(),
    relayState: z.string().nullable(),
    sessionDuration: z.string(),
    notBeforeSkew: z.string(),
    sessionNotOnOrAfter: z.string(),
    authnContextClassRef: z.string().nullable(),
    subject: z.strictObject({ value: z.string().nullable(), format: z.string() }),
    nameIdPolicy: z.string(),
    requests: z
      .strictObject({ profile: z.string().nullable(), weakAlgorithms: z.string().nullable() })
      .describe('null: as settings.requests says.'),
    groupValues: z.string(),
    attributes: z.array(z.strictObject({ name: z.string(), value: z.string(), format: z.string() })),
    signing: z.strictObject({ response: z.boolean(), assertion: z.boolean() }),
    signedRequests: z.string(),
    metadataCertificates: z.string(),
    template: z.strictObject({ name: z.string(), variables: z.record(z.string(), z.string()) }).nullable(),
    icon: z.string().nullable(),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Application' });

export interface PresentPlace {
  readonly publicOrigin: string;
  readonly queries: Queries;
  readonly instance: Instance;
  /** Policy time, by which certificates expire. */
  readonly at: Instant;
}

/** Applications as the API shows them, with the state of their active certificates. */
export async function presentApplications(
  place: PresentPlace,
  applications: readonly Application[],
): Promise<z.output<typeof applicationView>[]> {
  const ids = applications.map(({ id }) => id);
  const active = await findActiveCertificates(place.queries, place.instance.id, ids);
  return applications.map((each) => present(place, each, active.get(each.id)));
}

/** One application as the API shows it. */
export async function presentApplication(
  place: PresentPlace,
  application: Application,
): Promise<z.output<typeof applicationView>> {
  const active = await findActiveCertificates(place.queries, place.instance.id, [application.id]);
  return present(place, application, active.get(application.id));
}

function present(
  { publicOrigin, instance: { directoryId }, at }: PresentPlace,
  application: Application,
  certificate: Certificate | undefined,
): z.output<typeof applicationView> {
  const { id, key, displayName, description, enabled, relyingParty, settings, version } = application;
  const { sample, attributes, template, ...properties } = settings;
  return {
    ...{ id, key, displayName, description, enabled },
    ...addressesOf(publicOrigin, directoryId, id),
    certificate: presentSigningCertificate(certificate, at),
    serviceProvider: {
      entityId: relyingParty.entityId,
      acsUrls: acsUrlsOf(relyingParty),
      requestSigningCertificates: relyingParty.requestSigningCertificates.map(pemOfCertificate),
      authnRequestsSigned: relyingParty.authnRequestsSigned,
      sample,
    },
    ...properties,
    attributes: [...attributes],
    template: template && { name: template.name, variables: { ...template.variables } },
    version,
    createdAt: toIso(application.createdAt),
    updatedAt: toIso(application.updatedAt),
  };
}

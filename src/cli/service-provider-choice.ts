import { systemClock } from '../foundation/platform/clock.ts';
import { excerpt } from '../foundation/platform/excerpt.ts';
import {
  readServiceProviderList,
  readServiceProviderMetadata,
} from '../protocols/saml/metadata/service-provider.ts';
import { pemOfCertificate } from '../protocols/saml/signature/certificate.ts';
import { StartError } from '../server/start-error.ts';

/** How many service providers of an aggregate a message lists. */
const LISTED = 20;

/** The service provider of which an application is made. */
export interface ChosenServiceProvider {
  readonly entityId: string;
  /** The name in its metadata, otherwise the host of its EntityID, otherwise the EntityID. */
  readonly displayName: string;
  /** The default first. */
  readonly acsUrls: readonly string[];
  /** In PEM. */
  readonly requestSigningCertificates: readonly string[];
}

/**
 * The service provider that metadata describes: the one with this EntityID, or the only one. Throws a StartError when
 * none can be used, and lists them when there are several to choose from.
 */
export async function chooseServiceProvider(
  text: string,
  entityId: string | undefined,
): Promise<ChosenServiceProvider> {
  const list = await readServiceProviderList(text);
  if (!list.ok) throw unusable(list.detail);
  const { serviceProviders } = list;
  if (entityId === undefined && serviceProviders.length > 1) {
    const named = serviceProviders.slice(0, LISTED).map((each) => `  ${printable(each.entityId)}`);
    const more = serviceProviders.length - named.length;
    throw new StartError(
      [
        'The metadata describes several service providers. Choose one with --entity-id:',
        ...named,
        ...(more > 0 ? [`  … and ${more} more`] : []),
      ].join('\n'),
    );
  }
  const read = await readServiceProviderMetadata(text, { now: systemClock.now(), entityId });
  if (!read.ok) throw unusable(read.detail);
  const { relyingParty } = read;
  const listed = serviceProviders.find((each) => each.entityId === relyingParty.entityId);
  const services = relyingParty.assertionConsumerServices;
  return {
    entityId: relyingParty.entityId,
    displayName: listed?.displayName ?? nameOf(relyingParty.entityId),
    acsUrls: [
      ...services.filter(({ isDefault }) => isDefault),
      ...services.filter(({ isDefault }) => !isDefault),
    ].map(({ url }) => url),
    requestSigningCertificates: relyingParty.requestSigningCertificates.map(pemOfCertificate),
  };
}

const unusable = (detail: string) => new StartError(`The metadata can’t be used: ${printable(detail)}.`);

function nameOf(entityId: string): string {
  const host = URL.canParse(entityId) ? new URL(entityId).host : '';
  return host === '' ? excerpt(entityId) : host;
}

/** A text of somebody else without the characters by which it could rewrite what a terminal shows. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}

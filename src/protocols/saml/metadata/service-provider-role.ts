import { excerpt } from '../../../foundation/platform/excerpt.ts';
import {
  Binding,
  Namespace,
  type AssertionConsumerService,
  type RelyingParty,
  type SingleLogoutService,
} from '../types.ts';
import { findWebUrlFault } from '../urls.ts';
import { booleanAttribute, childrenOf, type XmlElement } from '../xml/tree.ts';
import { readSigningKeys, signingKeysOf } from './signing-keys.ts';
import type { MetadataWarning } from './warning.ts';

export type RoleFault = 'no-post-endpoint' | 'bad-url' | 'no-signing-certificate' | 'too-many-certificates';

export type ReadRole =
  | { readonly ok: true; readonly relyingParty: RelyingParty; readonly warnings: readonly MetadataWarning[] }
  | { readonly ok: false; readonly reason: RoleFault; readonly detail: string };

/** Reads the SPSSODescriptor (saml-metadata-2.0 §2.4.4) of the entity `entityId`. */
export function readRole(entityId: string, role: XmlElement): ReadRole {
  const { services: assertionConsumerServices, skipped } = readConsumerServices(role);
  const { singleLogoutServices, withoutAddress } = readLogoutServices(role);
  const bad = findBadUrl([
    ...assertionConsumerServices.map(({ url }) => url),
    ...singleLogoutServices.flatMap(({ url, responseUrl }) => [url, responseUrl ?? url]),
  ]);
  if (bad) return bad;
  if (!assertionConsumerServices.some(({ binding }) => binding === Binding.post)) {
    const detail = 'the service provider has no AssertionConsumerService that takes responses by HTTP-POST';
    return { ok: false, reason: 'no-post-endpoint', detail };
  }
  const keys = signingKeysOf(role);
  const distinct = new Set(keys.flatMap(({ certificates }) => certificates.map((chain) => chain.join())));
  if (distinct.size > MAX_SIGNING_CERTIFICATES) {
    const detail = `the service provider has ${distinct.size} signing certificates, and at most ${MAX_SIGNING_CERTIFICATES} can be tried for each request`;
    return { ok: false, reason: 'too-many-certificates', detail };
  }
  const { certificates, warnings } = readSigningKeys(keys);
  const authnRequestsSigned = booleanAttribute(role, 'AuthnRequestsSigned');
  if (authnRequestsSigned && certificates.length === 0) {
    const because = warnings.map(({ message }) => `: ${message}`)[0] ?? '';
    const detail = `the service provider says that it signs its requests, but gives no certificate that can verify them${because}`;
    return { ok: false, reason: 'no-signing-certificate', detail };
  }
  const relyingParty = {
    entityId,
    assertionConsumerServices,
    requestSigningCertificates: certificates,
    authnRequestsSigned,
    singleLogoutServices,
    nameIdFormats: childrenOf(role, Namespace.metadata, 'NameIDFormat').map(({ text }) => text.trim()),
    wantAssertionsSigned: booleanAttribute(role, 'WantAssertionsSigned'),
  };
  return { ok: true, relyingParty, warnings: [...skipped, ...withoutAddress, ...warnings] };
}

interface ConsumerServices {
  readonly services: AssertionConsumerService[];
  readonly skipped: readonly MetadataWarning[];
}

/**
 * The endpoints in the document's order. The default is one of those for HTTP-POST, since we use no other binding:
 * the first with isDefault="true", else the first without isDefault, else the first (saml-metadata-2.0 §2.2.3).
 */
function readConsumerServices(role: XmlElement): ConsumerServices {
  const all = childrenOf(role, Namespace.metadata, 'AssertionConsumerService');
  const elements = withoutAppAddresses(all);
  const takingPost = elements.filter((element) => bindingOf(element) === Binding.post);
  const standard =
    takingPost.find((element) => booleanAttribute(element, 'isDefault')) ??
    takingPost.find((element) => !element.attributes.has('isDefault')) ??
    takingPost[0];
  const services = elements.map((element) => ({
    url: locationOf(element),
    index: Number(element.attributes.get('index')),
    isDefault: element === standard,
    binding: bindingOf(element),
  }));
  const skipped = all
    .filter((element) => !elements.includes(element))
    .map((element) => ({
      code: 'consumer-service-skipped' as const,
      message: `the AssertionConsumerService ${excerpt(locationOf(element))} is left out: responses are posted only to http:// and https://`,
    }));
  return { services, skipped };
}

/**
 * Without addresses that open an app (`com.example.app://saml`), if the document has another one for HTTP-POST. They
 * aren't registered, so no response goes there. Addresses that would run a script stay, and are refused: no real
 * service provider has one.
 */
function withoutAppAddresses(elements: readonly XmlElement[]): readonly XmlElement[] {
  const usable = elements.filter((element) => !opensApp(locationOf(element)));
  const hasPost = usable.some((element) => bindingOf(element) === Binding.post);
  return hasPost ? usable : elements;
}

const APP_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const opensApp = (url: string): boolean =>
  findWebUrlFault(url) === 'not-http' && APP_ADDRESS.test(url) && !SCRIPT.test(url);
const SCRIPT = /^(?:javascript|data|vbscript):/i;

const locationOf = (element: XmlElement): string => (element.attributes.get('Location') ?? '').trim();

/** Some products write an empty address when logout is switched off. */
function readLogoutServices(role: XmlElement) {
  const all = childrenOf(role, Namespace.metadata, 'SingleLogoutService');
  const addressed = all.filter((element) => locationOf(element) !== '');
  const withoutAddress: MetadataWarning[] =
    addressed.length === all.length
      ? []
      : [
          {
            code: 'logout-service-skipped',
            message: 'a SingleLogoutService has no address, and is left out',
          },
        ];
  return { singleLogoutServices: addressed.map(readLogout), withoutAddress };
}

function readLogout(element: XmlElement): SingleLogoutService {
  const responseUrl = element.attributes.get('ResponseLocation')?.trim();
  return {
    url: (element.attributes.get('Location') ?? '').trim(),
    ...(responseUrl === undefined ? {} : { responseUrl }),
    binding: bindingOf(element),
  };
}

function bindingOf(element: XmlElement): string {
  return (element.attributes.get('Binding') ?? '').trim();
}

function findBadUrl(urls: readonly string[]): Extract<ReadRole, { ok: false }> | undefined {
  const bad = urls.find((url) => findWebUrlFault(url) !== undefined);
  if (bad === undefined) return undefined;
  if (bad === '') return { ok: false, reason: 'bad-url', detail: 'an endpoint has an empty address' };
  const detail = `the address ${excerpt(bad)} can't be used: it must begin with http:// or https:// and have neither user name nor fragment`;
  return { ok: false, reason: 'bad-url', detail };
}

/**
 * Each request whose signature is wrong is verified with all of them. Real service providers have two or three while
 * they change theirs.
 */
export const MAX_SIGNING_CERTIFICATES = 20;

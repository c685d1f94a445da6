import type { XmlElement as LibXmlElement } from 'libxml2-wasm';
import { findCertificateFault } from '../signature/certificate.ts';
import { Namespace } from '../types.ts';
import { canonicalText, loadLibXml, withDocument, type LibXml } from '../xml/libxml.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/tree.ts';
import { findRole } from './find-role.ts';
import { readRole } from './service-provider-role.ts';

/** A service provider that metadata describes, and whether an application can be made of it. */
export interface ListedServiceProvider {
  readonly entityId: string;
  /** What its own metadata calls it for people; absent when it doesn't say. */
  readonly displayName?: string;
  /** Why no application can be made of it; absent when one can. */
  readonly reason?: string;
}

/** The entities of a metadata document, those of nested groups too (saml-metadata-2.0 §2.3.1). */
export function entitiesOf(root: XmlElement): XmlElement[] {
  if (root.namespace !== Namespace.metadata) return [];
  if (root.name === 'EntityDescriptor') return [root];
  return root.name === 'EntitiesDescriptor' ? root.children.flatMap(entitiesOf) : [];
}

/**
 * The service providers among the entities of a document, in its order. Each is judged by what it says, which is quick; that
 * it is valid against the schema is looked at when one is chosen. `maxCertificateBytes`: of each of their certificates in PEM.
 */
export function listServiceProviders(
  root: XmlElement,
  maxCertificateBytes = Infinity,
): ListedServiceProvider[] {
  return entitiesOf(root).flatMap((entity) => {
    if (childrenOf(entity, Namespace.metadata, 'SPSSODescriptor').length === 0) return [];
    const entityId = entityIdOf(entity);
    const found = findRole(entity);
    const read = found.ok ? readRole(entityId, found.role) : found;
    const displayName = displayNameOf(entity);
    const reason = read.ok
      ? read.relyingParty.requestSigningCertificates
          .map((each) => findCertificateFault(each, maxCertificateBytes))
          .find((fault) => fault !== undefined)
      : read.detail;
    return [
      {
        entityId,
        ...(displayName === undefined ? {} : { displayName }),
        ...(reason === undefined ? {} : { reason }),
      },
    ];
  });
}

/** The name that an EntityDescriptor carries. */
export const entityIdOf = (entity: XmlElement): string => (entity.attributes.get('entityID') ?? '').trim();

const UI = 'urn:oasis:names:tc:SAML:metadata:ui';

/** sstc-saml-metadata-ui-v1.0 §2.1.2, then the service's name (saml-metadata-2.0 §2.4.4.1), then its organization's. */
function displayNameOf(entity: XmlElement): string | undefined {
  const names = childrenOf(entity, Namespace.metadata, 'SPSSODescriptor').flatMap((role) => {
    const extensions = childOf(role, Namespace.metadata, 'Extensions');
    const ui = extensions && childOf(extensions, UI, 'UIInfo');
    const services = childrenOf(role, Namespace.metadata, 'AttributeConsumingService');
    return [
      ...(ui ? childrenOf(ui, UI, 'DisplayName') : []),
      ...services.flatMap((service) => childrenOf(service, Namespace.metadata, 'ServiceName')),
    ];
  });
  const organization = childOf(entity, Namespace.metadata, 'Organization');
  const fallback = organization
    ? childrenOf(organization, Namespace.metadata, 'OrganizationDisplayName')
    : [];
  for (const texts of [names, fallback]) {
    const name = (texts.find(({ language }) => language === 'en') ?? texts[0])?.text
      .replace(/\s+/g, ' ')
      .trim();
    if (name !== undefined && name !== '') return name;
  }
  return undefined;
}

/**
 * The text of one entity of an aggregate, as a document that stands alone: what it inherits (namespaces, also those that only
 * attribute values such as xsi:type use, and xml:lang) is written into it (xml-c14n11 §2.4). The aggregate must be well-formed;
 * undefined when it has no such entity, or several: which of two was meant can't be told.
 */
export async function extractEntity(aggregate: string, entityId: string): Promise<string | undefined> {
  const lib = await loadLibXml();
  return withDocument(lib, aggregate, (document) => {
    const named = document
      .find('//md:EntityDescriptor', { md: Namespace.metadata })
      .filter((node) => node instanceof lib.XmlElement)
      .filter((element) => element.attr('entityID')?.value.trim() === entityId);
    const [entity, second] = named;
    if (!entity || second) return undefined;
    leaveOnly(lib, entity);
    return canonicalText(entity, lib.XmlC14NMode.XML_C14N_1_1);
  });
}

/** The canonicaliser walks the whole document for each entity: what stands beside this one goes first. */
function leaveOnly(lib: LibXml, entity: LibXmlElement): void {
  for (let kept: LibXmlElement | null = entity; kept !== null; kept = kept.parent) {
    for (const next of siblings(kept)) if (next instanceof lib.XmlElement) next.remove();
  }
}

function siblings(element: LibXmlElement) {
  const beside = [];
  for (let node = element.prev; node !== null; node = node.prev) beside.push(node);
  for (let node = element.next; node !== null; node = node.next) beside.push(node);
  return beside;
}

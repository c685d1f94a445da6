import type { XmlElement as LibXmlElement } from 'libxml2-wasm';
import { nextTurn } from '../../../foundation/platform/turns.ts';
import { findCertificateFault } from '../signature/request-key.ts';
import { Namespace } from '../types.ts';
import type { BoundedXml } from '../xml/bounded-xml.ts';
import { canonicalText, loadLibXml, withDocument, type LibXml } from '../xml/libxml.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/tree.ts';
import { findExcess } from './find-excess.ts';
import { findRole } from './find-role.ts';
import { mendEntity } from './mend.ts';
import { readRole } from './service-provider-role.ts';

/** A service provider in a metadata document, and whether an application can be created from it. */
export interface ListedServiceProvider {
  readonly entityId: string;
  /** The display name in its metadata; absent when there is none. */
  readonly displayName?: string;
  /** Why no application can be created from it; absent when one can. */
  readonly reason?: string;
}

/** The entities of a metadata document, including those in nested groups (saml-metadata-2.0 §2.3.1). */
export function entitiesOf(root: XmlElement): XmlElement[] {
  if (root.namespace !== Namespace.metadata) return [];
  if (root.name === 'EntityDescriptor') return [root];
  return root.name === 'EntitiesDescriptor' ? root.children.flatMap(entitiesOf) : [];
}

/**
 * The service providers of a document, in its order. This checks their contents, which is quick; the check against the
 * schema follows when one is chosen. `maxCertificateBytes` limits the size of each certificate in PEM.
 */
export async function listServiceProviders(
  root: XmlElement,
  maxCertificateBytes = Infinity,
): Promise<ListedServiceProvider[]> {
  const listed: ListedServiceProvider[] = [];
  for (const entity of entitiesOf(root)) {
    if (childrenOf(entity, Namespace.metadata, 'SPSSODescriptor').length === 0) continue;
    listed.push(describeEntity(mendEntity(entity).entity, maxCertificateBytes));
    // An entity may have a hundred certificates, and decoding them takes tens of milliseconds.
    await nextTurn();
  }
  return listed;
}

function describeEntity(entity: XmlElement, maxCertificateBytes: number): ListedServiceProvider {
  const entityId = entityIdOf(entity);
  const displayName = displayNameOf(entity);
  const reason = findExcess(entity) ?? findFault(entity, maxCertificateBytes);
  return {
    entityId,
    ...(displayName === undefined ? {} : { displayName }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function findFault(entity: XmlElement, maxCertificateBytes: number): string | undefined {
  const found = findRole(entity);
  const read = found.ok ? readRole(entityIdOf(entity), found.role) : found;
  if (!read.ok) return read.detail;
  return read.relyingParty.requestSigningCertificates
    .map((each) => findCertificateFault(each, maxCertificateBytes))
    .find((fault) => fault !== undefined);
}

/** The entityID of an EntityDescriptor. */
export const entityIdOf = (entity: XmlElement): string => (entity.attributes.get('entityID') ?? '').trim();

const UI = 'urn:oasis:names:tc:SAML:metadata:ui';

/**
 * The display name of the MDUI extension (sstc-saml-metadata-ui-v1.0 §2.1.2), else the name of the service
 * (saml-metadata-2.0 §2.4.4.1), else that of its organization.
 */
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
 * One entity of an aggregate as a separate document. It includes what the entity inherits (xml-c14n11 §2.4): xml:lang
 * and namespaces, even those used only in attribute values such as xsi:type. The aggregate must be well-formed.
 * Undefined when the aggregate has no such entity, or has several, since it is then unclear which one was meant.
 */
export async function extractEntity(aggregate: BoundedXml, entityId: string): Promise<string | undefined> {
  const lib = await loadLibXml();
  return withDocument(lib, aggregate, (document) => {
    const named = document
      .find('//md:EntityDescriptor', { md: Namespace.metadata })
      .filter((node) => node instanceof lib.XmlElement)
      .filter((element) => (element.attr('entityID')?.value ?? '').trim() === entityId);
    const [entity, second] = named;
    if (!entity || second) return undefined;
    removeOthers(lib, entity);
    return canonicalText(entity, lib.XmlC14NMode.XML_C14N_1_1);
  });
}

/** Removes everything beside the entity, because the canonicaliser walks through the whole document. */
function removeOthers(lib: LibXml, entity: LibXmlElement): void {
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

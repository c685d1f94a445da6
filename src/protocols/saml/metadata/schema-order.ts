import { Namespace } from '../types.ts';
import type { XmlElement } from '../xml/tree.ts';

const FIRST = ['Signature', 'Extensions'];
const ROLE = ['KeyDescriptor', 'Organization', 'ContactPerson'];
const SSO = ['ArtifactResolutionService', 'SingleLogoutService', 'ManageNameIDService', 'NameIDFormat'];
/** An entity has its roles in any order, so they share a rank. */
const ROLES =
  'RoleDescriptor IDPSSODescriptor SPSSODescriptor AuthnAuthorityDescriptor AttributeAuthorityDescriptor PDPDescriptor';

/** The children of each element in the order of saml-metadata-2.0 §2.3.2 to §2.4.4; names in one text share a rank. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  EntityDescriptor: [...FIRST, ROLES, 'Organization', 'ContactPerson', 'AdditionalMetadataLocation'],
  SPSSODescriptor: [...FIRST, ...ROLE, ...SSO, 'AssertionConsumerService', 'AttributeConsumingService'],
  Organization: ['Extensions', 'OrganizationName', 'OrganizationDisplayName', 'OrganizationURL'],
  ContactPerson: ['Extensions', 'Company', 'GivenName', 'SurName', 'EmailAddress', 'TelephoneNumber'],
  KeyDescriptor: ['KeyInfo', 'EncryptionMethod'],
  AttributeConsumingService: ['ServiceName', 'ServiceDescription', 'RequestedAttribute'],
};

/**
 * The children of the metadata element `parent` in the schema's order. The same list when they are in order, or when one
 * is unknown, since nobody can say where it belongs.
 */
export function inSchemaOrder(parent: string, children: readonly XmlElement[]): readonly XmlElement[] {
  const order = ORDERS[parent];
  if (!order) return children;
  const ranks = new Map(
    order.flatMap((names, rank) => names.split(' ').map((name) => [name, rank] as const)),
  );
  const ranked = children.map((child) => ({
    child,
    rank: isKnown(child) ? ranks.get(child.name) : undefined,
  }));
  if (ranked.some(({ rank }) => rank === undefined)) return children;
  const rankOf = ({ rank = 0 }: { rank: number | undefined }) => rank;
  // Sorting keeps the order of what has the same rank.
  const sorted = ranked.toSorted((one, other) => rankOf(one) - rankOf(other)).map(({ child }) => child);
  return sorted.every((child, index) => child === children[index]) ? children : sorted;
}

const isKnown = ({ namespace, name }: XmlElement): boolean =>
  namespace === (name === 'Signature' || name === 'KeyInfo' ? Namespace.signature : Namespace.metadata);

import { Namespace, type Instant, type RelyingParty } from '../types.ts';
import { parseInstant } from '../xml/instant.ts';
import { parseXml, validateAgainstSchema, type XmlFault } from '../xml/parse.ts';
import { childrenOf, type XmlElement } from '../xml/tree.ts';
import { readRole, type RoleFault } from './service-provider-role.ts';
import { secondReadingDiffers } from './second-reading.ts';
import type { MetadataWarning } from './warning.ts';

export type MetadataFault =
  XmlFault | 'not-metadata' | 'aggregate' | 'no-service-provider' | 'readers-disagree' | RoleFault;

export type ServiceProviderMetadata =
  | { readonly ok: true; readonly relyingParty: RelyingParty; readonly warnings: readonly MetadataWarning[] }
  | {
      readonly ok: false;
      readonly reason: MetadataFault;
      /** For the person who brought the file: what is wrong, and where it can be said, what to do. */
      readonly detail: string;
      /** Of an aggregate: whom it describes. */
      readonly entityIds?: readonly string[];
    };

export interface MetadataReadOptions {
  /** For validUntil. */
  readonly now: Instant;
  /** The longest document taken, in octets; default 2 MiB. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 2 * 1024 * 1024;

type Refusal = Extract<ServiceProviderMetadata, { ok: false }>;
const refuse = (reason: MetadataFault, detail: string): Refusal => ({ ok: false, reason, detail });

/**
 * Reads the metadata of one service provider (saml-metadata-2.0 §2.4.4): safe, valid against the schema, of exactly one
 * entity that speaks SAML 2.0 and takes responses by HTTP-POST at web addresses. The signature of the document is not
 * looked at: whoever brings the file vouches for it. Never throws for what the text holds.
 */
export async function readServiceProviderMetadata(
  xml: string,
  { now, maxBytes = MAX_BYTES }: MetadataReadOptions,
): Promise<ServiceProviderMetadata> {
  const parsed = await parseXml(xml, { maxBytes });
  if (!parsed.ok) return parsed;
  const misplaced = checkRoot(parsed.root);
  if (misplaced) return misplaced;
  const valid = await validateAgainstSchema(xml, 'metadata');
  if (!valid.ok) return valid;
  const descriptor = findDescriptor(parsed.root);
  if (!descriptor.ok) return descriptor;
  const role = readRole((parsed.root.attributes.get('entityID') ?? '').trim(), descriptor.role);
  if (!role.ok) return role;
  if (await secondReadingDiffers(xml, role.relyingParty)) {
    return refuse('readers-disagree', 'two independent readers understand this document differently');
  }
  const warnings = [...expiryWarnings([parsed.root, descriptor.role], now), ...role.warnings];
  return { ok: true, relyingParty: role.relyingParty, warnings };
}

function checkRoot(root: XmlElement): Refusal | undefined {
  if (root.namespace === Namespace.metadata && root.name === 'EntityDescriptor') return undefined;
  if (root.namespace !== Namespace.metadata || root.name !== 'EntitiesDescriptor') {
    return refuse('not-metadata', `this is not SAML metadata: its outermost element is ${root.name}`);
  }
  const entityIds = listEntityIds(root);
  return {
    ...refuse('aggregate', `the file describes ${String(entityIds.length)} entities; choose one of them`),
    entityIds,
  };
}

function listEntityIds(aggregate: XmlElement): string[] {
  return aggregate.children.flatMap((child) => {
    if (child.namespace !== Namespace.metadata) return [];
    if (child.name === 'EntitiesDescriptor') return listEntityIds(child);
    const entityId = child.name === 'EntityDescriptor' ? child.attributes.get('entityID') : undefined;
    return entityId === undefined ? [] : [entityId];
  });
}

function findDescriptor(entity: XmlElement): { readonly ok: true; readonly role: XmlElement } | Refusal {
  const roles = childrenOf(entity, Namespace.metadata, 'SPSSODescriptor');
  const role = roles.find((each) =>
    (each.attributes.get('protocolSupportEnumeration') ?? '').split(/\s+/).includes(Namespace.protocol),
  );
  if (role) return { ok: true, role };
  if (roles.length > 0)
    return refuse('no-service-provider', 'the service provider does not support SAML 2.0');
  const isIdp = childrenOf(entity, Namespace.metadata, 'IDPSSODescriptor').length > 0;
  return refuse(
    'no-service-provider',
    isIdp
      ? 'this is the metadata of an identity provider, not of a service provider'
      : 'the metadata describes no service provider',
  );
}

function expiryWarnings(elements: readonly XmlElement[], now: Instant): MetadataWarning[] {
  return elements.flatMap((element) => {
    const validUntil = element.attributes.get('validUntil');
    const until = validUntil === undefined ? undefined : parseInstant(validUntil);
    if (validUntil === undefined || until === undefined || until > now) return [];
    return [{ code: 'expired' as const, message: `the metadata was valid until ${validUntil.trim()}` }];
  });
}

import { Namespace, type Instant, type RelyingParty } from '../types.ts';
import { parseInstant } from '../xml/instant.ts';
import { parseXml, validateAgainstSchema, type XmlFault } from '../xml/parse.ts';
import type { XmlElement } from '../xml/tree.ts';
import {
  entitiesOf,
  entityIdOf,
  extractEntity,
  listServiceProviders,
  type ListedServiceProvider,
} from './aggregate.ts';
import { findRole } from './find-role.ts';
import { readRole, type RoleFault } from './service-provider-role.ts';
import { secondReadingDiffers } from './second-reading.ts';
import type { MetadataWarning } from './warning.ts';

export type MetadataFault =
  | XmlFault
  | 'not-metadata'
  | 'aggregate'
  | 'not-described'
  | 'no-service-provider'
  | 'readers-disagree'
  | RoleFault;

export type ServiceProviderMetadata =
  | { readonly ok: true; readonly relyingParty: RelyingParty; readonly warnings: readonly MetadataWarning[] }
  | {
      readonly ok: false;
      readonly reason: MetadataFault;
      /** For the person who brought the file: what is wrong, and where it can be said, what to do. */
      readonly detail: string;
      /** Of an aggregate when none of them was chosen. */
      readonly serviceProviders?: readonly ListedServiceProvider[];
    };

export interface MetadataReadOptions {
  /** For validUntil. */
  readonly now: Instant;
  /** The EntityID of the service provider that is meant; an aggregate describes many. */
  readonly entityId?: string | undefined;
  /** The longest document taken, in octets; default 2 MiB. */
  readonly maxBytes?: number;
}

export const METADATA_BYTES = 2 * 1024 * 1024;

type Refusal = Extract<ServiceProviderMetadata, { ok: false }>;
const refuse = (reason: MetadataFault, detail: string): Refusal => ({ ok: false, reason, detail });

/**
 * Reads the metadata of one service provider (saml-metadata-2.0 §2.4.4): safe, valid against the schema, of exactly one
 * entity that speaks SAML 2.0 and takes responses by HTTP-POST at web addresses. Of an aggregate the entity that was chosen
 * is read and the others are not looked at, so that a fault of one doesn't keep out its neighbours; without a choice the
 * refusal lists whom it describes. The signature of the document is not looked at: whoever brings the file vouches for it.
 * Never throws for what the text holds.
 */
export async function readServiceProviderMetadata(
  xml: string,
  { now, entityId, maxBytes = METADATA_BYTES }: MetadataReadOptions,
): Promise<ServiceProviderMetadata> {
  const parsed = await parseXml(xml, { maxBytes });
  if (!parsed.ok) return parsed;
  const misplaced = checkRoot(parsed.root);
  if (misplaced) return misplaced;
  const chosen = await choose(xml, parsed.root, entityId);
  if (!chosen.ok) return chosen;
  const valid = await validateAgainstSchema(chosen.xml, 'metadata');
  if (!valid.ok) return valid;
  const descriptor = findRole(chosen.entity);
  if (!descriptor.ok) return descriptor;
  const role = readRole(entityIdOf(chosen.entity), descriptor.role);
  if (!role.ok) return role;
  if (await secondReadingDiffers(chosen.xml, role.relyingParty)) {
    return refuse('readers-disagree', 'two independent readers understand this document differently');
  }
  const expiring = [...chosen.groups, chosen.entity, descriptor.role];
  return {
    ok: true,
    relyingParty: role.relyingParty,
    warnings: [...expiryWarnings(expiring, now), ...role.warnings],
  };
}

/** The service providers that a document describes, whether one or many, for somebody to choose from. Never throws for what it holds. */
export async function readServiceProviderList(
  xml: string,
  { maxCertificateBytes }: { readonly maxCertificateBytes?: number } = {},
): Promise<{ readonly ok: true; readonly serviceProviders: readonly ListedServiceProvider[] } | Refusal> {
  const parsed = await parseXml(xml, { maxBytes: METADATA_BYTES });
  if (!parsed.ok) return parsed;
  return (
    checkRoot(parsed.root) ?? {
      ok: true,
      serviceProviders: listServiceProviders(parsed.root, maxCertificateBytes),
    }
  );
}

function checkRoot(root: XmlElement): Refusal | undefined {
  const isMetadata =
    root.namespace === Namespace.metadata && ['EntityDescriptor', 'EntitiesDescriptor'].includes(root.name);
  if (isMetadata) return undefined;
  return refuse('not-metadata', `this is not SAML metadata: its outermost element is ${root.name}`);
}

/** How many service providers of an aggregate a message names. */
const NAMED = 3;

interface Chosen {
  readonly ok: true;
  readonly entity: XmlElement;
  /** The document of this entity alone. */
  readonly xml: string;
  /** The groups around it, whose validity ends that of all they hold. */
  readonly groups: readonly XmlElement[];
}

async function choose(
  xml: string,
  root: XmlElement,
  entityId: string | undefined,
): Promise<Chosen | Refusal> {
  const entities = entitiesOf(root);
  if (root.name === 'EntityDescriptor') {
    if (entityId === undefined || entityId === entityIdOf(root))
      return { ok: true, entity: root, xml, groups: [] };
    return refuse('not-described', `it describes ${entityIdOf(root)}, not ${entityId}`);
  }
  const count = `the file describes ${String(entities.length)} entities`;
  if (entityId === undefined) {
    const serviceProviders = listServiceProviders(root);
    const named = serviceProviders.slice(0, NAMED).map((each) => each.entityId);
    const more = serviceProviders.length > NAMED ? ', …' : '';
    const detail = `${count}, ${String(serviceProviders.length)} of them service providers (${named.join(', ')}${more}); give the entityId of the one that is meant`;
    return { ...refuse('aggregate', detail), serviceProviders };
  }
  const named = entities.filter((each) => entityIdOf(each) === entityId);
  const [entity] = named;
  if (!entity) return refuse('not-described', `${count}, none of which is ${entityId}`);
  const alone = await extractEntity(xml, entityId);
  if (alone === undefined)
    return refuse('not-described', `${entityId} is described ${String(named.length)} times`);
  return { ok: true, entity, xml: alone, groups: groupsAround(root, entity) };
}

function groupsAround(group: XmlElement, entity: XmlElement): XmlElement[] {
  if (!entitiesOf(group).includes(entity) || group === entity) return [];
  return [group, ...group.children.flatMap((child) => groupsAround(child, entity))];
}

function expiryWarnings(elements: readonly XmlElement[], now: Instant): MetadataWarning[] {
  return elements.flatMap((element) => {
    const validUntil = element.attributes.get('validUntil');
    const until = validUntil === undefined ? undefined : parseInstant(validUntil);
    if (validUntil === undefined || until === undefined || until > now) return [];
    return [{ code: 'expired' as const, message: `the metadata was valid until ${validUntil.trim()}` }];
  });
}

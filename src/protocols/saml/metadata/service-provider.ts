import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { nextTurn } from '../../../foundation/platform/turns.ts';
import { Namespace, type Instant, type RelyingParty } from '../types.ts';
import { parseInstant } from '../xml/instant.ts';
import type { BoundedXml } from '../xml/bounded-xml.ts';
import { METADATA_LIMITS } from '../xml/limits.ts';
import { parseXml, type XmlFault } from '../xml/parse.ts';
import { childrenOf, type XmlElement } from '../xml/tree.ts';
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
import { readValidEntity } from './valid-entity.ts';
import { firstOfEachCode, type MetadataWarning } from './warning.ts';

export type MetadataFault =
  | XmlFault
  | 'not-metadata'
  | 'aggregate'
  | 'not-described'
  | 'too-many'
  | 'no-service-provider'
  | 'readers-disagree'
  | RoleFault;

export type ServiceProviderMetadata =
  | { readonly ok: true; readonly relyingParty: RelyingParty; readonly warnings: readonly MetadataWarning[] }
  | {
      readonly ok: false;
      readonly reason: MetadataFault;
      /** What is wrong and, where possible, what to do; shown to the user who uploads the file. */
      readonly detail: string;
      /** The service providers of an aggregate, when no entityId was given. */
      readonly serviceProviders?: readonly ListedServiceProvider[];
    };

export interface MetadataReadOptions {
  /** Compared with validUntil. */
  readonly now: Instant;
  /** The EntityID of the service provider to read; an aggregate describes many. */
  readonly entityId?: string | undefined;
}

type Refusal = Extract<ServiceProviderMetadata, { ok: false }>;
const refuse = (reason: MetadataFault, detail: string): Refusal => ({ ok: false, reason, detail });

/**
 * Reads the metadata of one service provider (saml-metadata-2.0 §2.4.4). It must be safe, of limited size and shape,
 * and valid against the schema (but for `METADATA_RELAXATIONS`), and describe an entity that supports SAML 2.0 and receives responses by HTTP-POST at
 * web addresses. In an aggregate only the chosen entity is checked, so that a fault in another doesn't matter; without
 * `entityId` that is the only service provider, and of several the refusal lists all. The document's signature is not
 * checked: the administrator who uploads the file is responsible for it. Never throws, whatever the text contains.
 */
export async function readServiceProviderMetadata(
  text: string,
  { now, entityId }: MetadataReadOptions,
): Promise<ServiceProviderMetadata> {
  const parsed = await parseXml(text, METADATA_LIMITS);
  if (!parsed.ok) return parsed;
  const misplaced = checkRoot(parsed.root);
  if (misplaced) return misplaced;
  await nextTurn();
  const chosen = await choose(parsed.xml, parsed.root, entityId);
  if (!chosen.ok) return chosen;
  await nextTurn();
  const valid = await readValidEntity(chosen.xml);
  if (!valid.ok) return valid;
  const { entity } = valid;
  const descriptor = findRole(entity);
  if (!descriptor.ok) return descriptor;
  const role = readRole(entityIdOf(entity), descriptor.role);
  if (!role.ok) return role;
  await nextTurn();
  if (await secondReadingDiffers(valid.xml, role.relyingParty)) {
    return refuse('readers-disagree', 'two independent readers understand this document differently');
  }
  const expiring = [...chosen.groups, entity, descriptor.role];
  return {
    ok: true,
    relyingParty: role.relyingParty,
    warnings: firstOfEachCode([...valid.warnings, ...expiryWarnings(expiring, now), ...role.warnings]),
  };
}

/**
 * Lists the one or more service providers in a document, for the user to choose. Never throws, whatever it contains.
 */
export async function readServiceProviderList(
  text: string,
  { maxCertificateBytes }: { readonly maxCertificateBytes?: number } = {},
): Promise<{ readonly ok: true; readonly serviceProviders: readonly ListedServiceProvider[] } | Refusal> {
  const parsed = await parseXml(text, METADATA_LIMITS);
  if (!parsed.ok) return parsed;
  const misplaced = checkRoot(parsed.root);
  if (misplaced) return misplaced;
  await nextTurn();
  return { ok: true, serviceProviders: await listServiceProviders(parsed.root, maxCertificateBytes) };
}

function checkRoot(root: XmlElement): Refusal | undefined {
  const isMetadata =
    root.namespace === Namespace.metadata && ['EntityDescriptor', 'EntitiesDescriptor'].includes(root.name);
  if (isMetadata) return undefined;
  return refuse('not-metadata', `this is not SAML metadata: its outermost element is ${root.name}`);
}

/** How many service providers of an aggregate the message lists. */
const MAX_LISTED = 3;

interface Chosen {
  readonly ok: true;
  /** A document with the chosen entity alone. */
  readonly xml: string;
  /** The groups around the entity: their validUntil applies to it too. */
  readonly groups: readonly XmlElement[];
}

async function choose(
  xml: BoundedXml,
  root: XmlElement,
  entityId: string | undefined,
): Promise<Chosen | Refusal> {
  const entities = entitiesOf(root);
  if (root.name === 'EntityDescriptor') {
    if (entityId === undefined || entityId === entityIdOf(root)) return { ok: true, xml, groups: [] };
    return refuse('not-described', `it describes ${entityIdOf(root)}, not ${entityId}`);
  }
  const count = `the file describes ${String(entities.length)} entities`;
  const chosen = entityId ?? onlyServiceProviderOf(entities);
  if (chosen === undefined) return askWhich(root, count);
  const named = entities.filter((each) => entityIdOf(each) === chosen);
  const [entity] = named;
  if (!entity) return refuse('not-described', `${count}, none of which is ${chosen}`);
  const alone = await extractEntity(xml, chosen);
  if (alone === undefined)
    return refuse('not-described', `${chosen} is described ${String(named.length)} times`);
  return { ok: true, xml: alone, groups: groupsAround(root, entity) };
}

/** The EntityID of a group's only service provider: then nobody needs to choose. */
function onlyServiceProviderOf(entities: readonly XmlElement[]): string | undefined {
  const [only, second] = entities.filter(
    (entity) => childrenOf(entity, Namespace.metadata, 'SPSSODescriptor').length > 0,
  );
  return only && !second ? entityIdOf(only) : undefined;
}

async function askWhich(root: XmlElement, count: string): Promise<Refusal> {
  const serviceProviders = await listServiceProviders(root);
  if (serviceProviders.length === 0) {
    return refuse('no-service-provider', `${count}, none of which is a service provider`);
  }
  const named = serviceProviders.slice(0, MAX_LISTED).map((each) => each.entityId);
  const more = serviceProviders.length > MAX_LISTED ? ', …' : '';
  const detail = `${count}, ${String(serviceProviders.length)} of them service providers (${named.join(', ')}${more}); give the entityId of the one that is meant`;
  return { ...refuse('aggregate', detail), serviceProviders };
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
    return [
      { code: 'expired' as const, message: `the metadata was valid until ${excerpt(validUntil.trim())}` },
    ];
  });
}

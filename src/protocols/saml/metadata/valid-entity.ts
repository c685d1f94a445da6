import { nextTurn } from '../../../foundation/platform/turns.ts';
import { Namespace } from '../types.ts';
import type { BoundedXml } from '../xml/bounded-xml.ts';
import { ENTITY_LIMITS } from '../xml/limits.ts';
import { parseXml, type ParsedXml } from '../xml/parse.ts';
import type { XmlElement } from '../xml/tree.ts';
import { writeXml } from '../xml/write.ts';
import { findExcess } from './find-excess.ts';
import { mendEntity } from './mend.ts';
import type { MetadataWarning } from './warning.ts';

export type ValidEntity =
  | {
      readonly ok: true;
      readonly entity: XmlElement;
      /** The text as it was given. */
      readonly xml: BoundedXml;
      readonly warnings: readonly MetadataWarning[];
    }
  | Refusal;

type Fault = Extract<ParsedXml, { ok: false }>;
type Refusal = Fault | { readonly ok: false; readonly reason: 'too-many'; readonly detail: string };

/**
 * Reads an EntityDescriptor that is valid against the schema, or that can be mended by `METADATA_RELAXATIONS`, and has no
 * more than `findExcess` allows. What is returned is what was validated.
 */
export async function readValidEntity(text: string): Promise<ValidEntity> {
  const strict = await parseXml(text, ENTITY_LIMITS, 'metadata');
  if (strict.ok) {
    return refuseExcess(strict.root) ?? { ok: true, entity: strict.root, xml: strict.xml, warnings: [] };
  }
  if (strict.reason !== 'schema-invalid') return strict;
  await nextTurn();
  const read = await parseXml(text, ENTITY_LIMITS);
  if (!read.ok) return read;
  const { xml } = read;
  // Before mending, which also leaves parts out: to validate thousands of oddities three times blocks the server.
  const refusal = refuseExcess(read.root);
  if (refusal) return refusal;
  const { entity, warnings } = mendEntity(read.root);
  const fault = await findFault(entity);
  if (!fault) return { ok: true, entity, xml, warnings };
  const bare = withoutUnreadParts(entity);
  const remaining = await findFault(bare);
  if (remaining) return isSame(strict, remaining) ? strict : remaining;
  const message = `parts that are not read are left out, since they are not valid: ${fault.detail}`;
  return { ok: true, entity: bare, xml, warnings: [...warnings, { code: 'part-not-valid', message }] };
}

function refuseExcess(entity: XmlElement): Refusal | undefined {
  const detail = findExcess(entity);
  return detail === undefined ? undefined : { ok: false, reason: 'too-many', detail };
}

const LINE = /^line \d+: /;

/** The detail doesn't name a line, since those of the written text are not those of the document. */
async function findFault(entity: XmlElement): Promise<Fault | undefined> {
  await nextTurn();
  const parsed = await parseXml(writeXml(entity), ENTITY_LIMITS, 'metadata');
  return parsed.ok ? undefined : { ...parsed, detail: parsed.detail.replace(LINE, '') };
}

const isSame = (strict: Fault, other: Fault): boolean => strict.detail.replace(LINE, '') === other.detail;

const UNREAD = new Set([
  ...['Extensions', 'Organization', 'ContactPerson', 'AdditionalMetadataLocation'],
  ...['IDPSSODescriptor', 'AuthnAuthorityDescriptor', 'AttributeAuthorityDescriptor', 'PDPDescriptor'],
  ...['ArtifactResolutionService', 'ManageNameIDService', 'AttributeConsumingService'],
]);

/** Without the optional parts of an entity and its roles that nothing reads. */
function withoutUnreadParts(element: XmlElement): XmlElement {
  const isUnread = ({ namespace, name, attributes }: XmlElement) =>
    namespace === Namespace.metadata &&
    (UNREAD.has(name) || (name === 'KeyDescriptor' && attributes.get('use') === 'encryption'));
  const children = element.children.filter((child) => !isUnread(child));
  return { ...element, children: children.map(withoutUnreadParts) };
}

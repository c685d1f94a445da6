import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { Namespace } from '../types.ts';
import type { XmlElement } from '../xml/tree.ts';
import { inSchemaOrder } from './schema-order.ts';
import type { MetadataWarning } from './warning.ts';

/** An entity as the schema wants it, and what had to be changed for that. */
export interface Mended {
  readonly entity: XmlElement;
  readonly warnings: readonly MetadataWarning[];
}

/**
 * Mends what real products write otherwise than the schema demands, by the rules of `METADATA_RELAXATIONS`. It changes
 * nothing of a valid entity. The result may still be invalid, and must be validated: it is what is read afterwards.
 */
export function mendEntity(entity: XmlElement): Mended {
  const warnings = new Map<string, MetadataWarning>();
  const warn = (code: MetadataWarning['code'], message: string) =>
    void warnings.set(`${code} ${message}`, { code, message });
  const roles = entity.children.filter((child) => isMetadata(child, 'SPSSODescriptor'));
  const mended = mendElement(entity, { isOnlyRole: roles.length === 1, warn });
  return { entity: mended, warnings: [...warnings.values()] };
}

interface Circumstances {
  readonly isOnlyRole: boolean;
  readonly warn: (code: MetadataWarning['code'], message: string) => void;
}

const isMetadata = (element: XmlElement, name: string): boolean =>
  element.name === name && element.namespace === Namespace.metadata;

function mendElement(element: XmlElement, circumstances: Circumstances): XmlElement {
  if (element.namespace !== Namespace.metadata) return element;
  const { warn } = circumstances;
  const indexed = withIndexes(element.children, warn);
  const ordered = inSchemaOrder(element.name, indexed);
  if (ordered !== indexed)
    warn('parts-out-of-order', `the parts of ${element.name} are not in the schema’s order`);
  return {
    ...element,
    attributes: mendAttributes(element, circumstances),
    children: ordered.map((child) => mendElement(child, circumstances)),
  };
}

const INDEXED = ['AssertionConsumerService', 'ArtifactResolutionService', 'AttributeConsumingService'];

const hasNoValue = ({ attributes }: XmlElement, name: string): boolean =>
  (attributes.get(name) ?? '').trim() === '';

/** Gives the elements without an index the lowest ones that no other element of the name has. */
function withIndexes(children: readonly XmlElement[], warn: Circumstances['warn']): readonly XmlElement[] {
  const lacking = (child: XmlElement) =>
    INDEXED.some((name) => isMetadata(child, name)) && hasNoValue(child, 'index');
  if (!children.some(lacking)) return children;
  const next = new Map<string, number>();
  const taken = new Set(
    children.map(({ name, attributes }) => `${name} ${Number(attributes.get('index')?.trim() || NaN)}`),
  );
  return children.map((child) => {
    if (!lacking(child)) return child;
    let index = next.get(child.name) ?? 0;
    while (taken.has(`${child.name} ${index}`)) index += 1;
    next.set(child.name, index + 1);
    const location = child.attributes.get('Location');
    warn(
      'index-missing',
      `${child.name}${location === undefined ? '' : ` ${excerpt(location)}`} has no index, and gets ${index}`,
    );
    return { ...child, attributes: new Map(child.attributes).set('index', String(index)) };
  });
}

const BOOLEANS = [
  'isDefault',
  'isRequired',
  'AuthnRequestsSigned',
  'WantAssertionsSigned',
  'WantAuthnRequestsSigned',
];
const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;
const DURATION = /^-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/;
const NAME = /^[\p{L}_][\p{L}\p{N}._-]*$/u;
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  ['validUntil', DATE_TIME],
  ['cacheDuration', DURATION],
  ['ID', NAME],
]);

function mendAttributes(
  element: XmlElement,
  { isOnlyRole, warn }: Circumstances,
): ReadonlyMap<string, string> {
  const mended = new Map(element.attributes);
  for (const [name, value] of element.attributes) {
    const text = value.trim();
    if (BOOLEANS.includes(name) && /^(?:true|false)$/i.test(text) && text !== text.toLowerCase()) {
      warn('boolean-in-capitals', `${name} is ${text}, and is read as ${text.toLowerCase()}`);
      mended.set(name, text.toLowerCase());
    }
    const form = FORMS.get(name);
    // A month 13 has the form of a time, and isn't one.
    const isReadable =
      !form || (form.test(text) && (name !== 'validUntil' || !Number.isNaN(Date.parse(text))));
    if (isReadable) continue;
    warn('attribute-unreadable', `${name} is “${excerpt(text)}”, which can’t be read, and is left out`);
    mended.delete(name);
  }
  if (
    isOnlyRole &&
    isMetadata(element, 'SPSSODescriptor') &&
    !element.attributes.has('protocolSupportEnumeration')
  ) {
    warn(
      'protocol-missing',
      'the SPSSODescriptor has no protocolSupportEnumeration, and is read as one of SAML 2.0',
    );
    mended.set('protocolSupportEnumeration', Namespace.protocol);
  }
  return mended;
}

import assert from 'node:assert/strict';
import { Namespace } from '../../../src/protocols/saml/types.ts';
import { parseXml } from '../../../src/protocols/saml/xml/parse.ts';
import { childOf, childrenOf, type XmlElement } from '../../../src/protocols/saml/xml/tree.ts';
import { textOf, type Answer } from '../servers/browserless.ts';
import { WIDE } from './bounded.ts';

/** The form that a delivery page posts to the service provider. */
export interface DeliveryForm {
  action: string;
  samlResponse: string;
  /** Undefined when the form has no such field. */
  relayState: string | undefined;
}

/** The parts of a schema-valid response that tests look at. */
export interface ReadResponse {
  xml: string;
  root: XmlElement;
  /** The status codes, from the top level down. */
  status: string[];
  assertion: XmlElement | undefined;
}

/** The form of a delivery page. Values may contain anything, including `>`, quotes and line breaks. */
export function deliveryOf(page: Answer): DeliveryForm {
  const [, attributes = '', inner = ''] =
    [...page.body.matchAll(/<form((?:[^>"]|"[^"]*")*)>(.*?)<\/form>/gs)].find(([, each]) =>
      each?.includes('data-deliver'),
    ) ?? assert.fail(`not a delivery page: ${page.status} ${textOf(page).slice(0, 300)}`);
  const fields = new Map<string, string>();
  for (const [, input = ''] of inner.matchAll(/<input((?:[^>"]|"[^"]*")*)>/g)) {
    fields.set(attribute(input, 'name') ?? '', attribute(input, 'value') ?? '');
  }
  const samlResponse = fields.get('SAMLResponse');
  assert.ok(samlResponse !== undefined, 'the form carries no response');
  return {
    action: attribute(attributes, 'action') ?? '',
    samlResponse,
    relayState: fields.get('RelayState'),
  };
}

/** The response on a delivery page, which must be valid against the schema. */
export async function responseOf(page: Answer): Promise<ReadResponse> {
  return readResponse(Buffer.from(deliveryOf(page).samlResponse, 'base64').toString());
}

/** A response, which must be valid against the schema. */
export async function readResponse(xml: string): Promise<ReadResponse> {
  const parsed = await parseXml(xml, WIDE, 'protocol');
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.detail);
  const { root } = parsed;
  const status: string[] = [];
  let code = childOf(childOf(root, Namespace.protocol, 'Status') ?? root, Namespace.protocol, 'StatusCode');
  for (; code; code = childOf(code, Namespace.protocol, 'StatusCode'))
    status.push(code.attributes.get('Value') ?? '');
  return { xml, root, status, assertion: childOf(root, Namespace.assertion, 'Assertion') };
}

/** The descendant of an assertion at the end of a path of local names. Throws when there is none. */
export function descendant(element: XmlElement | undefined, ...path: string[]): XmlElement {
  let found = element;
  for (const name of path) found = found && childOf(found, Namespace.assertion, name);
  assert.ok(found, `there is no ${path.join('/')}`);
  return found;
}

/** The attributes of an assertion: their values by name. */
export function attributesOf(assertion: XmlElement | undefined): Record<string, string[]> {
  const statement = assertion && childOf(assertion, Namespace.assertion, 'AttributeStatement');
  if (!statement) return {};
  return Object.fromEntries(
    childrenOf(statement, Namespace.assertion, 'Attribute').map((each) => [
      each.attributes.get('Name') ?? '',
      childrenOf(each, Namespace.assertion, 'AttributeValue').map(({ text }) => text),
    ]),
  );
}

/** The instant in an attribute, in milliseconds. */
export function instantOf(element: XmlElement, name: string): number {
  const value = Date.parse(element.attributes.get(name) ?? '');
  assert.ok(!Number.isNaN(value), `${name} is not an instant`);
  return value;
}

function attribute(markup: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(markup)?.[1];
  return value
    ?.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(
      /&(lt|gt|quot|amp);/g,
      (_, entity: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[entity] ?? '',
    );
}

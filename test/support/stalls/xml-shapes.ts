import { deflateRawSync } from 'node:zlib';
import { rsaCertificate } from '../applications/odd-keys.ts';
import { repeat } from './shape.ts';

/** XML that is hostile to a parser, or to what reads it; `size` is in bytes. */
export interface XmlShape {
  readonly name: string;
  readonly xml: (size: number) => string;
}

const NAMESPACES =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"';
const wrapped = (content: string, attributes = '') =>
  `<samlp:Response ${NAMESPACES} ID="_a" Version="2.0" IssueInstant="2026-01-01T00:00:00Z"${attributes}>${content}</samlp:Response>`;
const HEAD = wrapped('').length;
const numbered = (count: number, make: (index: number) => string) =>
  Array.from({ length: Math.floor(count) }, (_, index) => make(index)).join('');

export const XML_SHAPES: readonly XmlShape[] = Object.entries<(size: number) => string>({
  'empty elements': (size) => wrapped(repeat('<a/>', size - HEAD)),
  'deep elements': (size) =>
    wrapped(repeat('<a>', (size - HEAD) / 2.4) + repeat('</a>', ((size - HEAD) / 2.4 / 3) * 4)),
  'attributes of one element': (size) =>
    wrapped(
      '',
      numbered(size / 12, (index) => ` a${index}=""`),
    ),
  'namespaces of one element': (size) =>
    wrapped(
      '',
      numbered(size / 18, (index) => ` xmlns:n${index}="u"`),
    ),
  'namespaces of every element': (size) =>
    wrapped(numbered(size / 24, (index) => `<n:a xmlns:n="u${index}"/>`)),
  'nested namespaces': (size) =>
    wrapped(
      numbered(size / 40, (index) => `<n${index}:a xmlns:n${index}="u">`) +
        numbered(size / 40, (index) => `</n${Math.floor(size / 40) - 1 - index}:a>`),
    ),
  'one long text': (size) => wrapped(repeat('a', size - HEAD)),
  entities: (size) => wrapped(repeat('&amp;', size - HEAD)),
  'character references': (size) => wrapped(repeat('&#65;', size - HEAD)),
  comments: (size) => wrapped(repeat('<!---->', size - HEAD)),
  'processing instructions': (size) => wrapped(repeat('<?a?>', size - HEAD)),
  'character data sections': (size) => wrapped(repeat('<![CDATA[]]>', size - HEAD)),
  'blank lines': (size) => wrapped(repeat('\r\n', size - HEAD)),
  'a document type': (size) => `<!DOCTYPE a [${repeat('<!ENTITY a "b">', size - 100)}]><a/>`,
  'unclosed tags': (size) => repeat('<', size),
  signatures: (size) =>
    wrapped(
      repeat(
        '<ds:Signature><ds:SignedInfo><ds:Reference URI="#_a"/></ds:SignedInfo></ds:Signature>',
        size - HEAD,
      ),
    ),
  'references of one signature': (size) =>
    wrapped(
      `<ds:Signature><ds:SignedInfo>${repeat('<ds:Reference URI="#_a"/>', size - HEAD - 200)}</ds:SignedInfo></ds:Signature>`,
    ),
  'the same ID': (size) => wrapped(repeat('<saml:Assertion ID="_a"/>', size - HEAD)),
  assertions: (size) => wrapped(numbered((size - HEAD) / 32, (index) => `<saml:Assertion ID="_${index}"/>`)),
  'service providers': (size) =>
    `<md:EntitiesDescriptor ${NAMESPACES}>${numbered(
      (size - 400) / 340,
      (index) =>
        `<md:EntityDescriptor entityID="https://a${index}.example/"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://a.example/"/></md:SPSSODescriptor></md:EntityDescriptor>`,
    )}</md:EntitiesDescriptor>`,
  'service providers with certificates': (size) =>
    `<md:EntitiesDescriptor ${NAMESPACES}>${numbered(
      (size - 400) / 900,
      (index) =>
        `<md:EntityDescriptor entityID="https://a${index}.example/"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${rsaCertificate(1024, index)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://a.example/"/></md:SPSSODescriptor></md:EntityDescriptor>`,
    )}</md:EntitiesDescriptor>`,
  'a service provider with many certificates': (size) =>
    entity(
      numbered(
        (size - 1000) / 640,
        (index) =>
          `<md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${rsaCertificate(1024, index)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
      ),
    ),
  'a service provider with many addresses': (size) =>
    entity(
      '',
      numbered(
        (size - 1000) / 160,
        (index) =>
          `<md:AssertionConsumerService index="${index % 60_000}" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://a.example/${index}"/>`,
      ),
    ),
}).map(([name, xml]) => ({ name, xml }));

function entity(keys: string, services = ''): string {
  return `<md:EntityDescriptor ${NAMESPACES} entityID="https://a.example/"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys}${services}<md:AssertionConsumerService index="65000" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://a.example/"/></md:SPSSODescriptor></md:EntityDescriptor>`;
}

/** A form with one message by HTTP-POST. */
export const postForm = (name: string, xml: string): string =>
  new URLSearchParams({ [name]: Buffer.from(xml).toString('base64') }).toString();

/** The query of one message by HTTP-Redirect. */
export const redirectQuery = (name: string, xml: string): string =>
  new URLSearchParams({ [name]: deflateRawSync(xml).toString('base64') }).toString();

export type DangerousConstruct = 'doctype' | 'processing-instruction';

const XML_DECLARATION = /^\uFEFF?<\?xml\s[^<>?]*\?>/;

/**
 * Finds document type declarations and processing instructions in text that no parser has seen yet. SAML needs neither
 * (saml-core-2.0 §1.3 builds on schemas alone), and both are where parsers differ: external entities read files and the
 * network, entities expand, instructions split text nodes. Looking at the raw text also refuses them inside comments and
 * CDATA: harmless there, and no real message has them.
 */
export function findDangerousConstruct(xml: string): DangerousConstruct | undefined {
  const declaration = XML_DECLARATION.exec(xml)?.[0] ?? '';
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(xml)) return 'doctype';
  if (xml.includes('<?', declaration.length)) return 'processing-instruction';
  return undefined;
}

export type DangerousConstruct = 'doctype' | 'processing-instruction';

const XML_DECLARATION = /^\uFEFF?<\?xml\s[^<>?]*\?>/;

/**
 * Finds document type declarations and processing instructions in text before a parser reads it. SAML needs neither
 * (saml-core-2.0 §1.3 uses only schemas), and both are dangerous: external entities read files and the network,
 * nested entities exhaust memory, and instructions split text nodes. They are also found inside comments and CDATA,
 * where they are harmless, but no real message has them there.
 */
export function findDangerousConstruct(xml: string): DangerousConstruct | undefined {
  const declaration = XML_DECLARATION.exec(xml)?.[0] ?? '';
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(xml)) return 'doctype';
  if (xml.includes('<?', declaration.length)) return 'processing-instruction';
  return undefined;
}

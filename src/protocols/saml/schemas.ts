import { existsSync, readFileSync } from 'node:fs';

/** The schemas that a document can be validated against. */
export type SchemaName = 'protocol' | 'metadata';

/** The base URL under which our copies are registered with the parser. */
const OWN = 'vestibule:/schemas/';

/**
 * The URLs by which the published schemas import each other, and our copy of each. The copies are unmodified. Nothing
 * is fetched: a URL that isn't in this list can't be read.
 */
const FILES: Readonly<Record<string, string>> = {
  'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd': 'xmldsig-core-schema.xsd',
  'http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xmldsig-core-schema.xsd': 'xmldsig-core-schema.xsd',
  'http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd': 'xenc-schema.xsd',
  'http://www.w3.org/2001/xml.xsd': 'xml.xsd',
  [`${OWN}saml-schema-assertion-2.0.xsd`]: 'saml-schema-assertion-2.0.xsd',
  [`${OWN}saml-schema-protocol-2.0.xsd`]: 'saml-schema-protocol-2.0.xsd',
  [`${OWN}saml-schema-metadata-2.0.xsd`]: 'saml-schema-metadata-2.0.xsd',
};

/** The URL of each schema's main document. */
export const schemaAddress: Readonly<Record<SchemaName, string>> = {
  protocol: `${OWN}saml-schema-protocol-2.0.xsd`,
  metadata: `${OWN}saml-schema-metadata-2.0.xsd`,
};

/**
 * Reads every schema document, by URL. The folder `schemas` is beside this module in the source tree; for a bundle it
 * is beside the running file, or one folder above. Throws when a file is missing, since the installation is then
 * broken.
 */
export function readSchemas(folder: URL = schemaFolder()): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(FILES).map(([address, file]) => [address, readFileSync(new URL(file, folder))]),
  );
}

function schemaFolder(): URL {
  const beside = new URL('./schemas/', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../schemas/', import.meta.url);
}

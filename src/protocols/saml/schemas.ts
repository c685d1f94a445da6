import { existsSync, readFileSync } from 'node:fs';

/** The vocabularies that a message can be checked against. */
export type SchemaName = 'protocol' | 'metadata';

/** The address under which our own copies are registered with the parser; never resolved by anything else. */
const OWN = 'vestibule:/schemas/';

/**
 * The addresses that the standard's schemas import each other by, and the file that answers for each. The files stay as
 * their owners published them, and nothing is fetched: an address that isn't here can't be read.
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

/** Where a schema begins. */
export const schemaAddress: Readonly<Record<SchemaName, string>> = {
  protocol: `${OWN}saml-schema-protocol-2.0.xsd`,
  metadata: `${OWN}saml-schema-metadata-2.0.xsd`,
};

/**
 * Reads every schema, by address. The folder `schemas` lies beside this module in the source tree; in a bundle beside the
 * running file or one folder above it. Throws when a file is missing: the installation is broken.
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

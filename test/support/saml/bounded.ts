import assert from 'node:assert/strict';
import type { SchemaName } from '../../../src/protocols/saml/schemas.ts';
import { boundXml, type BoundedXml } from '../../../src/protocols/saml/xml/bounded-xml.ts';
import type { XmlLimits } from '../../../src/protocols/saml/xml/limits.ts';
import { parseXml, type XmlFault } from '../../../src/protocols/saml/xml/parse.ts';

/** Far more than any test's text needs that isn't about limits. */
export const WIDE: XmlLimits = { bytes: 1 << 20, nodes: 50_000 };

/** The text as the libraries take it; fails when its shape is refused. */
export function bounded(text: string): BoundedXml {
  const verdict = boundXml(text, WIDE);
  assert.ok(verdict.ok, verdict.ok ? '' : verdict.detail);
  return verdict.xml;
}

/** Whether a text is valid against a schema: `{ ok: true }` or what is wrong. */
export async function validateAgainstSchema(
  text: string,
  schema: SchemaName,
): Promise<{ ok: true } | { ok: false; reason: XmlFault; detail: string }> {
  const parsed = await parseXml(text, WIDE, schema);
  return parsed.ok ? { ok: true } : parsed;
}

import { inflateRawSync } from 'node:zlib';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import type { XmlElement } from '../../../../src/protocols/saml/xml/tree.ts';
import { formOf, textOf, type Answer } from '../../../support/servers/browserless.ts';
import { WIDE } from '../../../support/saml/bounded.ts';

export const parsePage = (page: Answer) => formOf(page);

/** The AuthnRequest of either binding, which must be valid against the schema. */
export async function requestOf(message: { redirect: string } | { post: string }): Promise<XmlElement> {
  const xml =
    'redirect' in message
      ? inflateRawSync(Buffer.from(message.redirect, 'base64')).toString('utf8')
      : Buffer.from(message.post, 'base64').toString('utf8');
  const parsed = await parseXml(xml, WIDE, 'protocol');
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${parsed.detail}`);
  return parsed.root;
}

/** The text after a label on a page of facts, without markup. */
export function factOf(page: Answer, label: string): string | undefined {
  const markup = new RegExp(`<dt>${label}</dt><dd>(.*?)</dd>`, 's').exec(page.body)?.[1];
  return markup === undefined ? undefined : textOf({ ...page, body: markup });
}

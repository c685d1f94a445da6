/** Stands for what was taken out. Eight characters of base64, so that a redacted message is still valid. */
export const REDACTED = 'redacted';

/**
 * Elements whose text says something of a person, or proves something. The digest is among them: who knows all of an
 * assertion but one value could find that out by trying. What is encrypted may be decrypted by somebody.
 */
const SECRET: ReadonlySet<string> = new Set([
  ...['NameID', 'BaseID', 'EncryptedID', 'NewID', 'NewEncryptedID', 'AttributeValue'],
  ...['EncryptedAttribute', 'EncryptedAssertion', 'SignatureValue', 'DigestValue', 'Object'],
  ...['StatusMessage', 'StatusDetail', 'Extensions', 'Advice'],
]);

/** Where somebody is (saml-core-2.0 §2.4.1.2, §2.7.2.1). */
const ADDRESSES = /(\s(?:Address|DNSName)\s*=\s*)(?:"[^"]*"|'[^']*')/g;
/** Attributes that aren't declarations of a namespace. */
const VALUES = /(\s(?!xmlns)[^\s=]+\s*=\s*)(?:"[^"]*"|'[^']*')/g;

const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)((?:[^\s<>/=!?:]+:)?)([^\s<>/=!?:]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;

/**
 * A message of SAML without what it says of a person and without what makes its signatures genuine: the elements, their
 * order, identifiers, times and addresses of the two parties stay. It reads well-formed XML without a document type, as all
 * is that gets as far as being kept; of anything else nothing is left. Pure.
 */
export function redactMessage(xml: string): string {
  let redacted = '';
  /** How many elements are open from the outermost secret one inwards; 0: none. */
  let depth = 0;
  let position = 0;
  while (position < xml.length) {
    MARKUP.lastIndex = position;
    const match = MARKUP.exec(xml);
    if (match === null) return `<${REDACTED}></${REDACTED}>`;
    position = MARKUP.lastIndex;
    const [piece, closing, prefix = '', name, attributes = '', empty = ''] = match;
    if (name === undefined) {
      redacted += depth > 0 ? hidden(piece, redacted) : kept(piece);
    } else if (closing === '/') {
      if (depth > 0) depth -= 1;
      redacted += piece;
    } else {
      const values = depth > 0 ? attributes.replace(VALUES, `$1"${REDACTED}"`) : attributes;
      redacted += `<${prefix}${name}${values.replace(ADDRESSES, `$1"${REDACTED}"`)}${empty}>`;
      if (empty === '' && (depth > 0 || SECRET.has(name))) depth += 1;
    }
  }
  return redacted;
}

/** Nobody knows what a comment or an instruction is about; the XML declaration is neither. */
const kept = (text: string): string => (/^<(?:!--|\?(?!xml\s))/.test(text) ? '' : text);

/** Once for text that comes in pieces; space between elements stays, and a comment is none of the text. */
function hidden(text: string, before: string): string {
  if (text.startsWith('<!--') || text.startsWith('<?') || before.endsWith(REDACTED)) return '';
  return text.trim() === '' ? text : REDACTED;
}

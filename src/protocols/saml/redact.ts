/** Replaces removed text. It is eight characters of base64, so that a redacted message stays valid. */
export const REDACTED = 'redacted';

/**
 * Elements whose text is personal, or makes a signature genuine. DigestValue is one of them because an attacker who
 * knows all of an assertion except one value could guess that value and compare digests. Encrypted elements are
 * included because the service provider can decrypt them.
 */
const SECRET: ReadonlySet<string> = new Set([
  ...['NameID', 'BaseID', 'EncryptedID', 'NewID', 'NewEncryptedID', 'AttributeValue'],
  ...['EncryptedAttribute', 'EncryptedAssertion', 'SignatureValue', 'DigestValue', 'Object'],
  ...['StatusMessage', 'StatusDetail', 'Extensions', 'Advice'],
  // Both may contain anything (saml-core-2.0 §2.4.1.2, §2.7.2.2).
  ...['SubjectConfirmationData', 'AuthnContextDecl'],
]);

/**
 * Attributes with a user's network address (saml-core-2.0 §2.4.1.2, §2.7.2.1) or name at the service provider
 * (§2.2.2).
 */
const PERSONAL: ReadonlySet<string> = new Set(['Address', 'DNSName', 'SPProvidedID']);

/** One attribute. Matching them in sequence keeps text inside a value from being mistaken for an attribute. */
const ATTRIBUTE = /(\s([^\s<>/=]+)\s*=\s*)(?:"[^"]*"|'[^']*')/g;

const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)((?:[^\s<>/=!?:]+:)?)([^\s<>/=!?:]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;

/**
 * Removes personal data and signature values from a SAML message. Its elements, their order, identifiers, times and
 * the addresses of both parties stay. It expects well-formed XML without a document type, which every stored message
 * is, and returns nothing of any other text. Pure.
 */
export function redactMessage(xml: string): string {
  // Joined at the end: checking the end of a growing string would copy all of it each time.
  const pieces: string[] = [];
  /** How many elements are open, counted from the outermost secret one; 0 outside secret elements. */
  let depth = 0;
  let position = 0;
  while (position < xml.length) {
    MARKUP.lastIndex = position;
    const match = MARKUP.exec(xml);
    if (match === null) return `<${REDACTED}></${REDACTED}>`;
    position = MARKUP.lastIndex;
    const [piece, closing, prefix = '', name, attributes = '', empty = ''] = match;
    if (name === undefined) {
      const left = depth > 0 ? redactText(piece, pieces.at(-1)) : removeComment(piece);
      if (left !== '') pieces.push(left);
    } else if (closing === '/') {
      if (depth > 0) depth -= 1;
      pieces.push(piece);
    } else {
      pieces.push(
        `<${prefix}${name}${redactAttributes(attributes, depth > 0 ? isNotNamespace : isPersonal)}${empty}>`,
      );
      if (empty === '' && (depth > 0 || SECRET.has(name))) depth += 1;
    }
  }
  return pieces.join('');
}

function redactAttributes(attributes: string, isSecret: (name: string) => boolean): string {
  return attributes.replace(ATTRIBUTE, (attribute: string, start: string, name: string) =>
    isSecret(name) ? `${start}"${REDACTED}"` : attribute,
  );
}

const isNotNamespace = (name: string): boolean => name !== 'xmlns' && !name.startsWith('xmlns:');

/** Attributes of foreign namespaces may contain anything (saml-core-2.0 §2.4.1.2). */
const isPersonal = (name: string): boolean =>
  PERSONAL.has(name) || (name.includes(':') && !/^(?:xmlns|xml|xsi):/.test(name));

/** Comments and processing instructions may contain anything, and are removed; the XML declaration stays. */
const removeComment = (text: string): string => (/^<(?:!--|\?(?!xml\s))/.test(text) ? '' : text);

/** Replaces text, once for text in several pieces. White space between elements stays; comments are removed. */
function redactText(text: string, before: string | undefined): string {
  if (text.startsWith('<!--') || text.startsWith('<?') || before === REDACTED) return '';
  return text.trim() === '' ? text : REDACTED;
}

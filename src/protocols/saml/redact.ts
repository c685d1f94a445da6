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
  // Both may hold anything (saml-core-2.0 §2.4.1.2, §2.7.2.2).
  ...['SubjectConfirmationData', 'AuthnContextDecl'],
]);

/** Where somebody is (saml-core-2.0 §2.4.1.2, §2.7.2.1), and what the service provider calls them (§2.2.2). */
const PERSONAL: ReadonlySet<string> = new Set(['Address', 'DNSName', 'SPProvidedID']);

/** An attribute; read one after the other, so that nothing inside of a value is taken for one. */
const ATTRIBUTE = /(\s([^\s<>/=]+)\s*=\s*)(?:"[^"]*"|'[^']*')/g;

const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)((?:[^\s<>/=!?:]+:)?)([^\s<>/=!?:]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;

/**
 * A message of SAML without what it says of a person and without what makes its signatures genuine: the elements, their
 * order, identifiers, times and addresses of the two parties stay. It reads well-formed XML without a document type, as all
 * is that gets as far as being kept; of anything else nothing is left. Pure.
 */
export function redactMessage(xml: string): string {
  // Put together at the end: looking at what a growing text ends with copies all of it each time.
  const pieces: string[] = [];
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
      const left = depth > 0 ? hidden(piece, pieces.at(-1)) : kept(piece);
      if (left !== '') pieces.push(left);
    } else if (closing === '/') {
      if (depth > 0) depth -= 1;
      pieces.push(piece);
    } else {
      pieces.push(
        `<${prefix}${name}${withoutPerson(attributes, depth > 0 ? isNoNamespace : isPersonal)}${empty}>`,
      );
      if (empty === '' && (depth > 0 || SECRET.has(name))) depth += 1;
    }
  }
  return pieces.join('');
}

function withoutPerson(attributes: string, isSecret: (name: string) => boolean): string {
  return attributes.replace(ATTRIBUTE, (attribute: string, start: string, name: string) =>
    isSecret(name) ? `${start}"${REDACTED}"` : attribute,
  );
}

const isNoNamespace = (name: string): boolean => name !== 'xmlns' && !name.startsWith('xmlns:');

/** Attributes that others have added to SAML's may say anything (saml-core-2.0 §2.4.1.2). */
const isPersonal = (name: string): boolean =>
  PERSONAL.has(name) || (name.includes(':') && !/^(?:xmlns|xml|xsi):/.test(name));

/** Nobody knows what a comment or an instruction is about; the XML declaration is neither. */
const kept = (text: string): string => (/^<(?:!--|\?(?!xml\s))/.test(text) ? '' : text);

/** Once for text that comes in pieces; space between elements stays, and a comment is none of the text. */
function hidden(text: string, before: string | undefined): string {
  if (text.startsWith('<!--') || text.startsWith('<?') || before === REDACTED) return '';
  return text.trim() === '' ? text : REDACTED;
}

import { mutateText, BREAKING_TEXTS, type Draw } from './mutate.ts';

/** Valid XML with a document type, an entity or a processing instruction, which a parser would obey. */
export function declareInXml(xml: string, { pick }: Draw): string {
  const entity = '<!DOCTYPE x [<!ENTITY e "f">]>';
  return pick([
    () => `<!DOCTYPE x>${xml}`,
    () => entity + xml.replace(/>([^<>]+)</, '>$1&e;<'),
    () => entity + xml.replace(/="([^"]+)"( [\w:]+="[^"]*")?>/, '="$1&e;"$2>'),
    () => `<!DOCTYPE x [<!ATTLIST samlp:AuthnRequest ForceAuthn CDATA "true">]>${xml}`,
    () => `<?x y?>${xml}`,
    () => xml.replace(/>([^<>]+)</, '><?x y?>$1<'),
  ])();
}

/** Mutates XML that was valid. */
export function mutateXml(xml: string, draw: Draw): string {
  const { pick, below } = draw;
  const replaceOne = (pattern: RegExp, make: (match: string) => string) => {
    const matches = [...xml.matchAll(pattern)];
    const chosen = matches[below(matches.length)];
    if (!chosen) return mutateText(xml, draw);
    return xml.slice(0, chosen.index) + make(chosen[0]) + xml.slice(chosen.index + chosen[0].length);
  };
  const attribute = / [\w:.-]+="[^"]*"/g;
  const value = /="[^"]*"/g;
  const tag = /<[\w:.-]+[^<>]*>/g;
  const text = />[^<>]+</g;
  const element = /<([\w:.-]+)[^<>]*>[^<]*<\/\1>|<[\w:.-]+[^<>]*\/>/g;
  const entity = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">';
  return pick([
    () => replaceOne(attribute, () => ''),
    () => replaceOne(attribute, (match) => match + match),
    () =>
      replaceOne(value, () => `="${pick(BREAKING_TEXTS).replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`),
    () => replaceOne(value, () => `="${pick(BREAKING_TEXTS)}"`),
    () => replaceOne(value, (match) => `="${mutateText(match.slice(2, -1), draw)}"`),
    () => {
      // Patterns and escaping are slow when the same character is repeated many times.
      const flood = pick(['{', '(', ' ', '=', '&#65;', '[', '\\']).repeat(below(9000));
      return replaceOne(value, () => `="${flood}"`);
    },
    () => replaceOne(text, () => `>${pick(BREAKING_TEXTS)}<`),
    () => replaceOne(text, (match) => `><![CDATA[${match.slice(1, -1)}]]><`),
    () => replaceOne(text, (match) => `>${match.slice(1, 3)}<!-- x -->${match.slice(3, -1)}<`),
    () => replaceOne(text, (match) => `>${match.slice(1, 3)}<?x y?>${match.slice(3, -1)}<`),
    () => replaceOne(element, () => ''),
    () => replaceOne(element, (match) => match + match),
    () => replaceOne(element, (match) => match.repeat(1 + below(200))),
    () => replaceOne(tag, (match) => match.replace(/^<[\w.-]+:/, '<')),
    () =>
      replaceOne(tag, (match) =>
        match.replace(/^<[\w:.-]+/, `<${pick(['x', 'a:b', 'samlp:Response', 'md:x', '__proto__'])}`),
      ),
    () => replaceOne(tag, (match) => match.replace(/^<[\w:.-]+/, `$& ID="${pick(['a', '_request-1', ''])}"`)),
    () =>
      replaceOne(tag, (match) =>
        match.replace(/^<[\w:.-]+/, `$& xmlns="${pick(['', 'urn:x', 'http://www.w3.org/2000/xmlns/'])}"`),
      ),
    () => replaceOne(tag, (match) => `${match}${'<x>'.repeat(1 + below(400))}`),
    () =>
      replaceOne(/xmlns:?\w*="[^"]*"/g, (match) =>
        match.replace(/"[^"]*"/, `"${pick(['', 'urn:evil', 'http://www.w3.org/XML/1998/namespace'])}"`),
      ),
    () => `<!DOCTYPE x [${entity}]>${xml.replace(/>[^<>]+</, '>&b;<')}`,
    () => `<!DOCTYPE x SYSTEM "file:///etc/passwd">${xml}`,
    () => `<?xml version="1.0" encoding="${pick(['UTF-16', 'UTF-7', 'EBCDIC-CP-US', 'x'])}"?>${xml}`,
    () => `<?xml version="${pick(['1.1', '2.0', ''])}"?>${xml}`,
    () => `${xml}${xml}`,
    () => `<x>${xml}</x>`,
    () => mutateText(xml, draw),
    () => mutateText(xml, draw),
  ])();
}

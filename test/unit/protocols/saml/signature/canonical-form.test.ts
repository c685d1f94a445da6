import assert from 'node:assert/strict';
import fc from 'fast-check';
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { CANONICAL_METHODS, EXCLUSIVE_C14N } from '../../../../../src/protocols/saml/signature/algorithms.ts';
import {
  canonicalFormOf,
  namespacesAround,
} from '../../../../../src/protocols/saml/signature/canonical-form.ts';
import { parseDom } from '../../../../../src/protocols/saml/signature/dom.ts';
import { readPrefixes } from '../../../../../src/protocols/saml/signature/inclusive-namespaces.ts';
import { bounded } from '../../../../support/saml/bounded.ts';
import { itAtTwoDepths } from '../../../../support/basics/depth.ts';

// Without ampersands, which libxml2 writes as they are in namespaces, and xml-c14n §2.3 escapes.
const URIS = ['u:1', 'u:2', 'http://x/?a=1'];
const PREFIXES = ['a', 'B', 'b', 'Z', '_', 'é'];
const text = fc.constantFrom('', 't', ' \n\t', 'é😀', '&amp;&lt;&gt;', '&#13;', '"\'', ']]&gt;', '\r\n');
const leaf = fc.oneof(
  text,
  text.map((each) => `<!--${each}-->`),
  text.map((each) => `<![CDATA[${each}]]>`),
);

interface Tag {
  prefix: string;
  declarations: Record<string, string>;
  attributes: string[];
  content: unknown[];
}
const { tag } = fc.letrec<{ tag: Tag; content: unknown }>((tie) => ({
  content: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('tag')),
  tag: fc.record({
    prefix: fc.constantFrom('', ...PREFIXES),
    declarations: fc.dictionary(fc.constantFrom('', ...PREFIXES), fc.constantFrom('', ...URIS), {
      maxKeys: 3,
    }),
    attributes: fc.uniqueArray(fc.constantFrom('x', 'y', 'X', 'a:x', 'B:x', 'Z:y', 'xml:lang'), {
      maxLength: 4,
    }),
    content: fc.array(tie('content'), { maxLength: 3 }),
  }),
}));

/** Writes an element; prefixes that aren't in scope are declared. Two prefixes of one namespace may clash. */
function write({ prefix, declarations, attributes, content }: Tag, scope: ReadonlySet<string>): string {
  // Only the default namespace can be undeclared (xml-names §6.2).
  const own = Object.fromEntries(
    Object.entries(declarations).filter(([each, uri]) => each === '' || uri !== ''),
  );
  for (const used of [prefix, ...attributes.map((each) => each.split(':').slice(0, -1).join())]) {
    if (used !== '' && used !== 'xml' && !scope.has(used)) own[used] ??= `u:${encodeURIComponent(used)}`;
  }
  const written = [
    ...attributes.map((name, index) => `${name}="v${index}&#9;&amp; &quot;\n"`),
    ...Object.entries(own).map(([each, uri]) => `xmlns${each && `:${each}`}="${uri}"`),
  ];
  const name = prefix === '' ? 'e' : `${prefix}:e`;
  const inner = new Set([...scope, ...Object.keys(own)]);
  const inside = content.map((each) => (typeof each === 'string' ? each : write(each as Tag, inner)));
  return `<${name} ${written.join(' ')}>${inside.join('')}</${name}>`;
}

/** The canonical form of the first element inside the root by libxml2, undefined when the text is not XML. */
function byLibxml2(xml: string, uri: string, list: string[]): string | undefined {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(xml);
  } catch {
    return undefined; // an attribute occurs twice, once its prefixes are resolved
  }
  try {
    const pieces: Buffer[] = [];
    const mode = uri.startsWith(EXCLUSIVE_C14N)
      ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0
      : uri.includes('c14n11')
        ? XmlC14NMode.XML_C14N_1_1
        : XmlC14NMode.XML_C14N_1_0;
    document
      .get('/*/*')
      ?.canonicalize(
        { write: (piece) => pieces.push(Buffer.from(piece)) && piece.byteLength, close: () => true },
        { mode, withComments: uri.endsWith('WithComments'), inclusiveNamespacePrefixes: list },
      );
    return Buffer.concat(pieces).toString();
  } finally {
    document.dispose();
  }
}

describe('the canonical form of what others signed', function () {
  this.timeout(60_000);

  itAtTwoDepths('is that of libxml2, byte for byte', { sample: 300, full: 2000 }, async (_, numRuns) => {
    const around = fc.dictionary(fc.constantFrom('', ...PREFIXES), fc.constantFrom(...URIS));
    const list = fc.uniqueArray(fc.constantFrom('#default', 'nowhere', ...PREFIXES), { maxLength: 3 });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        tag,
        around,
        list,
        fc.constantFrom(...CANONICAL_METHODS.keys()),
        async (inside, declarations, prefixes, uri) => {
          const root: Tag = { prefix: '', declarations, attributes: [], content: [inside] };
          const xml = write(root, new Set());
          const expected = byLibxml2(xml, uri, prefixes);
          const element = (await parseDom(bounded(xml)))?.firstChild as Element | null | undefined;
          const method = CANONICAL_METHODS.get(uri);
          if (expected === undefined || !element || !method) return;
          compared += 1;
          const options = {
            ...method,
            around: namespacesAround(element),
            prefixes: readPrefixes([prefixes.join('\n')]),
          };
          assert.equal(canonicalFormOf(element, options), expected);
        },
      ),
      { numRuns },
    );
    assert.ok(compared > numRuns / 2, `only ${compared} of ${numRuns} are XML`);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { REQUEST_LIMITS, SHAPE } from '../../../../../src/protocols/saml/xml/limits.ts';
import { scanXml } from '../../../../../src/protocols/saml/xml/scan.ts';
import { viewOf } from '../../../../support/saml/libxml-view.ts';

const limits = { bytes: 1 << 20, nodes: 1000 };
const reasonOf = (text: string): string => scanXml(text, limits)?.reason ?? 'nothing';
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

describe('what a scan finds in XML before any parser', () => {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  const texts: [string, string][] = [
    ['<a/>', 'nothing'],
    [`${declaration}<a/>`, 'nothing'],
    [`\uFEFF${declaration}<a/>`, 'nothing'],
    [`<!-- <!DOCTYPE a> --><a/>`, 'nothing'],
    ['<a><![CDATA[<!DOCTYPE a [<!ENTITY b "c">]><?x?>]]></a>', 'nothing'],
    ['<a><!-- <?x?> --></a>', 'nothing'],
    ['<a b="&lt;!DOCTYPE a>"/>', 'nothing'],
    [`<a b='"' c=">" d = "/>"\n/>`, 'nothing'],
    ['<a b="x"></a >', 'nothing'],
    ['<!DOCTYPE a><a/>', 'doctype'],
    [`${declaration}\n<!DOCTYPE a><a/>`, 'doctype'],
    ['<!--x--><!doctype a><a/>', 'doctype'],
    ['<!----><!DOCTYPE a><a/>', 'doctype'],
    ['<a><![CDATA[]]><!ENTITY b "c"></a>', 'doctype'],
    ["<a b='-->'/><!DOCTYPE a>", 'doctype'],
    ['<a b="<!--"/><!DOCTYPE a>-->', 'doctype'],
    ['<?x y?><a/>', 'processing-instruction'],
    ['<a>b<?xml-stylesheet href="x"?></a>', 'processing-instruction'],
    ['<a>b<?XMLx?></a>', 'processing-instruction'],
    [`\n${declaration}<a/>`, 'not-well-formed'],
    [`${declaration}${declaration}<a/>`, 'not-well-formed'],
    ['<!-- x <a/>', 'not-well-formed'],
    ['<![CDATA[ x <a/>', 'not-well-formed'],
    ['<!X><a/>', 'not-well-formed'],
    ['<', 'not-well-formed'],
    ['<a', 'not-well-formed'],
    ['<a b', 'not-well-formed'],
    ['<a b=', 'not-well-formed'],
    ['<a b="', 'not-well-formed'],
    ['<a b=c/>', 'not-well-formed'],
    ['</a', 'not-well-formed'],
    ['<a/ >', 'not-well-formed'],
    ['<a>\0</a>', 'not-well-formed'],
    ['<a>\uFFFE</a>', 'not-well-formed'],
    ['<a>\uD800</a>', 'not-well-formed'],
    ['<a>\u0085\u2028</a>', 'nothing'],
    [Buffer.from('<!DOCTYPE a><a/>', 'utf16le').toString(), 'not-well-formed'],
  ];
  for (const [text, reason] of texts) {
    it(`${JSON.stringify(text)}: ${reason}`, () => assert.equal(reasonOf(text), reason));
  }

  const { depth, attributes, namespaces, name, value } = SHAPE;
  /** Texts of the largest size that is allowed, and the next larger ones. */
  const shapes: [string, (size: number) => string, number][] = [
    ['elements', (size) => `<a>${'<b/>'.repeat(size - 1)}</a>`, limits.nodes],
    ['attributes of all elements', (size) => `<a>${'<b c=""/>'.repeat(size / 2)}</a>`, limits.nodes - 2],
    ['pieces of text', (size) => `<a>${'<b/>c'.repeat((size - 1) / 2)}</a>`, limits.nodes - 1],
    ['comments', (size) => `${'<!---->'.repeat(size - 1)}<a/>`, limits.nodes],
    ['CDATA sections', (size) => `<a>${'<![CDATA[]]>'.repeat(size - 1)}</a>`, limits.nodes],
    ['levels', (size) => '<a>'.repeat(size) + '</a>'.repeat(size), depth],
    ['attributes of one element', (size) => `<a${many(size, (index) => ` b${index}=""`)}/>`, attributes],
    [
      'namespaces of one element and those around it',
      (size) => `<a xmlns="u"><b${many(size - 1, (index) => ` xmlns:n${index}="u"`)}/></a>`,
      namespaces,
    ],
    ['characters of an element’s name', (size) => `<${'a'.repeat(size)}/>`, name - 1],
    ['characters of an attribute’s name', (size) => `<a ${'b'.repeat(size)}=""/>`, name],
    ['characters of a value', (size) => `<a b="${'c'.repeat(size)}"/>`, value - 1],
  ];
  for (const [what, make, most] of shapes) {
    it(`at most ${most} ${what}`, () => {
      assert.equal(reasonOf(make(most)), 'nothing');
      assert.equal(reasonOf(make(most + 2)), 'too-complex');
    });
  }

  it('no more namespaces where an element around them has ended', () => {
    const branch = `<b${many(namespaces - 1, (index) => ` xmlns:n${index}="u"`)}><c/></b>`;
    assert.equal(reasonOf(`<a xmlns="u">${branch.repeat(3)}</a>`), 'nothing');
  });

  it('names the line, and suspects UTF-16 where there is NUL', () => {
    assert.equal(
      scanXml('<a>\n\n<?x?></a>', limits)?.detail,
      'line 3: processing instructions are not accepted',
    );
    assert.match(scanXml('<\0a\0', limits)?.detail ?? '', /^line 1: .*U\+0000.*UTF-16/);
    assert.match(scanXml(`\n${declaration}<a/>`, limits)?.detail ?? '', /only at the very beginning/);
  });
});

describe('what libxml2 reads in a text that the scan allows', () => {
  const prolog = [
    ...['', ' ', '\n', '\uFEFF', '<?xml version="1.0"?>', '<!-- <!DOCTYPE a> -->', '<!---->', '<?x y?>'],
    ...['<!DOCTYPE a>', '<!DOCTYPE a [<!ENTITY e "f">]>', '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]>'],
  ];
  const content = [
    ...[
      'text',
      '\n',
      '&amp;',
      '&#65;',
      '&e;',
      '<a/>',
      '<b c="d"/>',
      '<b c=\'"-->\' d="\'<![CDATA["/>',
      '<a\n>x</a >',
    ],
    ...[
      '<!-- <?x?> -->',
      '<!-- <!DOCTYPE a> -->',
      '<![CDATA[<!DOCTYPE a>]]>',
      '<![CDATA[<?x?>]]>',
      '<?x y?>',
    ],
    ...['<p:a xmlns:p="u" p:b="1"/>', '<a xmlns="u"><b/>c<d/></a>'],
  ];
  const broken = [
    '<',
    '>',
    '"',
    "'",
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!',
    '/',
    '&',
    '\0',
    '\u0001',
  ];
  const some = (from: readonly string[], maxLength: number) =>
    fc.array(fc.constantFrom(...from), { maxLength }).map((parts) => parts.join(''));
  const documents = fc
    .record({
      before: some(prolog, 2),
      inside: some(content, 6),
      after: some(['', '', '\n', '<!---->', '<?x?>'], 1),
      offset: fc.nat(200),
      insert: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(...broken, ...prolog)),
    })
    .map(({ before, inside, after, offset, insert }) => {
      const text = `${before}<a>${inside}</a>${after}`;
      return text.slice(0, offset) + insert + text.slice(offset);
    });

  it('has neither document types, entities nor instructions, and no more nodes than were counted', async () => {
    let [read, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(documents, async (text) => {
        const view = await viewOf(text);
        if (!view) return;
        read += 1;
        const fault = scanXml(text, REQUEST_LIMITS);
        if (view.hasDeclarations) {
          refused += 1;
          assert.ok(fault, JSON.stringify(text));
        } else if (!fault) {
          const tight = { ...REQUEST_LIMITS, nodes: view.nodes - 1 };
          assert.equal(scanXml(text, tight)?.reason, 'too-complex', JSON.stringify(text));
        }
      }),
      { numRuns: 3000, seed: 20260115 },
    );
    assert.ok(
      read > 500 && refused > 200,
      `libxml2 read ${read} texts, ${refused} of them with declarations`,
    );
  });
});

describe('the time of a scan', () => {
  const shapes = [
    '<',
    '<a',
    '<a ',
    '<a b="',
    '<!--',
    '<![CDATA[',
    '</',
    '&',
    '"',
    ' ',
    '\n',
    '<a/>',
    '<?',
    '>',
    "<a b='",
  ];
  it('grows with the length only, whatever is repeated', () => {
    const wide = { bytes: 1 << 22, nodes: 1 << 22 };
    for (const shape of shapes) {
      for (const text of [shape.repeat(300_000), `<a>${shape.repeat(300_000)}`]) {
        const { user } = process.cpuUsage();
        scanXml(text, wide);
        const spent = process.cpuUsage().user - user;
        assert.ok(spent < 300_000, `${JSON.stringify(shape)}: ${spent} µs`);
      }
    }
  });
});

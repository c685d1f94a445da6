import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hueOf, initialsOf } from '../../../views/components/application-icon.tsx';
import { firstXmlLines, xmlLines } from '../../../views/components/xml-lines.ts';
import { isApplicationIcon } from '../../../views/icons.ts';
import { safeHref } from '../../../views/safe-href.ts';

const shape = (xml: string) =>
  xmlLines(xml).map(({ depth, tokens }) => `${'  '.repeat(depth)}${tokens.map(({ text }) => text).join('')}`);

describe('an application without an icon', () => {
  it('shows the first letters of its first two words', () => {
    assert.equal(initialsOf('Build pipeline tools'), 'BP');
    assert.equal(initialsOf('payroll'), 'P');
    assert.equal(initialsOf('(new) über-app'), 'NÜ');
    assert.equal(initialsOf('财务'), '财');
    assert.equal(initialsOf('…'), '');
  });

  it('keeps one of eight colours', () => {
    assert.equal(hueOf('Wiki'), hueOf('Wiki'));
    const hues = new Set(Array.from({ length: 200 }, (_, index) => hueOf(`Application ${index}`)));
    assert.deepEqual([...hues].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('accepts only icons that the sprite contains', () => {
    assert.ok(isApplicationIcon('book'));
    assert.ok(!isApplicationIcon('logout'));
    assert.ok(!isApplicationIcon('../../etc/passwd'));
  });
});

describe('XML for reading', () => {
  it('is cut when it has too many parts, and the last line says so', () => {
    const source = `<a>${'<b/>'.repeat(10)}</a>`;
    const all = firstXmlLines(source, 1000);
    assert.deepEqual(all, xmlLines(source));
    const cut = firstXmlLines(source, 20);
    assert.ok(cut.length > 2 && cut.length < all.length, `${cut.length} lines`);
    assert.deepEqual(cut.slice(0, -1), all.slice(0, cut.length - 1));
    assert.match(cut.at(-1)?.tokens[0]?.text ?? '', /too long to be shown/);
  });

  it('is indented, with text beside its tags', () => {
    assert.deepEqual(shape(`<?xml version="1.0"?><a x="1" y='2'><b>t &lt;</b><c/><!-- n --></a>`), [
      '<?xml version="1.0"?>',
      `<a x="1" y='2'>`,
      '  <b>t &lt;</b>',
      '  <c/>',
      '  <!-- n -->',
      '</a>',
    ]);
  });

  it('leaves unknown content unchanged', () => {
    assert.deepEqual(shape('<a><b oops</a>'), ['<a>', '  <b oops</a>']);
    assert.deepEqual(shape('plain'), ['plain']);
    assert.deepEqual(shape('</a></b>'), ['</a>', '</b>']);
  });

  it('loses nothing but white space, for any input', () => {
    const squeeze = (text: string) => text.replace(/\s+/g, '');
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="d e">',
      '<',
      '>',
      '"',
      ' ',
      'text',
      '<!--',
      '-->',
      '<x/>',
      '<?y?>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const xml = pieces.join('');
        const shown = xmlLines(xml).flatMap(({ tokens }) => tokens.map(({ text }) => text));
        assert.equal(squeeze(shown.join('')), squeeze(xml));
      }),
    );
  });

  it('takes time in proportion to deep nesting and endless attributes (attack)', () => {
    const started = performance.now();
    xmlLines('<a>'.repeat(50_000));
    xmlLines(`<a ${'b="c" '.repeat(20_000)}`);
    xmlLines(`<a${' '.repeat(20_000)}`);
    assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
  });
});

describe('addresses', () => {
  it('are accepted when they are relative, http or https', () => {
    for (const href of ['/a?b=c:d', 'https://sp.example/', 'HTTP://sp.example', '#x', './a'])
      assert.equal(safeHref(href), href);
  });

  it('become a dead link when they are scripts in disguise (attack)', () => {
    for (const href of [
      'javascript:alert(1)',
      ' JavaScript:x',
      'java\tscript:x',
      '\u0001javascript:x',
      'data:text/html,x',
      'vbscript:x',
    ]) {
      assert.equal(safeHref(href), '#');
    }
  });
});

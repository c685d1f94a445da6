import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findForbiddenCharacter,
  replaceForbiddenCharacters,
} from '../../../../../src/protocols/saml/xml/characters.ts';
import { parseXml } from '../../../../../src/protocols/saml/xml/parse.ts';
import { escapeAttribute, escapeText } from '../../../../../src/protocols/saml/xml/escape.ts';
import { WIDE } from '../../../../support/saml/bounded.ts';

describe('the characters of a message', () => {
  const forbidden: [string, string][] = [
    ['\u0000', 'U+0000'],
    ['\u000B', 'U+000B'],
    ['\u001F', 'U+001F'],
    ['\u0085', 'U+0085'],
    ['\u2028', 'U+2028'],
    ['\uD800', 'U+D800'],
    ['\uDFFF', 'U+DFFF'],
    ['\uFFFE', 'U+FFFE'],
    ['\uFFFF', 'U+FFFF'],
  ];
  for (const [character, codePoint] of forbidden) {
    it(`are found and replaced: ${codePoint}`, () => {
      assert.deepEqual(findForbiddenCharacter(`ab${character}c`), { index: 2, codePoint });
      assert.equal(replaceForbiddenCharacters(`ab${character}c${character}`), 'ab c ');
    });
  }

  for (const allowed of ['\t\n\r', '\u007F\u0084\u0086', '\u2027\u2029', '\uD7FF\uE000\uFFFD', '😀', '']) {
    it(`are left alone: ${JSON.stringify(allowed)}`, () => {
      assert.equal(findForbiddenCharacter(allowed), undefined);
      assert.equal(replaceForbiddenCharacters(allowed), allowed);
    });
  }

  it('are escaped in texts and attributes so that a parser reads back the original', async () => {
    const anyText = fc.string({
      unit: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 1 }),
        fc.nat(0xffff).map((n) => String.fromCharCode(n)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (text, value) => {
        const parsed = await parseXml(`<a b="${escapeAttribute(value)}">${escapeText(text)}</a>`, WIDE);
        assert.ok(parsed.ok, parsed.ok ? '' : parsed.detail);
        assert.equal(parsed.root.text, replaceForbiddenCharacters(text));
        assert.equal(parsed.root.attributes.get('b'), replaceForbiddenCharacters(value));
      }),
    );
  });
});

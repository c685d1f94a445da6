import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findNotUtf8 } from '../../../../src/foundation/http/percent-encoded.ts';

describe('a percent-encoded field', () => {
  for (const [what, value] of [
    ['ISO-8859-1', 'caf%E9'],
    ['a lone percent sign', '100%'],
    ['a percent sign with one digit', '%4'],
    ['a percent sign with other letters', '%zz'],
    ['an overlong slash', '%C0%AF'],
    ['an overlong NUL', '%E0%80%80'],
    ['a surrogate', '%ED%A0%80'],
    ['a pair of surrogates (CESU-8)', '%ED%A0%BD%ED%B8%80'],
    ['a code point beyond Unicode', '%F4%90%80%80'],
    ['an octet that continues nothing', '%80'],
    ['a character that was cut off', '%F0%9F%98'],
    ['an octet that the body parser replaced', 'caf\uFFFD'],
  ] as const) {
    it(`is named when it holds ${what} (attack)`, () => {
      assert.equal(findNotUtf8(`a=b&name=${value}&c=d`), 'name');
      assert.equal(findNotUtf8(`${value}=x`), value, 'as the name itself');
    });
  }

  it('is not named when it is UTF-8, with U+FFFD written as it should be', () => {
    assert.equal(findNotUtf8('a=caf%C3%A9&b=%EF%BF%BD&c=100%25&d=%F0%9F%98%80&e=+&=&&f'), undefined);
    assert.equal(findNotUtf8(''), undefined);
  });

  it('is not named whatever text URLSearchParams encodes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (name, value) => {
        assert.equal(findNotUtf8(String(new URLSearchParams({ [name]: value }))), undefined);
      }),
    );
  });
});

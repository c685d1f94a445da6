import assert from 'node:assert/strict';
import { headerText } from '../../../../src/domain/mail/header-text.ts';

const WORD = /^=\?UTF-8\?B\?([A-Za-z0-9+/]+=*)\?=$/;

/** What a mail program shows (RFC 2047 §6.2). */
const shown = (value: string) =>
  value
    .split(' ')
    .map((word) => Buffer.from(WORD.exec(word)?.[1] ?? assert.fail(word), 'base64').toString())
    .join('');

describe('text in a header of a mail', () => {
  it('stays as it is, with commas, quotes, brackets and other languages', () => {
    for (const text of ['Invitation to join A, "B" <x@y>; (c)', 'Žluťoučký 株式会社', 'a = ? b']) {
      assert.equal(headerText(text), text);
    }
  });

  it('is encoded as a whole when mail programs would decode a part of it', () => {
    const forged = '=?utf-8?B?WW91ciBiYW5r?=';
    const texts = [forged, `Invitation to join ${forged}`, `${'株🔑'.repeat(40)} ${forged}`, '=?'];
    for (const text of [...texts, headerText(forged)]) {
      const value = headerText(text);
      assert.equal(shown(value), text);
      for (const word of value.split(' ')) assert.ok(word.length <= 64, word);
      assert.match(value, /^[\x21-\x7e ]+$/);
    }
  });

  it('has no line ends, no controls, and nothing that turns the text after it', () => {
    assert.equal(headerText('for A\r\nBcc: x@y\u0000\u2028\u0085B'), 'for A Bcc: x@y B');
    assert.equal(headerText('for \u202Egnp\u2066.exe\u2069'), 'for gnp.exe');
    assert.equal(headerText('for \u200Fעברית\u200F'), 'for \u200Fעברית\u200F', 'a mark turns nothing else');
  });
});

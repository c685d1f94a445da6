/** A text that nobody means to type, that is hard to show, or that attacks whoever reads it, by its name. */
export const ODD_TEXTS = {
  nothing: '',
  spaces: ' \u00A0\t ',
  'nothing to see': '\u200B\u2060',
  'too long': 'x'.repeat(9_000),
  HTML: '"><b><script>alert(1)</script><img src=x onerror=alert(1)>',
  'a right-to-left override': 'Ana \u202Enimda',
  'a zero-width space': 'ad\u200Bmin',
  'right-to-left words': 'ليلى الحسيني',
  emoji: '👩🏽‍🚀🏳️‍🌈',
  'combining marks': `Z${'\u0351\u0327'.repeat(20)}`,
  'a control character': 'bell\u0007',
  'two lines': 'two\nlines',
  'a noncharacter': '\uFFFF',
  'a number': '42',
  'a name of JavaScript': '__proto__',
} as const;

export type OddText = keyof typeof ODD_TEXTS;

export const oddTexts = Object.entries(ODD_TEXTS) as [OddText, string][]; // its own keys

/** Texts that only a program sends, percent-encoded: no field is shown again with them. */
export const MALFORMED = {
  NUL: 'a%00b',
  'half a surrogate pair': '%ED%A0%BD',
  'an octet that is not UTF-8': '%FF',
  'an overlong slash': '%C0%AF',
} as const;

/** Texts on which a careless pattern, normalisation or parser would work for long, each of about `size` bytes. */
export type HostileText = readonly [name: string, make: (size: number) => string];

const repeated = (unit: string) => (size: number) =>
  unit.repeat(Math.max(1, Math.floor(size / Buffer.byteLength(unit))));

/** Different letters, since caches and punycode treat repeated ones kindly. */
const distinct = (size: number) => {
  let text = '';
  for (let index = 0; text.length < size / 3; index += 1)
    text += String.fromCharCode(0x4e00 + (index % 20_000));
  return text;
};

const ENTRIES: Readonly<Record<string, (size: number) => string>> = {
  'one letter': repeated('a'),
  blanks: repeated(' '),
  'blanks, then a letter': (size) => `a${' '.repeat(size - 2)}a`,
  'line breaks': repeated('\r\n'),
  digits: repeated('9'),
  hyphens: repeated('-'),
  dots: repeated('a.'),
  slashes: repeated('/'),
  'at signs': repeated('a@'),
  'an email address': (size) => `${'a.'.repeat(size >> 2)}@${'a.'.repeat(size >> 2)}a`,
  'a duration': (size) => `P${'1'.repeat(size - 2)}D`,
  'an instant': (size) => `2030-01-01T00:00:00.${'0'.repeat(size - 20)}`,
  'a web address': (size) => `https://${'a.'.repeat(size >> 1)}com`,
  'a web address in Chinese': (size) => `https://${distinct(size)}.com/`,
  'a web path': (size) => `https://a.example/${'../a/'.repeat(size / 5)}`,
  'a query': (size) => `https://a.example/?${'%3D&'.repeat(size / 4)}`,
  'template variables': repeated('${user:email}'),
  'unclosed variables': repeated('${'),
  'base64 of nothing': repeated('AAAA'),
  'PEM borders': repeated('-----BEGIN CERTIFICATE-----'),
  'percent signs': repeated('%'),
  markup: repeated('<a '),
  entities: repeated('&amp;'),
  quotes: repeated('"'),
  backslashes: repeated('\\'),
  'a letter that NFKC makes eighteen of': repeated('\u{FDFA}'),
  'combining marks': repeated('\u0301'),
  'combining marks out of order': repeated('\u0315\u0300\u05b0'),
  'Hangul parts': repeated('\u1100\u1161\u11a8'),
  'letters that get longer in lower case': repeated('\u0130'),
  emoji: repeated('\u{1F468}\u200D'),
  'half of a pair': repeated('\uD800'),
  'different letters': distinct,
  JSON: repeated('{"a":['),
};

export const HOSTILE_TEXTS: readonly HostileText[] = Object.entries(ENTRIES);

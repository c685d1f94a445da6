import fc from 'fast-check';

/** Makes random choices; fast-check records them, so that a seed and a path repeat a run. */
export type Pick = <T>(from: readonly T[]) => T;

/** Random choices of a run: `pick` selects a value, `below` a whole number from 0. */
export interface Draw {
  pick: Pick;
  below(limit: number): number;
}

/** A source of choices for a property: `fc.asyncProperty(draws, async (draw) => …)`. */
export const draws: fc.Arbitrary<Draw> = fc.gen().map((generate) => {
  const below = (limit: number) => generate(fc.nat, { max: Math.max(0, limit - 1) });
  return {
    below,
    pick<T>(from: readonly T[]): T {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new Error('Nothing to choose from.');
      return chosen;
    },
  };
});

/** Text that breaks code that doesn't expect it. */
export const BREAKING_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  '\u0001\u001b[2J',
  '\u007f\u0085\u2028\u2029',
  '\u202Eevil\u2066',
  '\uD800',
  '\uDFFFx\uD800',
  '\uFEFF',
  '\uFFFE\uFFFF',
  'é\u0301\u0301\u0301',
  '😀'.repeat(50),
  '\r\nSet-Cookie: a=b\r\n\r\n',
  '\n',
  '%00',
  '%0d%0aX: y',
  '%',
  '%zz',
  '%E0%A4%A',
  '%25%32%65',
  '..',
  '../../etc/passwd',
  '..%2f',
  '..\\',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://a@evil.example',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' or 1=1 --",
  '"; drop table users; --',
  '${user:email}',
  '${user:nothing}',
  '${'.repeat(50),
  '{{7*7}}',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e999',
  '-0',
  '0x10',
  '9007199254740993',
  '999999999999999999999999999999',
  '-99999999999',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '+275760-09-13T00:00:00Z',
  '-0001-01-01T00:00:00Z',
  '2026-02-30T25:61:61+99:99',
  'P99999999999Y',
  'PT-1S',
  'a'.repeat(300),
  'a'.repeat(5000),
  'ä'.repeat(2500),
  ' '.repeat(3000),
  'a,'.repeat(1000),
  '='.repeat(400),
  '('.repeat(500),
  '&amp;&lt;&#0;&#x110000;&nope;',
  ']]>',
  '<!--',
  '--><x/>',
  '<?x ?>',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
];

/** Octets that aren't valid UTF-8, or are in another encoding. */
const OCTETS: readonly Buffer[] = [
  Buffer.from([0xff]),
  Buffer.from([0xc0, 0x80]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xf8, 0x88, 0x80, 0x80, 0x80]),
  Buffer.from([0x00]),
  Buffer.from([0xfe, 0xff]),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00]),
];

/** Changes text at any place, without regard to its meaning. */
export function mutateText(text: string, { pick, below }: Draw): string {
  const offset = below(text.length + 1);
  const length = 1 + below(pick([1, 4, 40, 400]));
  const [before, part, after] = [
    text.slice(0, offset),
    text.slice(offset, offset + length),
    text.slice(offset + length),
  ];
  return pick([
    () => before + after,
    () => before + pick(BREAKING_TEXTS) + part + after,
    () => before + pick(BREAKING_TEXTS) + after,
    () => before + part + part + after,
    () => before,
    () => before + String.fromCharCode(below(0x10000)) + after,
    () => text + text,
    () => before + part.split('').reverse().join('') + after,
    () => before + part.repeat(1 + below(60)) + after,
    () => text.toUpperCase(),
  ])();
}

/** Changes octets at any place. */
export function mutateOctets(octets: Buffer, { pick, below }: Draw): Buffer {
  const offset = below(octets.length);
  return pick([
    () => {
      const copy = Buffer.from(octets);
      if (copy.length > 0) copy[offset] = (copy[offset] ?? 0) ^ (1 << below(8));
      return copy;
    },
    () => Buffer.concat([octets.subarray(0, offset), pick(OCTETS), octets.subarray(offset)]),
    () => octets.subarray(0, offset),
    () => Buffer.from(octets.toString(), 'utf16le'),
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(octets.toString(), 'utf16le')]),
    () => Buffer.from(octets.toString(), 'latin1'),
    () => Buffer.concat([octets, octets]),
  ])();
}

/** The octets of XML in an encoding that a parser guesses from them, or that the text itself declares. */
export function recode(xml: string, { pick }: Draw): Buffer {
  const declared = pick(['', '', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>']) + xml;
  const littleEndian = Buffer.from(declared, 'utf16le');
  return pick([
    () => littleEndian,
    () => Buffer.from(littleEndian).swap16(),
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), littleEndian]),
    () => Buffer.from(declared),
  ])();
}

/** A value of another type than the expected one. */
const strangeValue = ({ pick, below }: Draw): unknown =>
  pick<() => unknown>([
    () => null,
    () => true,
    () => 0,
    () => -1,
    () => 1.5,
    () => 1e308,
    () => Number.MAX_SAFE_INTEGER + 2,
    () => [],
    () => ({}),
    () => [[]],
    () => [null],
    () => pick(BREAKING_TEXTS),
    () => [pick(BREAKING_TEXTS), pick(BREAKING_TEXTS)],
    () => ({ [pick(BREAKING_TEXTS)]: pick(BREAKING_TEXTS) }),
    () => ({ length: -1 }),
    () => ({ toString: 'x', valueOf: 1 }),
    () => Array.from({ length: 2000 }, () => pick(['a', 'b'])),
    () => nested(1 + below(400)),
  ])();

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Mutates a JSON value, and sometimes its text, which can contain things that no value can. */
export function mutateJson(value: unknown, draw: Draw): string {
  const { pick, below } = draw;
  const changed = JSON.stringify(mutateValue(value, draw));
  return pick([
    () => changed,
    () => changed,
    () => changed,
    () => mutateText(changed, draw),
    // Only text can repeat a key, or contain one that would change the prototype of an object.
    () =>
      changed.replace(
        /\{/,
        () => `{"${pick(['__proto__', 'constructor', 'prototype', '', 'displayName'])}":{"x":1},`,
      ),
    () => `${'['.repeat(below(20_000))}${changed}`,
    () => {
      const depth = below(100_000);
      return `{"displayName":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    },
    () => `\uFEFF${changed}`,
    () => changed.replace(/"/g, "'"),
    () => changed.replace(/:"/, ':1e400,"x":"'),
  ])();
}

function mutateValue(value: unknown, draw: Draw): unknown {
  const { pick, below } = draw;
  if (typeof value === 'string' && below(3) > 0) {
    return pick([
      () => pick(BREAKING_TEXTS),
      () => mutateText(value, draw),
      () => value + pick(BREAKING_TEXTS),
    ])();
  }
  if (Array.isArray(value) && below(5) > 0) {
    const items: unknown[] = value;
    const index = below(items.length + 1);
    return pick<() => unknown>([
      () => items.toSpliced(index, 1),
      () => items.toSpliced(index, 0, items[0]),
      () => items.toSpliced(index, 1, mutateValue(items[index], draw)),
      () => Array.from({ length: 500 }, () => items[0]),
    ])();
  }
  if (typeof value === 'object' && value !== null && below(8) > 0) {
    const entries = Object.entries(value);
    const index = below(entries.length);
    const [key = '', inner] = entries[index] ?? [];
    return pick<() => unknown>([
      () => Object.fromEntries(entries.toSpliced(index, 1)),
      () => Object.fromEntries(entries.toSpliced(index, 1, [key, mutateValue(inner, draw)])),
      () => Object.fromEntries(entries.toSpliced(index, 1, [key, mutateValue(inner, draw)])),
      () => Object.fromEntries(entries.toSpliced(index, 1, [key, strangeValue(draw)])),
      () => Object.fromEntries([...entries, [pick(BREAKING_TEXTS), pick(BREAKING_TEXTS)]]),
      () => Object.fromEntries(entries.toSpliced(index, 1, [pick(BREAKING_TEXTS), inner])),
    ])();
  }
  return strangeValue(draw);
}

/** Mutates a valid form or query, and returns the octets that are sent. */
export function mutatePairs(pairs: readonly (readonly [string, string])[], draw: Draw): string {
  const { pick, below } = draw;
  const index = below(pairs.length);
  const [name = '', value = ''] = pairs[index] ?? [];
  const encoded = (list: readonly (readonly [string, string])[]) =>
    list.map(([key, text]) => `${encode(key)}=${encode(text)}`).join('&');
  const put = (...instead: (readonly [string, string])[]) => encoded(pairs.toSpliced(index, 1, ...instead));
  return pick([
    () => put(),
    () => put([name, value], [name, value]),
    () => put([name, value], [name, pick(BREAKING_TEXTS)]),
    () => put([`${name}[]`, value]),
    () => put([`${name}[a]`, value]),
    () => put([`${name}[__proto__]`, value]),
    () => put([pick(BREAKING_TEXTS), value]),
    () => put([name, pick(BREAKING_TEXTS)]),
    () => put([name, pick(BREAKING_TEXTS)]),
    () => put([name, mutateText(value, draw)]),
    () => put([name, mutateText(value, draw)]),
    () => put([name, '']),
    () => encoded([...pairs, [pick(BREAKING_TEXTS), pick(BREAKING_TEXTS)]]),
    () => encoded(Array.from({ length: 1500 }, (_, index) => [`a${index}`, 'b'])),
    () => encoded(pairs.toReversed()),
    () => mutateText(encoded(pairs), draw),
    () => encoded(pairs).replaceAll('%', '%25'),
    () => encoded(pairs).replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    () => encoded(pairs).replaceAll('&', ';'),
    () => JSON.stringify(Object.fromEntries(pairs)),
  ])();
}

/**
 * Encodes as encodeURIComponent does, which however throws for a lone surrogate: that becomes the octets it would have
 * in UTF-8.
 */
function encode(text: string): string {
  if (!/\p{Surrogate}/u.test(text)) return encodeURIComponent(text);
  return Array.from(text, (each) =>
    /\p{Surrogate}/u.test(each) ? '%ED%A0%80' : encodeURIComponent(each),
  ).join('');
}

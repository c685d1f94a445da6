import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RawRequest } from '../servers/raw-http.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

/** A part of a request with the name that a failing test shows. */
export interface RequestShape {
  readonly name: string;
  readonly make: () => Partial<Pick<RawRequest, 'headers' | 'body'>> & { readonly query?: string };
}

/** The whole head of a request has at most 32 KiB. */
const HEAD = 28 * 1024;
const FORM = 64 * 1024 - 1024;

/** Of a header, whose octets are sent as latin1. */
const asHeader = (text: string) => Buffer.from(text.replace(/[\r\n\0]/g, ' ')).toString('latin1');

const HEADERS = [
  ...['User-Agent', 'X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'Accept', 'Accept-Language'],
  ...['Accept-Encoding', 'Authorization', 'Content-Type', 'Cookie', 'Referer', 'Origin', 'Sec-Fetch-Site'],
  ...['If-None-Match', 'Range', 'Host', 'X-Request-Id', 'Traceparent'],
];

const LISTS: Readonly<Record<string, string>> = {
  'X-Forwarded-For': '1.1.1.1, ',
  'Accept-Language': 'en;q=0.1, ',
  Accept: 'text/html;q=0.1, ',
  'Accept-Encoding': 'gzip;q=0.1, ',
  Cookie: 'vestibule-a=b; ',
  Authorization: 'Bearer ',
  'Content-Type': 'application/json; a=b',
  'If-None-Match': '"a", ',
  Range: 'bytes=0-1, ',
  'User-Agent': 'Mozilla/5.0 (',
};

/** Each header with each hostile text, and with a list of as many entries as fit. */
export const HEADER_SHAPES: readonly RequestShape[] = HEADERS.flatMap((header) => [
  ...HOSTILE_TEXTS.map(([kind, text]) => ({
    name: `${kind} as ${header}`,
    make: () => ({ headers: [[header, asHeader(text(HEAD))] as const] }),
  })),
  {
    name: `a long list as ${header}`,
    make: () => ({ headers: [[header, (LISTS[header] ?? 'a, ').repeat(HEAD / 20).slice(0, HEAD)] as const] }),
  },
  {
    name: `many ${header}`,
    make: () => ({ headers: Array.from({ length: 900 }, (_, index) => [header, `a${index}=b`] as const) }),
  },
]);

/** Query strings; `names` are the parameters of the operation. */
export function queryShapes(names: readonly string[]): RequestShape[] {
  return [
    ...HOSTILE_TEXTS.map(([kind, text]) => ({
      name: `${kind} in the query`,
      make: () => {
        const size = HEAD / 6 / Math.max(1, names.length);
        return { query: names.map((name) => `${name}=${encoded(text(size))}`).join('&') };
      },
    })),
    { name: 'many parameters', make: () => ({ query: 'a=&'.repeat(HEAD / 3) }) },
    {
      name: 'many different parameters',
      make: () => ({ query: numbered(HEAD / 8, (index) => `a${index}=`) }),
    },
    { name: 'percent signs as parameters', make: () => ({ query: '%'.repeat(HEAD) }) },
    {
      name: 'a cursor of deep JSON',
      make: () => ({ query: `cursor=${Buffer.from('['.repeat(HEAD / 2)).toString('base64url')}` }),
    },
  ];
}

const numbered = (count: number, make: (index: number) => string) =>
  Array.from({ length: Math.floor(count) }, (_, index) => make(index)).join('&');

/** Lone surrogates, which can't be encoded, become U+FFFD as in browsers. */
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());

/** A path parameter of this text. */
export const PATH_TEXTS: readonly (readonly [name: string, text: string])[] = HOSTILE_TEXTS.map(
  ([kind, text]) => [kind, encoded(text(HEAD / 8)).slice(0, HEAD)],
);

/** The names of all fields of our pages' forms. */
const FIELD_NAMES: readonly string[] = [
  ...new Set(
    readdirSync(join(import.meta.dirname, '../../../views'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => readFileSync(join(import.meta.dirname, '../../../views', file), 'utf8'))
      .flatMap((text) =>
        [...text.matchAll(/\bname(?:=|: )["']([A-Za-z]+)["']/g)].map(([, name = '']) => name),
      ),
  ),
].filter((name) => name !== 'csrf');

/** The longest values that most fields accept, that a password accepts, and as much as fits. */
const LENGTHS = [60, 1000, FORM / FIELD_NAMES.length];

/** Forms; `token` is the CSRF token that lets them reach what is behind it. */
export function formShapes(token: string): RequestShape[] {
  const form = (fields: string) => ({ body: `csrf=${token}&${fields}`.slice(0, FORM) });
  return [
    ...HOSTILE_TEXTS.flatMap(([kind, text]) =>
      LENGTHS.map((length) => ({
        name: `${kind} in every field, ${Math.floor(length)} bytes each`,
        make: () => {
          const value = encoded(text(length)).slice(0, FORM / FIELD_NAMES.length);
          return form(FIELD_NAMES.map((name) => `${name}=${value}`).join('&'));
        },
      })),
    ),
    ...Object.entries({
      'many fields': 'a=&',
      'fields without names': '&=',
      'percent signs': '%',
      'nested fields': '[a]',
      dots: 'a.',
      'a field many times': 'username=a&',
      'a list': 'username[]=a&',
      __proto__: '__proto__[a]=b&',
      brackets: '[',
    }).map(([name, unit]) => ({ name, make: () => form(unit.repeat(FORM / unit.length)) })),
    { name: 'many different fields', make: () => form(numbered(FORM / 8, (index) => `a${index}=`)) },
    { name: 'numbered fields', make: () => form(numbered(FORM / 10, (index) => `a[${index}]=`)) },
  ];
}

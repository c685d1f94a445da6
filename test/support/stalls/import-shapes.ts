import { ANY_JSON } from './json-shapes.ts';
import { lines, MIB, repeat, type Shape } from './shape.ts';

const USER = '"userName":"u0","email":"u0@b.c","givenName":"a","familyName":"b","displayName":"c"';
/** Less than the 64 MiB that are allowed, since most of the time would be spent with sending them. */
const IMPORT = 8 * MIB;
const LINE = 2 * MIB - 1024;

/** Imports as lines of JSON. */
export const IMPORT_SHAPES: readonly Shape[] = Object.entries<() => string>({
  'empty lines': () => repeat('\n', IMPORT),
  'lines of nothing': () => repeat('{}\n', IMPORT / 4),
  'one long line': () => repeat('a', LINE),
  'deep lists': () => `${repeat('[', LINE)}\n`,
  'the same user': () => repeat(`{"user":{${USER}}}\n`, IMPORT / 4),
  'users with different mistakes': () =>
    lines((index) => `{"user":{"k${index}":1,"userName":${index}}}`, IMPORT / 200),
  'different users': () => lines((index) => `{"user":{${USER.replaceAll('u0', `u${index}`)}}}`, 3000),
  'many groups': () => lines((index) => `{"group":{"displayName":"g${index}"}}`, 3000),
  'a user in many groups': () => `{"user":{${USER},"groups":[${repeat('"g",', 79_996)}"h"]}}\n`,
  'users in many groups that don’t exist': () =>
    lines(
      (index) =>
        `{"user":{${USER.replaceAll('u0', `u${index}`)},"groups":[${lines((each) => `"g${index * each}",`, 9000)}"h"]}}`,
      40,
    ),
}).map(([name, body]) => ({ name, body }));

/** Imports as one JSON document. */
export const JSON_IMPORT_SHAPES: readonly Shape[] = [
  ...ANY_JSON,
  { name: 'users of nothing', body: () => `{"users":[${repeat('0,', LINE)}0]}` },
  { name: 'users without fields', body: () => `{"users":[${repeat('{},', LINE)}{}]}` },
  { name: 'the same user', body: () => `{"users":[${repeat(`{${USER}},`, LINE - 200)}{${USER}}]}` },
  {
    name: 'a user in many groups',
    body: () => `{"users":[{${USER},"groups":[${repeat('"g",', LINE - 200)}"h"]}]}`,
  },
];

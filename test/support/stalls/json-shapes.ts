import type { JsonSchema } from '../../../src/interfaces/control-api/contract/json-schema.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { MIB, type Shape } from './shape.ts';

/** As much as a JSON body can have. */
const LARGEST = 2 * MIB - 1024;

/** Bodies that are hostile whatever the schema is. */
export const ANY_JSON: readonly Shape[] = [
  ...Object.entries({
    'deep lists': '['.repeat(LARGEST),
    'closed deep lists': '['.repeat(LARGEST >> 1) + ']'.repeat(LARGEST >> 1),
    'deep objects': '{"a":'.repeat(LARGEST / 6) + '1' + '}'.repeat(LARGEST / 6),
    'a list of numbers': `{"a":[${'0,'.repeat(LARGEST >> 1).slice(0, -1)}]}`,
    'a list of objects': `[${'{},'.repeat(LARGEST / 3).slice(0, -1)}]`,
    'one long number': `{"a":${'9'.repeat(LARGEST)}}`,
    'one long fraction': `{"a":0.${'1'.repeat(LARGEST)}}`,
    'one long text': `{"a":"${'a'.repeat(LARGEST)}"}`,
    escapes: `{"a":"${'\\u0061'.repeat(LARGEST / 6)}"}`,
    blanks: `${' '.repeat(LARGEST)}{}`,
    'blanks, then a mistake': `{}${' '.repeat(LARGEST)}x`,
    'a mistake at the end': `{"a":[${'0,'.repeat(LARGEST >> 1)}`,
    'a mistake after many lines': `{"a":[${'0,\n'.repeat(LARGEST / 3)}`,
    'a text without end': `{"a":"${'a'.repeat(LARGEST)}`,
    __proto__: `{${'"__proto__":{},'.repeat(LARGEST / 15).slice(0, -1)}}`,
    'the same key': `{${'"a":1,'.repeat(LARGEST / 6).slice(0, -1)}}`,
  }).map(([name, text]) => ({ name, body: () => text })),
  { name: 'different keys', body: () => keys((index) => `"k${index}":1`, LARGEST / 11) },
  { name: 'numbers as keys', body: () => keys((index) => `"${index * 97}":1`, LARGEST / 11) },
  { name: 'as many keys as are read', body: () => keys((index) => `"k${index}":1`, 9_990) },
  {
    name: 'as many long keys as are read',
    body: () => keys((index) => `"${'~/'.repeat(90)}${index}":1`, 9_000),
  },
];

function keys(pair: (index: number) => string, count: number): string {
  return `{${Array.from({ length: Math.floor(count) }, (_, index) => pair(index)).join(',')}}`;
}

type Named = Readonly<Record<string, JsonSchema>>;

/** Bodies that fill what a schema has with as much as possible. */
export function shapesFor(schema: JsonSchema, named: Named, example: unknown): Shape[] {
  const shapes: Shape[] = [];
  for (const [kind, make] of HOSTILE_TEXTS) {
    shapes.push({
      name: `${kind} in every field`,
      body: () => {
        const leaves = countLeaves(fill(schema, named, { text: '', items: 1 }));
        // JSON may need six bytes for a character.
        const text = make(LARGEST / leaves / (kind === 'half of a pair' ? 2 : 1.1));
        return cut(JSON.stringify(fill(schema, named, { text: shorten(text, leaves), items: 1 })));
      },
    });
  }
  for (const [kind, text] of [
    ['empty texts', ''],
    ['short texts', 'a'],
    ['addresses', 'https://a.example/'],
  ] as const) {
    shapes.push({ name: `long lists of ${kind}`, body: () => longest(schema, named, text) });
  }
  for (const path of listsOf(example)) {
    shapes.push({ name: `the example with a long ${path.join('.')}`, body: () => repeatAt(example, path) });
  }
  return shapes;
}

function shorten(text: string, leaves: number): string {
  const length = Buffer.byteLength(JSON.stringify(text));
  const most = LARGEST / leaves - 200;
  return length <= most ? text : text.slice(0, Math.floor((text.length * most) / length));
}

const cut = (text: string) => (Buffer.byteLength(text) > LARGEST + 1000 ? '{}' : text);

function longest(schema: JsonSchema, named: Named, text: string): string {
  for (let items = 9_000; items >= 1; items = Math.floor(items / 1.5)) {
    const value = fill(schema, named, { text, items });
    const body = JSON.stringify(value);
    if (countAll(value) < 9_990 && body.length < LARGEST) return body;
  }
  return '{}';
}

interface Content {
  readonly text: string;
  /** Of each list. */
  readonly items: number;
}

function fill(given: JsonSchema, named: Named, content: Content, depth = 0): unknown {
  const schema = given.$ref === undefined ? given : (named[given.$ref.split('/').at(-1) ?? ''] ?? {});
  if (depth > 8) return null;
  if (schema.const !== undefined) return schema.const;
  const [richest] = [...(schema.anyOf ?? [])].sort((one, other) => rank(other, named) - rank(one, named));
  if (richest) return fill(richest, named, content, depth);
  if (schema.properties) {
    const filled = Object.entries(schema.properties).map(([key, each]) => [
      key,
      fill(each, named, content, depth + 1),
    ]);
    return Object.fromEntries(filled) as unknown;
  }
  if (schema.items) {
    const item = fill(schema.items, named, { ...content, items: 1 }, depth + 1);
    return Array.from({ length: content.items }, () => item);
  }
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema.maximum ?? 1;
  if (type === 'object') return { [content.text]: content.text };
  return content.text;
}

function rank(schema: JsonSchema, named: Named): number {
  const found = schema.$ref === undefined ? schema : (named[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  return (
    Object.keys(found.properties ?? {}).length + (found.items ? 5 : 0) + (found.type === 'null' ? -1 : 0)
  );
}

function countLeaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? 1 : 0.01;
  return Object.values(value).reduce<number>((sum, each) => sum + countLeaves(each), 1);
}

function countAll(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + countAll(each), 1);
}

function listsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) && value.length > 0 ? [[...path]] : [];
  return [...own, ...Object.entries(value).flatMap(([key, each]) => listsOf(each, [...path, key]))];
}

/** The value with the list at `path` repeated as often as the limits on values and size allow. */
function repeatAt(value: unknown, path: readonly string[]): string {
  for (let times = 9_000; times >= 1; times = Math.floor(times / 1.5)) {
    const copy = structuredClone(value);
    let list: unknown = copy;
    for (const key of path) list = (list as Record<string, unknown>)[key]; // the path was found in this value
    if (!Array.isArray(list)) return '{}';
    const items = [...(list as unknown[])];
    list.splice(0, list.length, ...Array.from({ length: times }, () => items).flat());
    const body = JSON.stringify(copy);
    if (countAll(copy) < 9_990 && body.length < LARGEST) return body;
  }
  return '{}';
}

import type { Route } from '../contract/route.ts';

/** A call of an operation, from which an example in each language is written. */
export interface ExampleCall {
  readonly method: Route['method'];
  /**
   * The path below the API's address: fixed texts, and names of variables of the environment, in their order. Fixed texts
   * have nothing that means something in a shell, in JavaScript or in Python.
   */
  readonly path: readonly (string | { readonly variable: string })[];
  readonly needsToken: boolean;
  readonly body?: ExampleBody | undefined;
}

/** A body: a JSON value, or a text in another format. */
export type ExampleBody =
  { readonly type: string; readonly json: unknown } | { readonly type: string; readonly text: string };

/** The variable of the environment for each path parameter; the lines to run first set them. */
const VARIABLES: Readonly<Partial<Record<string, string>>> = {
  user: 'USER_ID',
  group: 'GROUP_ID',
  application: 'APPLICATION',
  certificate: 'CERTIFICATE_ID',
  session: 'SESSION_ID',
  import: 'IMPORT_ID',
  mail: 'MAIL_ID',
  event: 'EVENT_ID',
  device: 'DEVICE_ID',
  signIn: 'SIGN_IN_ID',
  classroom: 'CLASSROOM_ID',
};

/** Values of path parameters that work on every server. */
const FIXED: Readonly<Partial<Record<string, string>>> = { organization: 'default', type: 'users' };

/** The values of an operation's path parameters, as an address gives them. */
export type KnownValues = ReadonlyMap<string, string>;

/** The names of an operation's path parameters, in their order. */
export const pathParameters = ({ path }: Pick<Route, 'path'>): string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** The value with which a path parameter is filled in, if there is one. */
export const valueOf = (name: string, known: KnownValues): string | undefined =>
  known.get(name) ?? FIXED[name];

/**
 * The call of an operation with its example body. Parameters without a value become variables: those of the path, and
 * those of the query that it can't do without.
 */
export function exampleCall(
  route: Route,
  known: KnownValues,
  requiredQuery: readonly string[] = [],
): ExampleCall {
  const { method, path, open, json, text, example } = route;
  const query = requiredQuery.map((name, index) => `${index === 0 ? '?' : '&'}${name}=:${name}`).join('');
  const parts = `${path}${query}`.split(/(:\w+)/).map((part) => {
    if (!part.startsWith(':')) return part;
    const name = part.slice(1);
    const value = valueOf(name, known);
    return value === undefined ? { variable: VARIABLES[name] ?? name.toUpperCase() } : inPath(value);
  });
  return { method, path: joined(parts), needsToken: open !== true, body: bodyOf({ json, text, example }) };
}

/**
 * A value as a part of a path. Attack: a link to this page with a value such as `$(rm -rf ~)` or `"); evil("`, whose
 * example a reader copies into a shell. What is left after this encoding means nothing in any of the languages.
 */
const inPath = (value: string): string =>
  encodeURIComponent(value).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function joined(parts: ExampleCall['path']): ExampleCall['path'] {
  const all: (string | { readonly variable: string })[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else if (part !== '') all.push(part);
  }
  return all;
}

function bodyOf({ json, text, example }: Pick<Route, 'json' | 'text' | 'example'>): ExampleBody | undefined {
  if (text !== undefined) {
    const [type = 'text/plain'] = text.types;
    return { type, text: typeof example === 'string' ? example : '' };
  }
  return json === undefined ? undefined : { type: 'application/json', json: example ?? {} };
}

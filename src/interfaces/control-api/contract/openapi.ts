import type { z } from 'zod';
import { createSchemas, type JsonSchema, type Schemas } from './json-schema.ts';
import { problemView, REFUSALS } from './problem.ts';
import type { Route } from './route.ts';

/** A group of related operations. */
export interface Section {
  readonly name: string;
  readonly about: string;
  readonly routes: readonly Route[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string | undefined;
  readonly schema: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;

export interface Answer {
  readonly description: string;
  readonly content?: Content | undefined;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security?: readonly [];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content } | undefined;
  readonly responses: Readonly<Record<string, Answer | { readonly $ref: string }>>;
}

/** The parts of an OpenAPI 3.1 document that this API uses (spec.openapis.org/oas/v3.1.0). */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, Answer>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

/** Generates the API's description from the schemas that check its requests. `url` is the API's address. */
export function describeApi(sections: readonly Section[], url: string): OpenApiDocument {
  const schemas = createSchemas();
  const problem = schemas.of(problemView, 'output');
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { name, routes } of sections) {
    for (const each of routes) {
      const path = each.path.replace(/:(\w+)/g, '{$1}');
      (paths[path] ??= {})[each.method.toLowerCase()] = describeOperation(schemas, each, name);
    }
  }
  const responses = Object.entries(REFUSALS).map(([status, description]) => [
    refusalName(status),
    { description, content: { 'application/problem+json': { schema: problem } } },
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vestibule control API',
      version: '1',
      description: 'Manages the organizations of a Vestibule server, for programs and tests.',
    },
    servers: [{ url }],
    security: [{ token: [] }],
    tags: sections.map(({ name, about }) => ({ name, description: about })),
    paths,
    components: {
      schemas: schemas.named,
      responses: {
        // The cast is safe: each entry is a name with a response from above.
        ...(Object.fromEntries(responses) as Record<string, Answer>),
        Failure: {
          description: 'Any other failure; with 503, Retry-After says when to try again.',
          content: { 'application/problem+json': { schema: problem } },
        },
      },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'VESTIBULE_API_TOKEN, or the token that the first start or “vestibule token” printed.',
        },
      },
    },
  };
}

const refusalName = (status: string | number) => `Refused${status}`;

function describeOperation(schemas: Schemas, route: Route, tag: string): Operation {
  const { id, summary, params, query, returns, status, produces = 'application/json' } = route;
  const success: Answer = {
    description: status === 204 ? 'Done.' : summary,
    ...(returns && { content: { [produces]: { schema: schemas.of(returns, 'output') } } }),
  };
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(route.open && { security: [] as const }),
    parameters: [...parametersOf(schemas, params, 'path'), ...parametersOf(schemas, query, 'query')],
    requestBody: bodyOf(schemas, route),
    responses: { [status]: success, ...refusalsOf(route) },
  };
}

function parametersOf(schemas: Schemas, schema: z.ZodType | undefined, place: Parameter['in']): Parameter[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.of(schema, 'input');
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function bodyOf(schemas: Schemas, { json, text, accepts = [], example }: Route): Operation['requestBody'] {
  const shown = example === undefined ? {} : { example };
  if (text) {
    const types = text.types.map((type) => [type, { schema: { type: 'string' }, ...shown }] as const);
    return { required: true, content: Object.fromEntries(types) };
  }
  if (!json) return undefined;
  const others = accepts.map((type) => [type, { schema: { type: 'string' } }] as const);
  const content = { 'application/json': { schema: schemas.of(json, 'input'), ...shown } };
  return { required: true, content: { ...content, ...Object.fromEntries(others) } };
}

/** The refusals of an operation, which follow from its input and method. */
function refusalsOf(route: Route): Operation['responses'] {
  const { method, params, query, json, text, open, refuses = {} } = route;
  const takesBody = json !== undefined || text !== undefined;
  const statuses = [
    ...(params || query || takesBody ? [400] : []),
    ...(open ? [] : [401]),
    ...(params ? [404] : []),
    ...(method === 'GET' ? [] : [409]),
    ...(takesBody ? [413, 415] : []),
  ];
  const shared = statuses.map((status) => [
    status,
    { $ref: `#/components/responses/${refusalName(status)}` },
  ]);
  const own = Object.entries(refuses).map(([status, description]) => [
    status,
    {
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  // The casts are safe: each entry is a status with its response.
  return {
    ...(Object.fromEntries([...shared, ...own]) as Operation['responses']),
    default: { $ref: '#/components/responses/Failure' },
  };
}

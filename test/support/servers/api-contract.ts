import assert from 'node:assert/strict';
import { z } from 'zod';
import type { JsonSchema } from '../../../src/interfaces/control-api/contract/json-schema.ts';
import type {
  Answer as Described,
  OpenApiDocument,
  Operation,
} from '../../../src/interfaces/control-api/contract/openapi.ts';
import type { Answer } from './browserless.ts';
import { API_TOKEN, type TestServer } from './server.ts';

/** The arguments of a call; the operation's example replaces an absent body. */
export interface Call {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** The status of the expected refusal. */
  refused?: number;
}

/** Calls operations as the OpenAPI description documents them, and checks requests and answers against it. */
export interface ApiContract {
  readonly document: OpenApiDocument;
  /** The ids of the operations that succeeded. */
  readonly called: ReadonlySet<string>;
  call(id: string, call?: Call): Promise<Record<string, unknown>>;
}

interface Found {
  method: string;
  path: string;
  operation: Operation;
}

export function apiContract(server: TestServer, document: OpenApiDocument): ApiContract {
  const { components, paths } = document;
  const operations = new Map<string, Found>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.set(operation.operationId, { method: method.toUpperCase(), path, operation });
    }
  }
  const called = new Set<string>();
  // The schemas come from the description alone; those of the routes are not used here.
  const reader = (schema: JsonSchema) => {
    const whole = JSON.stringify({ ...schema, $defs: components.schemas });
    const local = JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as Record<
      string,
      unknown
    >;
    return z.fromJSONSchema(local);
  };
  const hold = (what: string, schema: JsonSchema, value: unknown) => {
    const read = reader(schema).safeParse(value);
    assert.ok(read.success, `${what}: ${read.error?.message} in ${JSON.stringify(value)}`);
  };
  const describedAnswer = ({ operationId, responses }: Operation, status: number): Described => {
    const found = responses[String(status)];
    assert.ok(found, `${operationId} answers ${status}, which isn’t described.`);
    if (!('$ref' in found)) return found;
    const shared = components.responses[found.$ref.replace('#/components/responses/', '')];
    assert.ok(shared, found.$ref);
    return shared;
  };

  return {
    document,
    called,
    async call(id, { params = {}, query = {}, body, refused } = {}) {
      const found = operations.get(id);
      assert.ok(found, `There is no operation ${id}.`);
      const { method, path, operation } = found;
      const [[type, media] = []] = Object.entries(operation.requestBody?.content ?? {});
      const sent = media && (body === undefined ? media.example : body);
      if (media && refused === undefined) hold(`the body of ${id}`, media.schema, sent);
      for (const [place, given] of [
        ['path', { organization: 'default', ...params }],
        ['query', query],
      ] as const) {
        const known = new Map(
          operation.parameters.filter((each) => each.in === place).map((each) => [each.name, each]),
        );
        for (const name of Object.keys(given)) {
          assert.ok(known.has(name) || name === 'organization', `${id} has no ${name} in its ${place}.`);
        }
        for (const { name, required } of known.values())
          assert.ok(!required || name in given, `${id}: ${name}`);
      }
      const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
        const value = { organization: 'default', ...params }[name];
        assert.ok(value !== undefined, `${id} needs ${name}.`);
        return encodeURIComponent(value);
      });
      const search = new URLSearchParams(query).toString();
      const answer = await server.browser().send(method, `/api/v1${filled}${search && `?${search}`}`, {
        headers: {
          ...(operation.security === undefined && { authorization: `Bearer ${API_TOKEN}` }),
          ...(type !== undefined && { 'content-type': type }),
        },
        ...(sent !== undefined && (typeof sent === 'string' ? { form: sent } : { json: sent })),
      });
      holdAnswer(id, answer, describedAnswer(operation, answer.status), hold);
      if (refused === undefined) {
        assert.ok(answer.status < 300, `${id}: ${answer.status} ${answer.body}`);
        called.add(id);
      } else {
        assert.equal(answer.status, refused, `${id}: ${answer.body}`);
      }
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      // The answer has just been checked against the description.
      return isJson ? (JSON.parse(answer.body) as Record<string, unknown>) : { text: answer.body };
    },
  };
}

function holdAnswer(
  id: string,
  { status, headers, body }: Answer,
  { content }: Described,
  hold: (what: string, schema: JsonSchema, value: unknown) => void,
): void {
  const what = `the answer ${status} of ${id}`;
  if (!content) {
    assert.equal(body, '', what);
    return;
  }
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const described = content[type];
  assert.ok(described, `${what} is ${type}, which isn’t described.`);
  hold(what, described.schema, /json/.test(type) ? JSON.parse(body) : body);
}

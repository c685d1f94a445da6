import type { ShownOperation } from '../../../../views/control/operation.tsx';
import type { OpenApiDocument } from '../contract/openapi.ts';
import { REFUSALS } from '../contract/problem.ts';
import type { Route } from '../contract/route.ts';
import { exampleCall, valueOf, type ExampleBody, type KnownValues } from './example-call.ts';
import { curlOf } from './example-curl.ts';
import { javascriptOf } from './example-javascript.ts';
import { pythonOf } from './example-python.ts';
import { answerFieldsOf, bodyFieldsOf, parametersOf } from './fields.ts';

/** An operation as its page shows it. `known` are values of path parameters. */
export function shownOperation(
  route: Route,
  { paths, components }: OpenApiDocument,
  known: KnownValues,
): ShownOperation {
  const { id, method, summary, status } = route;
  const path = route.path.replace(/:(\w+)/g, '{$1}');
  const operation = paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${path} isn't described.`);
  const refusals = Object.entries(operation.responses)
    .filter(([each]) => each !== 'default' && each !== String(status))
    .map(([each, answer]) => ({
      status: each,
      description: 'description' in answer ? answer.description : (REFUSALS[Number(each)] ?? ''),
    }));
  const named = components.schemas;
  const queryFields = parametersOf(operation, 'query', named);
  const required = queryFields.filter((field) => field.required).map(({ name }) => name);
  const call = exampleCall(route, known, required);
  return {
    ...{ id, method, path, summary, refusals, needsToken: call.needsToken },
    pathFields: parametersOf(operation, 'path', named).map((field) => ({
      ...field,
      value: valueOf(field.name, known),
    })),
    queryFields,
    bodyFields: bodyFieldsOf(operation, named),
    success: { status: String(status), fields: answerFieldsOf(operation, String(status), named) },
    body: call.body && { types: bodyTypesOf(route, call.body), text: bodyText(call.body) },
    examples: [
      { language: 'curl', text: curlOf(call) },
      { language: 'JavaScript', text: javascriptOf(call) },
      { language: 'Python', text: pythonOf(call) },
    ],
    // What can't be undone is asked for once more before it is sent.
    destroys: method === 'DELETE' || /^(reset|delete|take)[A-Z]/.test(id),
  };
}

const bodyTypesOf = ({ accepts = [], text }: Route, body: ExampleBody): readonly string[] => [
  ...new Set([body.type, ...(text?.types ?? []), ...accepts]),
];

const bodyText = (body: ExampleBody): string =>
  'json' in body ? JSON.stringify(body.json, undefined, 2) : body.text;

import type { ApiField } from '../../../../views/control/api-page.tsx';
import type { JsonSchema } from './json-schema.ts';
import type { Answer, Operation } from './openapi.ts';

type Named = Readonly<Record<string, JsonSchema>>;

/** How deep the page lists fields. openapi.json has all of them. */
const MAX_DEPTH = 3;

/** The input of an operation: parameters first, then the body's fields. */
export function fieldsOf({ parameters, requestBody }: Operation, named: Named): ApiField[] {
  const sent = parameters.map(({ name, in: place, required, description, schema }) => ({
    ...{ name, place, required, description, type: typeOf(schema, named) },
  }));
  return [...sent, ...bodyFields(requestBody?.content, 'body', named)];
}

/** The fields of the response with this status. */
export function answerFieldsOf({ responses }: Operation, status: string, named: Named): ApiField[] {
  const answer = responses[status];
  // A shared response is always a refusal, whose body is a problem.
  const { content } = answer && !('$ref' in answer) ? answer : ({} as Partial<Answer>);
  return bodyFields(content, 'answer', named);
}

function bodyFields(content: Answer['content'], place: string, named: Named): ApiField[] {
  const [[type, media] = []] = Object.entries(content ?? {});
  if (!media || type === undefined) return [];
  const schema = resolve(media.schema, named);
  if (schema.properties) return propertiesOf(schema, '', place, named, 1);
  return [{ name: type, place, type: typeOf(schema, named), required: true }];
}

function propertiesOf(
  { properties = {}, required = [] }: JsonSchema,
  prefix: string,
  place: string,
  named: Named,
  depth: number,
): ApiField[] {
  return Object.entries(properties).flatMap(([key, given]) => {
    const schema = resolve(given, named);
    const name = `${prefix}${key}`;
    const { description = schema.description } = given;
    const field = { name, place, type: typeOf(given, named), required: required.includes(key), description };
    const item = schema.items && resolve(schema.items, named);
    const [inner, below] = item?.properties ? [item, `${name}[].`] : [schema, `${name}.`];
    const deeper =
      inner.properties && depth < MAX_DEPTH ? propertiesOf(inner, below, place, named, depth + 1) : [];
    return [field, ...deeper];
  });
}

function resolve(schema: JsonSchema, named: Named): JsonSchema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (named[name] ?? {});
}

const WORDS: Readonly<Partial<Record<string, string>>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
};

function typeOf(given: JsonSchema, named: Named): string {
  const schema = resolve(given, named);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(each, named)).join(' | ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items, named) : 'anything'}`;
  if (schema.format === 'date-time') return 'instant';
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return types.map((type) => WORDS[type] ?? type).join(' | ') || 'anything';
}

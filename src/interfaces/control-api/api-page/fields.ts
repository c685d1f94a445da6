import type { ApiField } from '../../../../views/control/fields.tsx';
import type { JsonSchema } from '../contract/json-schema.ts';
import type { Answer, Operation } from '../contract/openapi.ts';

type Named = Readonly<Record<string, JsonSchema>>;

/** How deep the page lists fields. openapi.json has all of them. */
const MAX_DEPTH = 5;

/** The parameters of an operation's path or query. */
export function parametersOf({ parameters }: Operation, place: 'path' | 'query', named: Named): ApiField[] {
  return parameters
    .filter((each) => each.in === place)
    .map(({ name, required, description, schema }) => ({
      ...{ name, required, description, type: typeOf(schema, named), fields: [] },
    }));
}

/** The fields of an operation's body; those of nested objects are below them. */
export const bodyFieldsOf = ({ requestBody }: Operation, named: Named): ApiField[] =>
  fieldsOf(requestBody?.content, named);

/** The fields of the response with this status. */
export function answerFieldsOf({ responses }: Operation, status: string, named: Named): ApiField[] {
  const answer = responses[status];
  // A shared response is always a refusal, whose body is a problem.
  return fieldsOf(answer && !('$ref' in answer) ? answer.content : undefined, named);
}

function fieldsOf(content: Answer['content'], named: Named): ApiField[] {
  const [[type, media] = []] = Object.entries(content ?? {});
  if (!media || type === undefined) return [];
  const schema = resolve(media.schema, named);
  if (schema.properties) return propertiesOf(schema, named, 1);
  return [{ name: type, type: typeOf(schema, named), required: true, fields: [] }];
}

function propertiesOf(
  { properties = {}, required = [] }: JsonSchema,
  named: Named,
  depth: number,
): ApiField[] {
  return Object.entries(properties).map(([name, given]) => {
    const schema = resolve(given, named);
    const { description = schema.description } = given;
    const inner = innerOf(schema, named);
    const fields = inner && depth < MAX_DEPTH ? propertiesOf(inner, named, depth + 1) : [];
    return { name, type: typeOf(given, named), required: required.includes(name), description, fields };
  });
}

/** The object in a field: itself, the items of a list, or what it is when it isn't null. */
function innerOf(schema: JsonSchema, named: Named): JsonSchema | undefined {
  if (schema.properties) return schema;
  const others = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? [])];
  return others.map((each) => resolve(each, named)).find(({ properties }) => properties !== undefined);
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

import { z } from 'zod';

/** The keywords of JSON Schema (2020-12) that this API uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  anyOf?: readonly JsonSchema[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

/** Converts Zod schemas to JSON Schemas, which share the named ones. */
export interface Schemas {
  /** `input`: the schema of a request; `output`: of a response. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** The named schemas, by name. */
  readonly named: Readonly<Record<string, JsonSchema>>;
}

const LOCAL = '#/$defs/';
const SHARED = '#/components/schemas/';

export function createSchemas(): Schemas {
  const named: Record<string, JsonSchema> = {};
  return {
    named,
    of(schema, io) {
      const { $schema: _dialect, $defs = {}, ...json } = convert(schema, io);
      for (const [name, each] of Object.entries($defs)) {
        const shared = relocate(each);
        if (name in named && JSON.stringify(named[name]) !== JSON.stringify(shared)) {
          throw new Error(`Two schemas have the name ${name}.`);
        }
        named[name] = shared;
      }
      return relocate(json);
    },
  };
}

function convert(schema: z.ZodType, io: 'input' | 'output') {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // JSON Schema can't describe the result of a transformation. Ours only brand strings, so the schema of
      // the input is right.
      const { def } = zodSchema._zod;
      if (io === 'output' && def.type === 'pipe' && zodSchema instanceof z.ZodPipe) {
        const { $schema: _dialect, ...json } = z.toJSONSchema(zodSchema.in as z.ZodType, { io });
        Object.assign(jsonSchema, json);
      }
    },
  });
}

/** Changes the schema's references to where OpenAPI keeps named schemas. */
function relocate(json: unknown): JsonSchema {
  const text = JSON.stringify(json).replaceAll(`"$ref":"${LOCAL}`, `"$ref":"${SHARED}`);
  return JSON.parse(text) as JsonSchema; // Zod has just generated it
}

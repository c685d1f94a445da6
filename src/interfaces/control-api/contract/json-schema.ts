import { z } from 'zod';

/** A JSON Schema (2020-12), as far as it is looked into here. */
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

/** Zod's schemas as JSON Schemas that share the named ones among them. */
export interface Schemas {
  /** `input`: what is sent; `output`: what is answered. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** The schemas that have a name, by it. */
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
      // What a transformation gives can't be told; ours give a text its type, and nothing else.
      const { def } = zodSchema._zod;
      if (io === 'output' && def.type === 'pipe' && zodSchema instanceof z.ZodPipe) {
        const { $schema: _dialect, ...json } = z.toJSONSchema(zodSchema.in as z.ZodType, { io });
        Object.assign(jsonSchema, json);
      }
    },
  });
}

/** The same schema, its references where OpenAPI keeps them. */
function relocate(json: unknown): JsonSchema {
  const text = JSON.stringify(json).replaceAll(`"$ref":"${LOCAL}`, `"$ref":"${SHARED}`);
  return JSON.parse(text) as JsonSchema; // one that Zod has just made
}

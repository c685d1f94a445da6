import { z } from 'zod';
import { organizationFileSchema } from './schema.ts';

/**
 * The JSON Schema (draft 7) of organization files, with which editors complete and check them. It is generated from
 * the schema that we check files with. Rules across several values, and rules that need parsing (durations,
 * templates), aren't in it; `vestibule check` checks them too.
 */
export function organizationFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(organizationFileSchema, {
    io: 'input',
    unrepresentable: 'any',
    // The draft that editors support best.
    target: 'draft-7',
  });
  return { $schema, title: 'Vestibule organization file', ...schema };
}

import { z } from 'zod';
import { organizationFileSchema } from './schema.ts';

/**
 * The JSON Schema (draft 7) of organization files, for the completion and the checks of editors. It is made from the schema
 * that checks them; rules across several values, and what reading a text shows (durations, templates), are checked by
 * `vestibule check` alone.
 */
export function organizationFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(organizationFileSchema, {
    io: 'input',
    unrepresentable: 'any',
    // What editors' validators know best.
    target: 'draft-7',
  });
  return { $schema, title: 'Vestibule organization file', ...schema };
}

import { z } from 'zod';

/** What a program passes to name a thing: its object, or a text. */
const reference = (expected: string) =>
  z.union([z.string(), z.looseObject({ id: z.string() })], { error: `Expected ${expected}.` });

export const userReferenceSchema = reference('a user: its object, user name or id');
export const groupReferenceSchema = reference('a group: its object, display name or id');

const idReferenceSchema = reference('an object with an id, or the id');

/** The id of a certificate, device or session that a program named. Throws ZodError for anything else. */
export function idOf(given: unknown): string {
  const named = idReferenceSchema.parse(given);
  return typeof named === 'string' ? named : named.id;
}

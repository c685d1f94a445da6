/*
 * Reads values of a file that may not be valid. Checks across several parts must run even when one part has a fault, so
 * that a user sees all faults together.
 */

export type LooseRecord = Readonly<Partial<Record<string, unknown>>>;

/** The mapping, or an empty one for anything else. */
export function looseRecord(value: unknown): LooseRecord {
  // An object that isn't a list has string keys, and LooseRecord promises nothing about its values.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LooseRecord) : {};
}

/** The list, or an empty one for anything else. */
export function looseList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text without the spaces around it, or undefined for anything else. */
export function looseText(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}

/*
 * A look at what a file says before it is known whether it is right: checks across its parts must run also when one of
 * them has a fault, so that all faults are told at once.
 */

export type LooseRecord = Readonly<Partial<Record<string, unknown>>>;

/** The mapping, or an empty one for anything else. */
export function looseRecord(value: unknown): LooseRecord {
  // An object that isn't a list: its keys are text, and of its values nothing is said.
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

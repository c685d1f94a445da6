import type { z } from 'zod';

/**
 * The message for an issue for which the schema has none, in words for whoever sent the value; zod's own ones are for
 * programmers. Pass it to `safeParse` as `error`.
 */
export function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue);
    case 'invalid_value':
      return issue.values.length > 1
        ? `Give one of these: ${issue.values.map((value) => String(value) || 'nothing').join(', ')}.`
        : `Give ${String(issue.values[0])}.`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'Give a text: it is empty.'
        : `Give at least ${amount(issue.minimum, issue.origin)}.`;
    case 'too_big':
      return `Give at most ${amount(issue.maximum, issue.origin)}.`;
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return 'This value is not what is accepted here.';
    case 'unrecognized_keys':
    case 'custom':
      return undefined;
  }
}

/** What a limit counts. */
const COUNTED: Readonly<Record<string, string>> = { string: 'character', array: 'value' };

function amount(limit: number | bigint, origin: string): string {
  const counted = COUNTED[origin];
  return counted === undefined ? String(limit) : `${limit} ${counted}${Number(limit) === 1 ? '' : 's'}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function typeWords({ expected, input }: z.core.$ZodRawIssue & { expected: string }): string {
  const kind = KINDS[expected] ?? 'another value';
  if (input === undefined) return `This is missing: give ${kind}.`;
  // A field that a form has several times.
  if (expected === 'string' && Array.isArray(input)) return 'Give this once.';
  return `Give ${kind}.`;
}

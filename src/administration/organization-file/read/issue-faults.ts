import { z } from 'zod';
import { formatPath, shorten, type FileFault, type Path, type PathPart } from './fault.ts';
import type { YamlDocument } from './yaml-document.ts';

const EXPECTED: Readonly<Partial<Record<string, string>>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (lines that begin with “- ”)',
  object: 'keys with values',
  record: 'keys with values',
};

/**
 * Messages for issues for which the schema has none. Passed to `safeParse`, it also receives the schema that refused.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `Expected ${EXPECTED[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `Expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return `Expected at least ${issue.minimum}.`;
    case 'too_big':
      return `Expected at most ${issue.maximum}.`;
    case 'unrecognized_keys':
      return issue.inst instanceof z.ZodObject
        ? `Expected: ${Object.keys(issue.inst.shape).join(', ')}.`
        : '';
    default:
      return undefined;
  }
}

/** The faults that the schema found. Each is a function, because finding a place in the file takes time. */
export function toFaults(issues: readonly z.core.$ZodIssue[], document: YamlDocument): (() => FileFault)[] {
  return issues.flatMap((issue) => {
    // The document's keys are strings and numbers, never symbols.
    const path = issue.path.filter((part): part is PathPart => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => () => unknownKey([...path, key], issue.message, document));
    }
    return [() => refusedValue(issue, path, document)];
  });
}

function refusedValue(issue: z.core.$ZodIssue, path: Path, document: YamlDocument): FileFault {
  const { found, value } = lookUp(document.value, path);
  const missing = / is missing\.$/.test(issue.message) ? '' : `${String(path.at(-1))} is missing. `;
  const message = found
    ? `${issue.message}${needsQuotes(issue, value) ? ' Put it in quotes.' : ''}`
    : `${missing}${issue.message}`;
  return { ...document.placeOf(path), path: formatPath(path), message };
}

function unknownKey(path: Path, expected: string, document: YamlDocument): FileFault {
  const message = `There is no ${shorten(String(path.at(-1)))} here. ${expected}`.trim();
  return { ...document.placeOfKey(path), path: formatPath(path), message };
}

/** YAML reads 2026, 0123 and true as numbers and booleans, where text was expected. */
function needsQuotes(issue: z.core.$ZodIssue, value: unknown): boolean {
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return (
    issue.code === 'invalid_type' && issue.expected === 'string' && isPlain && !/quotes/.test(issue.message)
  );
}

function lookUp(value: unknown, path: Path): { found: boolean; value: unknown } {
  let inner = value;
  for (const part of path) {
    const isInside = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part);
    if (!isInside) return { found: false, value: undefined };
    inner = (inner as Record<PathPart, unknown>)[part]; // checked on the line above
  }
  return { found: true, value: inner };
}

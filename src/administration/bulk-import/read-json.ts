import { findJsonExcess, type JsonLimits } from '../../foundation/http/json-body.ts';
import { AppError, invalidFields, unknownField } from '../../foundation/platform/errors.ts';
import { jsonPointer } from '../../foundation/platform/json-pointer.ts';
import type { SentContent, SentItem } from './check.ts';

/* What an import can be sent as, in JSON. The items themselves are checked later. */

/** What the JSON of a document, or of a line, may contain: more than any valid one, and little enough to parse in one go. */
const DOCUMENT_LIMITS: JsonLimits = { levels: 50, values: 500_000 };
const LINE_LIMITS: JsonLimits = { levels: 50, values: 20_000 };

const MIB = 1024 * 1024;
/** The longest line, in characters. JSON is parsed in one go, which blocks all other requests. */
const MAX_LINE = 2 * MIB;
/** The most unknown keys or unreadable lines to report; more would say the same. */
const MAX_FAULTS = 100;

/**
 * Reads one JSON document, `{groups, users}`. Throws BadRequest when it is none, and a ValidationException when it has
 * other keys.
 */
export function readDocument(text: string): SentContent {
  const sent = asObject(parse(text, DOCUMENT_LIMITS));
  if (!sent) throw new AppError('BadRequest', 'The request body could not be read as a JSON object.');
  const faults = Object.keys(sent)
    .filter((key) => key !== 'groups' && key !== 'users')
    .slice(0, MAX_FAULTS)
    .map((key) => ({ field: jsonPointer([key]), message: unknownField(key) }));
  const list = (key: 'groups' | 'users'): SentItem[] => {
    const { [key]: items = [] } = sent;
    if (Array.isArray(items)) return items.map((value: unknown) => ({ value }));
    faults.push({ field: `/${key}`, message: `${key} must be a list.` });
    return [];
  };
  const content = { groups: list('groups'), users: list('users') };
  if (faults.length > 0) throw invalidFields(faults);
  return content;
}

/** Reads lines of JSON, each `{"group": {…}}` or `{"user": {…}}`; empty lines are skipped. */
export interface LineReader {
  take(line: string): void;
  /** Throws PayloadTooLarge for the beginning of a line that is longer than a line may be. */
  assertNotTooLong(beginning: string): void;
  /** What all lines were. Throws a ValidationException with the lines that could not be read. */
  end(): SentContent;
}

export function createLineReader(): LineReader {
  const [groups, users, faults]: [SentItem[], SentItem[], string[]] = [[], [], []];
  let number = 0;
  const assertNotTooLong = (line: string) => {
    if (line.length <= MAX_LINE) return;
    throw new AppError('PayloadTooLarge', `Line ${number + 1} has more than ${MAX_LINE / MIB} MiB.`);
  };
  return {
    assertNotTooLong,
    take(text) {
      assertNotTooLong(text);
      number += 1;
      if (text.trim() === '') return;
      const item = readLine(text);
      const list = item?.kind === 'group' ? groups : users;
      if (item) list.push({ value: item.value, line: number });
      else if (faults.length < MAX_FAULTS) {
        faults.push(`Line ${number}: expected {"group": {…}} or {"user": {…}}.`);
      }
    },
    end() {
      if (faults.length > 0) throw invalidFields(faults.map((message) => ({ field: '', message })));
      return { groups, users };
    },
  };
}

/** What a line holds; undefined when it is neither a group nor a user. */
export function readLine(text: string): { kind: 'group' | 'user'; value: unknown } | undefined {
  const [[kind, value] = [], ...others] = Object.entries(asObject(parse(text, LINE_LIMITS)) ?? {});
  return (kind === 'group' || kind === 'user') && others.length === 0 ? { kind, value } : undefined;
}

function parse(text: string, limits: JsonLimits): unknown {
  if (findJsonExcess(text, limits) !== undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  // The cast is safe: every object has string keys with unknown values.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

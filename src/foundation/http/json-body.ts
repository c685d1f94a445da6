import { AppError } from '../platform/errors.ts';
import { findJsonFault } from './json-place.ts';

/** What a JSON text may contain at most. */
export interface JsonLimits {
  /** Levels of lists and objects. Functions that walk through a value recurse once for each. */
  readonly levels: number;
  /** Values, counted as `findJsonExcess` says. */
  readonly values: number;
}

export type JsonExcess = keyof JsonLimits;

/**
 * Which limit a JSON text exceeds; undefined when it exceeds none. It stops at the first excess. Parsing two megabytes
 * of brackets takes a hundred times as long as reading them, so this is asked before JSON.parse. The text may be
 * invalid.
 *
 * Values are counted as commas and openings of lists and objects: at least as many as the values, and at most twice as
 * many.
 */
export function findJsonExcess(text: string, limits: JsonLimits): JsonExcess | undefined {
  let [level, values] = [0, 0];
  for (let offset = 0; offset < text.length; offset += 1) {
    switch (text.charCodeAt(offset)) {
      case QUOTE:
        offset = endOfString(text, offset);
        break;
      case COMMA:
        values += 1;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        values += 1;
        level += 1;
        if (level > limits.levels) return 'levels';
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        level -= 1;
    }
    if (values > limits.values) return 'values';
  }
  return undefined;
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The index of the quote that ends the string that begins at `from`, or the end of the text. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    const isEscaped = (end - before) % 2 === 1;
    if (!isEscaped) return end;
  }
  return text.length;
}

/**
 * Parses a body that has been checked by `findJsonExcess`; an empty one counts as an object without fields. Throws
 * BadRequest with the place of a mistake, and for a value that is neither an object nor a list. A key that could
 * replace an object's prototype is refused as well.
 */
export function parseJsonBody(text: string): unknown {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notJson(text, error);
  }
  if (typeof value !== 'object' || value === null || hasPrototypeKey(value)) {
    throw new AppError('BadRequest', 'The request body is not a JSON object.');
  }
  return value;
}

const hasPrototypeKey = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototypeKey));

function notJson(text: string, cause: unknown): AppError {
  const place = findJsonFault(text);
  if (!place) return new AppError('BadRequest', 'The request body is not valid JSON.', { cause });
  const { line, column } = place;
  const message = `The request body is not valid JSON: see line ${line}, column ${column}.`;
  const fields = [{ field: '', message: 'The JSON is not valid from here on.', line, column }];
  return new AppError('BadRequest', message, { cause, fields });
}

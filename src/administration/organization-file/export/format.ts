import { mapInTurns } from '../../../foundation/platform/turns.ts';
import type { OrganizationDocument } from '../read/schema.ts';

/** Tells editors where the schema is: beside the file, where users store the output of `vestibule check --schema`. */
const HEADER = '# yaml-language-server: $schema=./organization-file.schema.json\n';

/**
 * Writes an organization file as YAML in the document's order; the same document always gives the same text. The
 * writer is our own because a library would block the main thread for seconds in an export of fifty thousand users.
 * The event loop turns between the entries of the lists.
 */
export async function formatOrganizationFile(document: OrganizationDocument): Promise<string> {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(document)) {
    if (lines.length > 0) lines.push('');
    if (!Array.isArray(value) || isShort(value)) {
      writeEntry(lines, '', key, value);
      continue;
    }
    lines.push(`${scalar(key)}:`);
    await mapInTurns(value as readonly unknown[], (item) => writeCollection(lines, '  ', [item]));
  }
  return `${HEADER}${lines.join('\n')}\n`;
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

function writeEntry(lines: string[], indent: string, key: string, value: unknown): void {
  if (value === undefined) return;
  const name = `${indent}${scalar(key)}:`;
  if (isCollection(value) && !isShort(value)) {
    lines.push(name);
    writeCollection(lines, `${indent}  `, value);
  } else if (typeof value === 'string' && isBlock(value)) {
    lines.push(
      `${name} |`,
      ...value
        .trimEnd()
        .split('\n')
        .map((line) => `${indent}  ${line}`),
    );
  } else lines.push(`${name} ${flow(value)}`);
}

function writeCollection(lines: string[], indent: string, value: Collection): void {
  if (!isList(value)) {
    for (const [key, each] of Object.entries(value)) writeEntry(lines, indent, key, each);
    return;
  }
  for (const item of value) {
    if (!isCollection(item) || isShort(item)) {
      lines.push(`${indent}- ${flow(item)}`);
      continue;
    }
    // The first line of an item follows its hyphen.
    const first = lines.length;
    writeCollection(lines, `${indent}  `, item);
    lines[first] = `${indent}- ${(lines[first] ?? '').slice(indent.length + 2)}`;
  }
}

const WIDTH = 90;

/** Whether a collection fits in one line: it has few and simple values. */
function isShort(value: Collection): boolean {
  const values = Object.values(value);
  if (values.length === 0) return true;
  return (
    values.every((each) => !isCollection(each) && !(typeof each === 'string' && isBlock(each))) &&
    flow(value).length <= WIDTH &&
    !(isList(value) ? false : values.length > 4)
  );
}

/** Whether a text, such as PEM, can be a block: several lines, none of which needs quoting, ended by one line break. */
const isBlock = (text: string) => /^(?:[\x21-\x7e][\x20-\x7e]*\n){2,}$/.test(text);

function flow(value: unknown): string {
  if (!isCollection(value)) return scalar(value);
  if (isList(value)) return `[${value.map(flow).join(', ')}]`;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, each]) => `${scalar(key)}: ${flow(each)}`).join(', ')} }`;
}

/**
 * Text that needs no quotes, in flow style either: it begins with a letter, and no part has a meaning in YAML 1.1 or
 * 1.2.
 */
const PLAIN = /^[A-Za-z](?:[\w.@+/-]|:(?=[\w/])| (?=[\w(]))*$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** JSON's quoting is valid in YAML, except for characters that YAML requires to be escaped. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (PLAIN.test(value) && !WORDS.test(value)) return value;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const isCollection = (value: unknown): value is Collection => typeof value === 'object' && value !== null;
const isList = (value: Collection): value is readonly unknown[] => Array.isArray(value);

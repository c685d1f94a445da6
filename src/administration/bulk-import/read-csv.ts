import { invalidFields, type FieldFault } from '../../foundation/platform/errors.ts';
import { excerpt } from '../../foundation/platform/excerpt.ts';
import { createTurns } from '../../foundation/platform/turns.ts';
import type { SentContent, SentItem } from './check.ts';
import { csvRecords } from './csv-records.ts';

/** The columns of a list of users, as the first line names them, in any order. */
const COLUMNS = ['userName', 'email', 'givenName', 'familyName', 'displayName'] as const;
const OPTIONAL_COLUMNS = ['groups', 'enabled', 'password', 'passwordHash'] as const;
/** Before the SCIM path of a further attribute: `attributes.title`. */
const ATTRIBUTE = 'attributes.';

type Column = (typeof COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number] | `${typeof ATTRIBUTE}${string}`;

/**
 * Reads users from CSV, whose first line names the columns. A cell of groups holds their names between semicolons. Empty
 * cells of optional columns count as absent. Throws a ValidationException with what can't be read; the users themselves
 * are checked later.
 */
export async function readCsv(text: string): Promise<SentContent> {
  const turns = createTurns();
  const users: SentItem[] = [];
  let columns: readonly Column[] | undefined;
  for (const record of csvRecords(text, delimiterOf(text))) {
    const turn = turns.due();
    if (turn) await turn;
    if (!record.ok) throw fault(`Line ${record.line}: ${record.message}`);
    const { cells, line } = record;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (!columns) columns = readColumns(cells);
    else if (cells.length > columns.length) {
      throw fault(`Line ${line}: there are more cells than columns in the first line.`);
    } else users.push({ value: toUser(columns, cells), line });
  }
  return { groups: [], users };
}

/** A spreadsheet writes semicolons where the comma is the decimal point. */
function delimiterOf(text: string): string {
  const [first = ''] = /^[^\r\n]*/.exec(text.trimStart()) ?? [];
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}

const key = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
const KNOWN = new Map<string, Column>([...COLUMNS, ...OPTIONAL_COLUMNS].map((name) => [key(name), name]));

function readColumns(cells: readonly string[]): Column[] {
  const faults: FieldFault[] = [];
  const columns = cells.map((cell): Column => {
    const name = cell.trim();
    if (name.startsWith(ATTRIBUTE)) return `${ATTRIBUTE}${name.slice(ATTRIBUTE.length)}`;
    const known = KNOWN.get(key(name));
    if (known) return known;
    faults.push({
      field: '',
      message: `Line 1: the column ${excerpt(name) || 'without a name'} is not known.`,
    });
    return COLUMNS[0];
  });
  if (faults.length > 0) throw invalidFields(faults);
  for (const name of COLUMNS) {
    if (!columns.includes(name)) throw fault(`Line 1: the column ${name} is missing.`);
  }
  for (const [index, name] of columns.entries()) {
    if (columns.indexOf(name) < index) throw fault(`Line 1: the column ${excerpt(name)} occurs twice.`);
  }
  return columns;
}

function toUser(columns: readonly Column[], cells: readonly string[]): object {
  const attributes: [string, string][] = [];
  const fields: [string, unknown][] = [];
  for (const [index, column] of columns.entries()) {
    const cell = (cells[index] ?? '').trim();
    const isRequired = (COLUMNS as readonly string[]).includes(column);
    if (cell === '' && !isRequired) continue;
    if (column.startsWith(ATTRIBUTE)) attributes.push([column.slice(ATTRIBUTE.length), cell]);
    else if (column === 'groups') fields.push([column, cell.split(';').map((name) => name.trim())]);
    else if (column === 'enabled') fields.push([column, BOOLEANS[cell.toLowerCase()] ?? cell]);
    else fields.push([column, cell]);
  }
  if (attributes.length > 0) fields.push(['attributes', Object.fromEntries(attributes)]);
  return Object.fromEntries(fields);
}

const BOOLEANS: Readonly<Partial<Record<string, boolean>>> = {
  true: true,
  yes: true,
  false: false,
  no: false,
};

const fault = (message: string) => invalidFields([{ field: '', message }]);

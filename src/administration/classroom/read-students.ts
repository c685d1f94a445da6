import { EMAIL_ADDRESS } from '../../domain/mail/email-address.ts';
import { nameKey } from '../../domain/directory/name-key.ts';
import { organizationNameSchema } from '../../domain/organizations/input.ts';
import { invalidFields, type FieldFault } from '../../foundation/platform/errors.ts';
import { csvRecords } from '../bulk-import/csv-records.ts';
import { MAX_STUDENTS, type ListedStudent } from './classroom.ts';

/** As many mistakes are listed: more would only repeat that it is another kind of file. */
const MAX_FAULTS = 100;

/**
 * Reads a list of students: a name on each line, or CSV with a name and, if there is one, an email address. A first line
 * `name,email` is a heading. Throws a ValidationException with the line of each mistake.
 */
export function readStudents(text: string): ListedStudent[] {
  const lines: Line[] = [];
  const faults: FieldFault[] = [];
  for (const record of csvRecords(text, delimiterOf(text))) {
    if (!record.ok) {
      faults.push(faultAt(record.line, `The line can’t be read: ${record.message}`));
      break;
    }
    const cells = record.cells.map((cell) => cell.trim());
    if (cells.every((cell) => cell === '') || (lines.length === 0 && isHeading(cells))) continue;
    lines.push({ cells, line: record.line });
    if (lines.length > MAX_STUDENTS) {
      throw invalidFields([
        faultAt(
          record.line,
          `A class has at most ${MAX_STUDENTS} students: make another class for the others.`,
        ),
      ]);
    }
  }
  const students = lines.map(({ cells, line }) => readStudent(cells, line, faults));
  faults.push(...findDuplicates(lines));
  if (faults.length > 0) throw invalidFields(faults.slice(0, MAX_FAULTS));
  if (students.length === 0) throw invalidFields([{ field: '', message: 'There are no names in it.' }]);
  return students;
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

const faultAt = (line: number, message: string): FieldFault => ({ field: '', message, line, column: 1 });

/** Spreadsheets write tabs to the clipboard, and semicolons where the comma is the decimal point. */
function delimiterOf(text: string): string {
  const [first = ''] = /^[^\r\n]*/.exec(text.trimStart()) ?? [];
  return [',', ';', '\t'].find((each) => first.includes(each)) ?? ',';
}

const isHeading = ([name = '', email = 'email']: readonly string[]) =>
  /^name$/i.test(name) && /^e-?mail$/i.test(email);

function readStudent(
  [name = '', email = '', ...more]: readonly string[],
  line: number,
  faults: FieldFault[],
) {
  const checked = organizationNameSchema.safeParse(name);
  // The schema speaks of organizations, which bear the names of their students.
  if (!checked.success) {
    const [issue] = checked.error.issues;
    faults.push(
      faultAt(line, issue?.message.replace('The organization’s name', 'A name') ?? 'This is no name.'),
    );
  }
  if (email !== '' && !EMAIL_ADDRESS.test(email)) {
    faults.push(
      faultAt(line, 'Expected an email address after the name, such as ana@example.com, or nothing.'),
    );
  }
  if (more.some((cell) => cell !== '')) {
    faults.push(faultAt(line, 'Expected a name and an email address, and nothing else.'));
  }
  return { name: checked.data ?? name, ...(email !== '' && { email }) };
}

/** Two students of one name couldn't tell their cards apart. */
function findDuplicates(lines: readonly Line[]): FieldFault[] {
  const firstOf = new Map<string, number>();
  return lines.flatMap(({ cells: [name = '', email = ''], line }) => {
    const keys = [`name ${nameKey(name)}`, ...(email === '' ? [] : [`email ${nameKey(email)}`])];
    const first = keys.map((key) => firstOf.get(key)).find((known) => known !== undefined);
    for (const key of keys) firstOf.set(key, firstOf.get(key) ?? line);
    if (name === '' || first === undefined) return [];
    return [
      faultAt(line, `This name or address is on line ${first} already: add something that tells them apart.`),
    ];
  });
}

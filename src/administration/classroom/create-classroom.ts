import { z } from 'zod';
import { line } from '../../domain/organizations/text.ts';
import { AppError, invalid, invalidFields } from '../../foundation/platform/errors.ts';
import { newClassroomId } from '../../foundation/platform/ids.ts';
import { readFileText, refusedFile } from '../organization-file/apply/apply-text.ts';
import type { Counts } from '../organization-file/apply/plan.ts';
import type { FileFault } from '../organization-file/read/fault.ts';
import type { OrganizationFile } from '../organization-file/read/schema.ts';
import { MAX_CLASSROOMS, MAX_STUDENTS, type ListedStudent, type Student } from './classroom.ts';
import { nameStudents } from './name-students.ts';
import { assertOperator, type Caller, type ClassroomNeeds } from './needs.ts';
import { startRun, type StartedRun } from './run.ts';
import { countClassrooms, insertClassroom } from './store.ts';
import { tailor } from './tailor.ts';
import { demoTemplate, MAX_TEMPLATE } from './template.ts';

/** The name of a class. */
export const classroomNameSchema = line('The name of the class', { max: 64 });

/** The students of a class that a program sends. */
export const studentsSchema = z
  .array(
    z.strictObject({
      name: line('A name', { max: 64 }),
      email: z.string().max(254).optional().describe('Absent: an address that nobody reads.'),
    }),
    { error: 'students must be a list.' },
  )
  .min(1, { error: 'A class has at least one student.' })
  .max(MAX_STUDENTS, { error: `A class has at most ${MAX_STUDENTS} students.` });

export interface NewClassroom {
  readonly name: string;
  readonly students: readonly ListedStudent[];
  /** An organization file. Absent: the demo's. */
  readonly template?: string | undefined;
  /** Whether addresses have the students' names; otherwise directory ids, and students can customize their URL. */
  readonly readable: boolean;
}

/** What a class would be. */
export interface PreviewedClassroom {
  readonly students: readonly Student[];
  /** What each organization gets, the student included. */
  readonly counts: Counts;
  readonly warnings: readonly FileFault[];
}

/**
 * Checks a new class without making anything. Throws a ValidationException, whose faults about the template have their
 * lines, and a ConflictException when the server has too many classes.
 */
export async function previewClassroom(
  needs: ClassroomNeeds,
  caller: Caller,
  input: NewClassroom,
): Promise<PreviewedClassroom> {
  const { students, counts, warnings } = await check(needs, caller, input);
  // Made while the operator reads the preview: each takes longer than all the rest of an organization.
  needs.keyPool.prepare(students.length * counts.certificates.created);
  return { students, counts, warnings };
}

/**
 * Makes a class: its organizations are made in the background. Throws what the preview throws.
 */
export async function createClassroom(
  needs: ClassroomNeeds,
  caller: Caller,
  input: NewClassroom,
): Promise<StartedRun> {
  const { students, template } = await check(needs, caller, input);
  const id = newClassroomId(needs.ids);
  const at = needs.clock.now();
  await needs.db.transaction(async (tx) => {
    await insertClassroom(tx, needs.sealer, { id, name: input.name, template, at }, students);
    // Counted here once more: several that are made at once would all have found room.
    assertRoom((await countClassrooms(tx)) - 1);
  });
  return startRun(needs, caller, id);
}

interface Checked extends PreviewedClassroom {
  readonly template: string;
}

async function check(needs: ClassroomNeeds, caller: Caller, input: NewClassroom): Promise<Checked> {
  assertOperator(caller);
  const name = classroomNameSchema.safeParse(input.name);
  if (!name.success) throw invalid('/name', name.error.issues[0]?.message ?? 'The class needs a name.');
  assertRoom(await countClassrooms(needs.db.read));
  const template = input.template ?? (await demoTemplate());
  if (Buffer.byteLength(template) > MAX_TEMPLATE) {
    throw invalid('/template', `The organization file has more than ${MAX_TEMPLATE / 1024} KiB.`);
  }
  const file = await readFileText(template);
  const students = await nameStudents(needs.db.read, needs.ids, input.students, {
    ...{ template: file, readable: input.readable },
  });
  assertOwnAddresses(file, students);
  const [first] = students;
  if (!first) throw invalid('/students', 'A class has at least one student.');
  // All organizations are alike, so what is wrong with the template shows at the first.
  const applied = await needs.applyOrganizationFile(tailor(file, first, undefined), {
    ...{ making: {}, dryRun: true, origin: caller },
  });
  if (!applied.ok) throw refusedFile(applied.faults);
  return { students, template, counts: applied.counts, warnings: applied.warnings };
}

function assertRoom(present: number): void {
  if (present < MAX_CLASSROOMS) return;
  throw new AppError('ConflictException', `The server has ${MAX_CLASSROOMS} classes: delete one first.`);
}

/** In one organization no two users have the same address. */
function assertOwnAddresses({ users }: OrganizationFile, students: readonly Student[]): void {
  const taken = new Set(users.map(({ email }) => email.toLowerCase()));
  const faults = students
    .filter(({ email }) => taken.has(email.toLowerCase()))
    .map(({ number, name, email }) => ({
      field: `/students/${number - 1}/email`,
      message: `${name}: a user of the organization file has the address ${email} too.`,
    }));
  if (faults.length > 0) throw invalidFields(faults);
}

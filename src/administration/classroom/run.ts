import type { Work } from '../../domain/audit/commands.ts';
import { deleteOrganization } from '../../domain/organizations/commands.ts';
import { findOrganization } from '../../domain/organizations/organization-store.ts';
import { AppError, notFound, type FieldFault } from '../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../foundation/platform/ids.ts';
import { nextTurn } from '../../foundation/platform/turns.ts';
import { startHeartbeat } from '../bulk-import/heartbeat.ts';
import { openOrganization } from '../operations/open-organization.ts';
import { refusedFile } from '../organization-file/apply/apply-text.ts';
import type { OrganizationFile } from '../organization-file/read/schema.ts';
import type { Change, Classroom, StoredStudent } from './classroom.ts';
import type { Caller, ClassroomNeeds } from './needs.ts';
import {
  beginRun,
  clearPending,
  deleteEmptyClassroom,
  deleteStudent,
  findClassroom,
  finishRun,
  nextPending,
  recordHeartbeat,
  type Run,
} from './store.ts';
import { tailor } from './tailor.ts';
import { openTemplate } from './template.ts';

export interface StartedRun {
  readonly classroom: Classroom;
  /** Resolves when the work has ended, successfully or not; never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Does in the background what is still to be done with the students of a class: makes, resets or deletes their
 * organizations, each in a transaction of its own in which it is also noted as done. So what is done stays if the work
 * is stopped or the server is, and the rest can be done later. A `change` is noted first; one of a single student leaves
 * what was stopped for the others as it is: whoever resets one must not delete all others. Throws a ConflictException
 * while the class is worked on, with nothing noted.
 */
export async function startRun(
  needs: ClassroomNeeds,
  caller: Caller,
  id: ClassroomId,
  change?: Change,
): Promise<StartedRun> {
  const begun = await needs.db.transaction((tx) => beginRun(tx, needs.clock, id, change));
  const classroom = await findClassroom(needs.db.read, needs.clock, id);
  if (!classroom) throw notFound('The class');
  if (!begun) {
    throw new AppError(
      'ConflictException',
      'The class is being worked on: wait until it is done, or stop it.',
    );
  }
  return { classroom, ended: runToEnd(needs, caller, { run: begun, only: change?.number }) };
}

interface Asked {
  readonly run: Run;
  /** The number of the one student whom the work is about; absent: all with whom something is to be done. */
  readonly only?: number | undefined;
}

async function runToEnd(needs: ClassroomNeeds, caller: Caller, asked: Asked): Promise<void> {
  const { run } = asked;
  const heartbeat = startHeartbeat(needs, async (tx) => {
    await recordHeartbeat(tx, needs.clock, run);
  });
  const end = await workOnAll(needs, caller, asked).catch((error: unknown) => {
    needs.onFailure(error);
    return [{ field: '', message: 'The work failed because of an internal error. Go on to do the rest.' }];
  });
  heartbeat.stop();
  if (end === 'stopped') return;
  await needs.db
    .transaction(async (tx) => {
      const status = (await nextPending(tx, run.id, 0)) ? 'stopped' : 'idle';
      await finishRun(tx, run, { status: end.length > 0 ? 'failed' : status, faults: end });
      // The class goes with its last student.
      await deleteEmptyClassroom(tx, run.id);
    })
    // If the database can't be reached, the class gets no more heartbeats, and so will count as interrupted.
    .catch((error: unknown) => {
      needs.onFailure(error);
    });
}

/** Somebody stopped the work: what isn't committed is rolled back. */
class Stopped extends Error {}

/** Returns what was wrong with some students. */
async function workOnAll(
  needs: ClassroomNeeds,
  caller: Caller,
  { run, only }: Asked,
): Promise<FieldFault[] | 'stopped'> {
  const { id } = run;
  const template = await openTemplate(needs, id);
  const faults: FieldFault[] = [];
  let student = await nextPending(needs.db.read, id, (only ?? 1) - 1);
  while (student && (only === undefined || student.number === only)) {
    try {
      await workOn(needs, caller, { run, template }, student);
    } catch (error) {
      if (error instanceof Stopped) return 'stopped';
      // What is wrong with one student is said, and the others are gone on with.
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      faults.push({ field: '', message: `${student.name}: ${error.publicMessage}` });
    }
    await nextTurn();
    student = await nextPending(needs.db.read, id, student.number);
  }
  return faults;
}

interface Taught {
  readonly run: Run;
  readonly template: OrganizationFile;
}

async function workOn(
  needs: ClassroomNeeds,
  caller: Caller,
  { run, template }: Taught,
  student: StoredStudent,
): Promise<void> {
  const { id } = run;
  const present = await findOrganization(needs.db.read, student.organizationId);
  const note = async ({ tx }: Work) => {
    if (!(await recordHeartbeat(tx, needs.clock, run))) throw new Stopped();
    if (student.pending === 'delete') await deleteStudent(tx, id, student.number);
    else await clearPending(tx, id, student.number);
  };
  if (student.pending === 'delete') {
    if (!present) {
      await needs.db.transaction((tx) => deleteStudent(tx, id, student.number));
      return;
    }
    const opened = await openOrganization(needs, caller, present.id);
    await opened.run(async (work) => {
      await deleteOrganization(work, opened.organization);
      await note(work);
    });
    return;
  }
  if (student.pending === 'make' && present) {
    await needs.db.transaction((tx) => clearPending(tx, id, student.number));
    return;
  }
  const atEnd = async (work: Work) => {
    if (present) await recordReset(work, student);
    await note(work);
  };
  const applied = await needs.applyOrganizationFile(tailor(template, student, student.hashes), {
    ...{ origin: caller, making: { replaces: present, atEnd } },
  });
  if (!applied.ok) throw refusedFile(applied.faults);
}

/** The rows are written by then: this only authorizes and records, in the same transaction. */
const recordReset = (work: Work, { organizationId }: StoredStudent): Promise<void> =>
  work.perform('ResetOrganization', { requestParameters: { organizationId } }, () => Promise.resolve());

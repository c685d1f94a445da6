import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../foundation/platform/ids.ts';
import type { Change, Classroom } from './classroom.ts';
import { assertOperator, type Caller, type ClassroomNeeds } from './needs.ts';
import { startRun, type StartedRun } from './run.ts';
import { findClassroom, findStudent, finishRun } from './store.ts';
import { openTemplate } from './template.ts';

/** The class with this id. Throws ResourceNotFoundException. */
export async function requireClassroom(
  { db, clock }: Pick<ClassroomNeeds, 'db' | 'clock'>,
  id: ClassroomId,
): Promise<Classroom> {
  const classroom = await findClassroom(db.read, clock, id);
  if (!classroom) throw notFound('The class');
  return classroom;
}

/**
 * Resets or deletes the organization of a student, or of all, in the background. A class goes with its last student.
 * Throws ResourceNotFoundException, and ConflictException while the class is worked on.
 */
export async function changeStudents(
  needs: ClassroomNeeds,
  caller: Caller,
  id: ClassroomId,
  change: Change,
): Promise<StartedRun> {
  assertOperator(caller);
  await requireClassroom(needs, id);
  const { number } = change;
  if (number !== undefined && !(await findStudent(needs.db.read, id, number))) throw notFound('The student');
  return startRun(needs, caller, id, change);
}

/**
 * Begins to make the keys for the reset of so many students, while somebody is asked about it: each takes longer than all
 * the rest of an organization.
 */
export async function prepareReset(needs: ClassroomNeeds, id: ClassroomId, students: number): Promise<void> {
  const { applications } = await openTemplate(needs, id);
  needs.keyPool.prepare(students * applications.length);
}

/** Goes on with work that was stopped, interrupted or failed. Throws as `changeStudents` does. */
export async function resumeClassroom(
  needs: ClassroomNeeds,
  caller: Caller,
  id: ClassroomId,
): Promise<StartedRun> {
  assertOperator(caller);
  await requireClassroom(needs, id);
  return startRun(needs, caller, id);
}

/** Stops the work, on whichever server it goes on. What is done stays. Throws ConflictException when there is none. */
export async function stopClassroom(
  needs: ClassroomNeeds,
  caller: Caller,
  id: ClassroomId,
): Promise<Classroom> {
  assertOperator(caller);
  await requireClassroom(needs, id);
  const stopped = await needs.db.transaction((tx) =>
    finishRun(tx, { id }, { status: 'stopped', faults: [] }),
  );
  if (!stopped) throw new AppError('ConflictException', 'Nothing is being done with the class.');
  return requireClassroom(needs, id);
}

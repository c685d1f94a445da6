import { sql, type Selectable } from 'kysely';
import { SECOND_MS, type Clock, type Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { FieldFault } from '../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { Change, Classroom, PasswordHashes, Pending, StoredStudent, Student } from './classroom.ts';

/** A run has a heartbeat every few seconds; without one for this long, its server has stopped. */
const MAX_SILENCE_MS = 10 * SECOND_MS;

const contextOf = (id: ClassroomId): string => `classroom template ${id}`;

const classrooms = (queries: Queries) =>
  queries
    .selectFrom('classrooms')
    .select(['id', 'name', 'status', 'total', 'faults', 'sheets', 'created_at', 'heartbeat_at'])
    .select((eb) => [
      eb
        .selectFrom('classroom_students')
        .whereRef('classroom_id', '=', 'classrooms.id')
        .select(sql<number>`cast(count(*) as integer)`.as('count'))
        .as('students'),
      eb
        .selectFrom('classroom_students')
        .whereRef('classroom_id', '=', 'classrooms.id')
        .where('pending', 'is not', null)
        .select(sql<number>`cast(count(*) as integer)`.as('count'))
        .as('pending'),
    ]);

interface Row extends Omit<Selectable<Tables['classrooms']>, 'sealed_template' | 'runs'> {
  students: number | null;
  pending: number | null;
}

function toClassroom(row: Row, now: Instant): Classroom {
  const isSilent = row.status === 'running' && row.heartbeat_at < now - MAX_SILENCE_MS;
  return {
    ...{ id: row.id, name: row.name, total: row.total, sheets: row.sheets, createdAt: row.created_at },
    status: isSilent ? 'interrupted' : row.status,
    students: row.students ?? 0,
    done: Math.max(0, row.total - (row.pending ?? 0)),
    // Only finishRun writes this column.
    faults: JSON.parse(row.faults) as FieldFault[],
  };
}

/** `clock` is real time, to find out whether work was interrupted. */
export async function findClassroom(
  queries: Queries,
  clock: Clock,
  id: ClassroomId,
): Promise<Classroom | undefined> {
  const row = await classrooms(queries).where('id', '=', id).executeTakeFirst();
  return row && toClassroom(row, clock.now());
}

/** All classes, the newest first: a server has few. */
export async function listClassrooms(queries: Queries, clock: Clock): Promise<Classroom[]> {
  const rows = await classrooms(queries).orderBy('created_at', 'desc').orderBy('id').execute();
  return rows.map((row) => toClassroom(row, clock.now()));
}

/** The organization file of which the students get copies. */
export async function findTemplate(
  queries: Queries,
  sealer: Sealer,
  id: ClassroomId,
): Promise<string | undefined> {
  const row = await queries
    .selectFrom('classrooms')
    .select('sealed_template')
    .where('id', '=', id)
    .executeTakeFirst();
  return row && sealer.open(row.sealed_template, contextOf(id));
}

export interface NewClassroom {
  readonly id: ClassroomId;
  readonly name: string;
  readonly template: string;
  readonly at: Instant;
}

/** How many classes there are. */
export async function countClassrooms(queries: Queries): Promise<number> {
  const { count } = await queries
    .selectFrom('classrooms')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Inserts a class whose organizations are still to be made. */
export async function insertClassroom(
  tx: Tx,
  sealer: Sealer,
  { id, name, template, at }: NewClassroom,
  students: readonly Student[],
): Promise<void> {
  await tx
    .insertInto('classrooms')
    .values({
      ...{ id, name, sealed_template: sealer.seal(template, contextOf(id)), created_at: at },
      ...({ status: 'idle', total: 0, faults: '[]', sheets: 0, runs: 0, heartbeat_at: 0 } as const),
    })
    .execute();
  const rows = students.map((student) => ({
    ...{ classroom_id: id, number: student.number, name: student.name, email: student.email },
    ...{ user_name: student.userName, organization: student.organizationId },
    ...{ directory: student.directoryId, alias: student.alias },
    ...({ pending: 'make', password_hash: null, users_hash: null } as const),
  }));
  await tx.insertInto('classroom_students').values(rows).execute();
}

const students = (queries: Queries, id: ClassroomId) =>
  queries.selectFrom('classroom_students').selectAll().where('classroom_id', '=', id);

function toStudent(row: Selectable<Tables['classroom_students']>): StoredStudent {
  const { password_hash: own, users_hash: users } = row;
  return {
    ...{ number: row.number, name: row.name, email: row.email, userName: row.user_name },
    ...{ organizationId: row.organization, directoryId: row.directory, alias: row.alias },
    pending: row.pending,
    hashes: own === null || users === null ? undefined : { own, users },
  };
}

/** The students of a class, in the order of their list. */
export async function listStudents(queries: Queries, id: ClassroomId): Promise<StoredStudent[]> {
  return (await students(queries, id).orderBy('number').execute()).map(toStudent);
}

export async function findStudent(
  queries: Queries,
  id: ClassroomId,
  number: number,
): Promise<StoredStudent | undefined> {
  const row = await students(queries, id).where('number', '=', number).executeTakeFirst();
  return row && toStudent(row);
}

/** The first student with whom something is to be done, after the one with this number. */
export async function nextPending(
  queries: Queries,
  id: ClassroomId,
  after: number,
): Promise<StoredStudent | undefined> {
  const row = await students(queries, id)
    .where('pending', 'is not', null)
    .where('number', '>', after)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row && toStudent(row);
}

/** Notes what is to be done with a student, or with all of them. */
export async function setPending(tx: Tx, id: ClassroomId, pending: Pending, number?: number): Promise<void> {
  let query = tx.updateTable('classroom_students').set({ pending }).where('classroom_id', '=', id);
  if (number !== undefined) query = query.where('number', '=', number);
  await query.execute();
}

/** Notes, in the transaction that did it, that it is done. */
export async function clearPending(tx: Tx, id: ClassroomId, number: number): Promise<void> {
  await tx
    .updateTable('classroom_students')
    .set({ pending: null })
    .where('classroom_id', '=', id)
    .where('number', '=', number)
    .execute();
}

export async function deleteStudent(tx: Tx, id: ClassroomId, number: number): Promise<void> {
  await tx
    .deleteFrom('classroom_students')
    .where('classroom_id', '=', id)
    .where('number', '=', number)
    .execute();
}

/** Deletes a class without students. False when it has some. */
export async function deleteEmptyClassroom(tx: Tx, id: ClassroomId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('classrooms')
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('classroom_students').select('number').where('classroom_id', '=', id))),
    )
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** One run over the students of a class. */
export interface Run {
  readonly id: ClassroomId;
  /** From 1. A run that was stopped is another one than the run that goes on with its work. */
  readonly number: number;
}

/**
 * Begins a run, and notes what it is to do beside what is still to be done. Undefined, with nothing noted, while another
 * one runs: otherwise that one would do what its operator didn't ask for.
 */
export async function beginRun(
  tx: Tx,
  clock: Clock,
  id: ClassroomId,
  change?: Change,
): Promise<Run | undefined> {
  const now = clock.now();
  const begun = await tx
    .updateTable('classrooms')
    .set(({ eb }) => ({
      ...({ status: 'running', faults: '[]', heartbeat_at: now } as const),
      runs: eb('runs', '+', 1),
    }))
    .where('id', '=', id)
    .where(({ eb, or }) => or([eb('status', '!=', 'running'), eb('heartbeat_at', '<', now - MAX_SILENCE_MS)]))
    .returning('runs')
    .executeTakeFirst();
  if (!begun) return undefined;
  if (change) await setPending(tx, id, change.pending, change.number);
  await tx
    .updateTable('classrooms')
    .set(({ selectFrom }) => ({
      total: selectFrom('classroom_students')
        .where('classroom_id', '=', id)
        .where('pending', 'is not', null)
        .select(sql<number>`count(*)`.as('count')),
    }))
    .where('id', '=', id)
    .execute();
  return { id, number: begun.runs };
}

/**
 * False when this run has ended: somebody has stopped it, and perhaps gone on with another. Locks the class's row until
 * the transaction ends.
 */
export async function recordHeartbeat(tx: Tx, clock: Clock, { id, number }: Run): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('classrooms')
    .set({ heartbeat_at: clock.now() })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('runs', '=', number)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends a run; without its number, the present one. False, with nothing changed, when it has ended already. */
export async function finishRun(
  tx: Tx,
  { id, number }: Pick<Run, 'id'> & Partial<Run>,
  end: { readonly status: 'idle' | 'stopped' | 'failed'; readonly faults: readonly FieldFault[] },
): Promise<boolean> {
  let query = tx
    .updateTable('classrooms')
    .set({ status: end.status, faults: JSON.stringify(end.faults) })
    .where('id', '=', id)
    .where('status', '=', 'running');
  if (number !== undefined) query = query.where('runs', '=', number);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Takes the number of the next sheet. False when `expected` isn't it, since another one was made meanwhile, and while the
 * class is worked on: a reset could put back the passwords of the sheet before.
 */
export async function takeSheet(tx: Tx, clock: Clock, id: ClassroomId, expected: number): Promise<boolean> {
  const silentBefore = clock.now() - MAX_SILENCE_MS;
  const { numUpdatedRows } = await tx
    .updateTable('classrooms')
    .set({ sheets: expected + 1 })
    .where('id', '=', id)
    .where('sheets', '=', expected)
    .where(({ eb, or }) => or([eb('status', '!=', 'running'), eb('heartbeat_at', '<', silentBefore)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Stores the hashes of the passwords of a student's card. */
export async function storeHashes(
  tx: Tx,
  id: ClassroomId,
  number: number,
  { own, users }: PasswordHashes,
): Promise<void> {
  await tx
    .updateTable('classroom_students')
    .set({ password_hash: own, users_hash: users })
    .where('classroom_id', '=', id)
    .where('number', '=', number)
    .execute();
}

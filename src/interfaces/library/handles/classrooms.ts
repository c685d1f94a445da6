import { z } from 'zod';
import type { Classroom as StoredClassroom } from '../../../administration/classroom/classroom.ts';
import {
  changeStudents,
  requireClassroom,
  resumeClassroom,
  stopClassroom,
} from '../../../administration/classroom/change-classroom.ts';
import {
  classroomNameSchema,
  createClassroom,
  studentsSchema,
} from '../../../administration/classroom/create-classroom.ts';
import { freeStudents } from '../../../administration/classroom/free-students.ts';
import type { ClassroomNeeds } from '../../../administration/classroom/needs.ts';
import { makeSheet } from '../../../administration/classroom/sheet.ts';
import { findClassroom, listClassrooms } from '../../../administration/classroom/store.ts';
import { watchStudents } from '../../../administration/classroom/watch.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import { asId, type ClassroomId } from '../../../foundation/platform/ids.ts';
import type { Classroom, Classrooms } from '../types/classrooms.ts';
import { libraryCaller, type ServerContext } from './context.ts';

const idSchema = z.string().transform(asId<ClassroomId>); // only compared
const numberSchema = z.int().min(1).optional();
const newSchema = z.strictObject({
  name: classroomNameSchema,
  students: studentsSchema,
  file: z.string().optional(),
  addresses: z.enum(['names', 'ids']).default('names'),
});

/** The classes of a running server. */
export function createClassrooms({
  needs,
  apply,
  log,
  publicUrl,
  guard,
}: Omit<ServerContext, 'port' | 'inMemory'>): Classrooms {
  const working: ClassroomNeeds = {
    ...needs,
    applyOrganizationFile: apply,
    onFailure: (err) => {
      log.error({ err }, 'work on a class failed');
    },
  };
  const caller = () => libraryCaller(needs.ids);
  const change = async (pending: 'reset' | 'delete', given: unknown, student: unknown) => {
    const [id, number] = [idSchema.parse(given), numberSchema.parse(student)];
    return present((await changeStudents(working, caller(), id, { pending, number })).classroom);
  };
  return guard<Classrooms>({
    create: async (given) => {
      const { file, addresses, ...rest } = newSchema.parse(given);
      const input = { ...rest, template: file, readable: addresses === 'names' };
      return present((await createClassroom(working, caller(), input)).classroom);
    },
    get: async (given) => {
      const found = await findClassroom(needs.db.read, needs.clock, idSchema.parse(given));
      return found && present(found);
    },
    list: async () => (await listClassrooms(needs.db.read, needs.clock)).map(present),
    students: async (given) => {
      const { id } = await requireClassroom(working, idSchema.parse(given));
      return (await watchStudents(working, id)).map(
        ({ directoryId: _directory, alias: _alias, reference, pending, lastEvent, ...rest }) => ({
          ...rest,
          pending: pending ?? undefined,
          portalUrl: reference === undefined ? undefined : `${publicUrl.origin}/${reference}/start`,
          lastEvent: lastEvent && {
            ...{ name: lastEvent.name, failed: lastEvent.failed, at: toIso(lastEvent.at) },
            userName: lastEvent.userName ?? undefined,
          },
        }),
      );
    },
    makeSheet: async (given, student) => {
      const [id, number] = [idSchema.parse(given), numberSchema.parse(student)];
      const cards = await makeSheet(working, caller(), id, { number });
      return cards.map(({ problem, ...card }) => ({ ...card, problem }));
    },
    reset: (id, student) => change('reset', id, student),
    stop: async (id) => present(await stopClassroom(working, caller(), idSchema.parse(id))),
    continue: async (id) => present((await resumeClassroom(working, caller(), idSchema.parse(id))).classroom),
    unblock: async (given, student) => {
      const [id, number] = [idSchema.parse(given), numberSchema.parse(student)];
      await requireClassroom(working, id);
      return freeStudents(working, caller(), id, number);
    },
    delete: (id, student) => change('delete', id, student),
  });
}

const present = ({ faults, createdAt, ...rest }: StoredClassroom): Classroom => ({
  ...rest,
  faults: faults.map(({ message }) => message),
  createdAt: toIso(createdAt),
});

import { z } from 'zod';
import type { Classroom } from '../../../../administration/classroom/classroom.ts';
import {
  changeStudents,
  requireClassroom,
  resumeClassroom,
  stopClassroom,
} from '../../../../administration/classroom/change-classroom.ts';
import {
  classroomNameSchema,
  createClassroom,
  previewClassroom,
  studentsSchema,
} from '../../../../administration/classroom/create-classroom.ts';
import { freeStudents } from '../../../../administration/classroom/free-students.ts';
import type { ClassroomNeeds } from '../../../../administration/classroom/needs.ts';
import { cardSchema, makeSheet } from '../../../../administration/classroom/sheet.ts';
import { listClassrooms } from '../../../../administration/classroom/store.ts';
import { STEPS, watchStudents } from '../../../../administration/classroom/watch.ts';
import { pointerOf } from '../../../../administration/organization-file/read/file-pointer.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { asId, type ClassroomId } from '../../../../foundation/platform/ids.ts';
import type { Logger } from '../../../../foundation/platform/logger.ts';
import { asOperator, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { flag, instant, reference } from '../../contract/schemas.ts';

const classroomView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    status: z
      .enum(['idle', 'running', 'stopped', 'failed', 'interrupted'])
      .describe('running: its organizations are made, reset or deleted in the background.'),
    students: z.int(),
    total: z.int().describe('How many students the last work was about.'),
    done: z.int().describe('How many of them are done.'),
    faults: z.array(z.string()).describe('Why the work with some students failed.'),
    sheets: z.int().describe('How many sheets were made.'),
    createdAt: instant,
  })
  .meta({ id: 'Classroom' });

const studentView = z
  .strictObject({
    number: z.int(),
    name: z.string(),
    email: z.string(),
    userName: z.string(),
    organizationId: z.string(),
    pending: z.enum(['make', 'reset', 'delete']).nullable().describe('What is still to be done.'),
    step: z.enum(STEPS).describe('Where the student is, as far as it can be seen.'),
    hasCard: z.boolean(),
    isThrottled: z.boolean().describe('Whether somebody there is refused after too many attempts.'),
    portalUrl: z.string().nullable(),
    lastEvent: z
      .strictObject({ name: z.string(), userName: z.string().nullable(), failed: z.boolean(), at: instant })
      .nullable(),
  })
  .meta({ id: 'Student' });

const newClassroom = z
  .strictObject({
    name: classroomNameSchema,
    students: studentsSchema,
    file: z.string().optional().describe('The organization file of each. Absent: the demo’s.'),
    addresses: z
      .enum(['names', 'ids'])
      .default('names')
      .describe('Whether the portals’ addresses have the students’ names, or directory ids.'),
  })
  .meta({ id: 'NewClassroom' });

const previewView = z.strictObject({
  students: z.array(z.strictObject({ name: z.string(), userName: z.string(), alias: z.string().nullable() })),
  created: z.record(z.string(), z.int()).describe('What each organization gets, by kind of record.'),
  warnings: z.array(
    z.strictObject({ pointer: z.string(), detail: z.string(), line: z.int(), column: z.int() }),
  ),
});

const params = z.object({
  classroom: reference.describe('The class’s id.').transform(asId<ClassroomId>),
});
const which = z.strictObject({
  student: z.int().min(1).max(1000).optional().describe('The student’s number. Absent: all.'),
});
const deletionQuery = z.strictObject({
  student: z.coerce.number().int().min(1).max(1000).optional().describe('The student’s number. Absent: all.'),
});

/** The operations on classes of students. */
export function classroomRoutes(needs: ControlNeeds): Route[] {
  return [...routesOfClasses(needs), ...routesOfWork(needs), ...routesOfStudents(needs)];
}

/** The needs of work that goes on after the answer. */
const working = (needs: ControlNeeds, log: Logger): ClassroomNeeds => ({
  ...needs,
  onFailure: (err) => {
    log.error({ err }, 'work on a class failed');
  },
});

const present = ({ faults, createdAt, ...rest }: Classroom): z.output<typeof classroomView> => ({
  ...rest,
  faults: faults.map(({ message }) => message),
  createdAt: toIso(createdAt),
});

function routesOfClasses(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'listClassrooms',
      method: 'GET',
      path: '/classrooms',
      summary: 'Lists all classes, newest first.',
      status: 200,
      returns: z.strictObject({ items: z.array(classroomView), cursor: z.null() }),
      async respond() {
        return { items: (await listClassrooms(needs.db.read, needs.clock)).map(present), cursor: null };
      },
    }),
    route({
      id: 'previewClassroom',
      method: 'POST',
      path: '/classrooms/preview',
      summary: 'Checks a class, and says what it would be. Nothing is made.',
      json: newClassroom,
      example: { name: 'SAML 101', students: [{ name: 'Ada Lovelace' }] },
      status: 200,
      returns: previewView,
      async respond(caller, { json }, log) {
        const found = await previewClassroom(working(needs, log), asOperator(caller), inputOf(json));
        return {
          students: found.students.map(({ name, userName, alias }) => ({ name, userName, alias })),
          created: Object.fromEntries(
            Object.entries(found.counts).map(([kind, { created }]) => [kind, created]),
          ),
          warnings: found.warnings.map(({ line, column, path, message }) => ({
            ...{ pointer: pointerOf(path), detail: message, line, column },
          })),
        };
      },
    }),
    route({
      id: 'createClassroom',
      method: 'POST',
      path: '/classrooms',
      summary: 'Makes a class: in the background each student gets an organization of their own.',
      json: newClassroom,
      example: { name: 'SAML 101', students: [{ name: 'Ada Lovelace' }, { name: 'Li Lei' }] },
      status: 202,
      returns: classroomView,
      async respond(caller, { json }, log) {
        return present(
          (await createClassroom(working(needs, log), asOperator(caller), inputOf(json))).classroom,
        );
      },
    }),
    route({
      id: 'getClassroom',
      method: 'GET',
      path: '/classrooms/:classroom',
      summary: 'Shows a class, and how far the work on it is.',
      params,
      status: 200,
      returns: classroomView,
      async respond(_caller, input) {
        return present(await requireClassroom(needs, input.params.classroom));
      },
    }),
    route({
      id: 'deleteClassroom',
      method: 'DELETE',
      path: '/classrooms/:classroom',
      summary: 'Deletes a class with all its organizations, or one student with hers, in the background.',
      params,
      query: deletionQuery,
      status: 202,
      returns: classroomView,
      async respond(caller, { params: { classroom: id }, query }, log) {
        const change = { pending: 'delete', number: query.student } as const;
        return present((await changeStudents(working(needs, log), asOperator(caller), id, change)).classroom);
      },
    }),
  ];
}

const inputOf = ({ name, students, file, addresses }: z.output<typeof newClassroom>) => ({
  ...{ name, students, template: file, readable: addresses === 'names' },
});

function routesOfWork(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'resetClassroom',
      method: 'POST',
      path: '/classrooms/:classroom/reset',
      summary:
        'Makes the organization of a student, or of all, again from the file, in the background. Addresses and the passwords of the last sheet stay.',
      params,
      json: which,
      example: { student: 1 },
      status: 202,
      returns: classroomView,
      async respond(caller, { params: { classroom: id }, json }, log) {
        const change = { pending: 'reset', number: json.student } as const;
        return present((await changeStudents(working(needs, log), asOperator(caller), id, change)).classroom);
      },
    }),
    route({
      id: 'stopClassroom',
      method: 'POST',
      path: '/classrooms/:classroom/stop',
      summary: 'Stops the work on a class: what is done stays.',
      params,
      status: 200,
      returns: classroomView,
      async respond(caller, { params: { classroom: id } }, log) {
        return present(await stopClassroom(working(needs, log), asOperator(caller), id));
      },
    }),
    route({
      id: 'continueClassroom',
      method: 'POST',
      path: '/classrooms/:classroom/continue',
      summary: 'Goes on with work that was stopped, was interrupted, or failed for some students.',
      params,
      status: 202,
      returns: classroomView,
      async respond(caller, { params: { classroom: id } }, log) {
        return present((await resumeClassroom(working(needs, log), asOperator(caller), id)).classroom);
      },
    }),
  ];
}

function routesOfStudents(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'listStudents',
      method: 'GET',
      path: '/classrooms/:classroom/students',
      summary: 'Shows who is where: each student with the last event of their organization.',
      params,
      query: z.strictObject({ throttled: flag.describe('true: only those who are throttled.') }),
      status: 200,
      returns: z.strictObject({ items: z.array(studentView), cursor: z.null() }),
      async respond(_caller, { params: { classroom: id }, query }) {
        await requireClassroom(needs, id);
        const students = await watchStudents(needs, id);
        const items = students
          .filter(({ isThrottled }) => isThrottled || !query.throttled)
          .map(({ directoryId: _directory, alias: _alias, reference: at, lastEvent, ...rest }) => ({
            ...rest,
            portalUrl: at === undefined ? null : `${needs.publicOrigin}/${at}/start`,
            lastEvent: lastEvent ? { ...lastEvent, at: toIso(lastEvent.at) } : null,
          }));
        return { items, cursor: null };
      },
    }),
    route({
      id: 'makeClassroomSheet',
      method: 'POST',
      path: '/classrooms/:classroom/sheet',
      summary:
        'Gives a student, or all, new passwords, which are returned once. Those of earlier sheets stop working.',
      params,
      json: which,
      example: {},
      status: 200,
      returns: z.strictObject({ cards: z.array(cardSchema) }),
      async respond(caller, { params: { classroom: id }, json }, log) {
        const options = { number: json.student };
        const cards = await makeSheet(working(needs, log), asOperator(caller), id, options);
        return {
          cards: cards.map(({ problem = null, ...card }) => ({ ...card, users: [...card.users], problem })),
        };
      },
    }),
    route({
      id: 'unblockClassroom',
      method: 'POST',
      path: '/classrooms/:classroom/unblock',
      summary:
        'Lets everybody try again in a student’s organization, or in all organizations in which somebody is throttled.',
      params,
      json: which,
      example: {},
      status: 200,
      returns: z.strictObject({ students: z.array(z.int()).describe('The numbers of the students.') }),
      async respond(caller, { params: { classroom: id }, json }, log) {
        await requireClassroom(needs, id);
        return { students: await freeStudents(working(needs, log), asOperator(caller), id, json.student) };
      },
    }),
  ];
}

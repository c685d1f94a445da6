import { operatorFrame } from '../operators/operator-frame.ts';
import { z } from 'zod';
import { ClassroomPage } from '../../../../views/console/classrooms/detail.tsx';
import type { ShownStudent } from '../../../../views/console/classrooms/students.tsx';
import {
  requireClassroom,
  resumeClassroom,
  stopClassroom,
} from '../../../administration/classroom/change-classroom.ts';
import { freeStudents } from '../../../administration/classroom/free-students.ts';
import { watchStudents, type WatchedStudent } from '../../../administration/classroom/watch.ts';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../../../administration/organization-file/export/export.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../../foundation/platform/ids.ts';
import { doneQuery, doneText } from '../frame/fields.ts';
import { findTaught, operatorForm, operatorPage } from './handlers.ts';
import { asOperator, CLASSROOMS_PATH, workNeeds, type ClassroomPageNeeds } from './needs.ts';
import { CLASSROOM_PATH, classroomParams, classroomPath, STUDENT_PATH, studentParams } from './paths.ts';

const form = z.object({ csrf: csrfField });

const DONE: Readonly<Record<string, string>> = {
  freed: 'Everybody in these organizations can try again.',
  reset: 'It is as at the beginning. Cards are still valid.',
  deleted: 'The organization was deleted, and the student has left the class.',
};

/** A class at work: who is where, and what goes on. */
export function classRoutes(needs: ClassroomPageNeeds): Mount {
  return (router) => {
    router.get(
      CLASSROOM_PATH,
      operatorPage(
        needs,
        { params: classroomParams, query: doneQuery },
        async (ctx, operator, { params, query }) => {
          const classroom = await findUnlessDeleted(needs, params.classroom);
          // Its organizations were being deleted when it was shown last, and it goes with the last of them.
          if (!classroom) return ctx.redirect(CLASSROOMS_PATH);
          const students = await watchStudents(needs, classroom.id);
          needs.show(ctx, undefined, (page) => (
            <ClassroomPage
              frame={operatorFrame(ctx, operator)}
              {...{ page, ...classroom }}
              faults={classroom.faults.map(({ message }) => message)}
              students={students.map((student) => show(classroom.id, student))}
              said={doneText(DONE, query.done)}
            />
          ));
        },
      ),
    );

    router.post(
      `${CLASSROOM_PATH}/stop`,
      operatorForm(needs, { params: classroomParams, form }, async (ctx, _operator, { params }) => {
        await stopClassroom(workNeeds(needs, ctx), asOperator(ctx), params.classroom).catch(unlessEnded);
        seeOther(ctx, classroomPath(params.classroom));
      }),
    );

    router.post(
      `${CLASSROOM_PATH}/continue`,
      operatorForm(needs, { params: classroomParams, form }, async (ctx, _operator, { params }) => {
        await resumeClassroom(workNeeds(needs, ctx), asOperator(ctx), params.classroom).catch(unlessEnded);
        seeOther(ctx, classroomPath(params.classroom));
      }),
    );

    router.post(
      `${CLASSROOM_PATH}/unblock`,
      operatorForm(needs, { params: classroomParams, form }, async (ctx, _operator, { params }) => {
        await freeStudents(workNeeds(needs, ctx), asOperator(ctx), params.classroom);
        seeOther(ctx, `${classroomPath(params.classroom)}?done=freed`);
      }),
    );

    router.post(
      `${STUDENT_PATH}/unblock`,
      operatorForm(needs, { params: studentParams, form }, async (ctx, _operator, { params }) => {
        const { student } = await findTaught(needs, params);
        await freeStudents(workNeeds(needs, ctx), asOperator(ctx), params.classroom, student?.number);
        seeOther(ctx, `${classroomPath(params.classroom)}?done=freed`);
      }),
    );

    router.get(
      `${STUDENT_PATH}/file`,
      operatorPage(needs, { params: studentParams }, async (ctx, _operator, { params }) => {
        const { student } = await findTaught(needs, params);
        const options = { organization: student?.organizationId ?? '', secrets: false };
        const text = await formatOrganizationFile(await exportOrganizationFile(needs, options));
        ctx.type = 'application/yaml';
        ctx.set('Content-Disposition', `attachment; filename="${student?.userName ?? 'student'}.yaml"`);
        ctx.body = text;
      }),
    );
  };
}

/** It ended, or somebody else went on with it, while the person decided; the page shows how it is. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'ConflictException')) throw error;
}

const findUnlessDeleted = (needs: ClassroomPageNeeds, id: ClassroomId) =>
  requireClassroom(needs, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  });

function show(id: ClassroomId, student: WatchedStudent): ShownStudent {
  const { number, name, userName, step, pending, hasCard, isThrottled, lastEvent, reference } = student;
  return {
    ...{ number, name, userName, step, pending, hasCard, isThrottled },
    lastEvent: lastEvent && {
      ...{ name: lastEvent.name, by: lastEvent.userName ?? '', failed: lastEvent.failed },
      at: whenOf(lastEvent.at),
    },
    consoleHref: reference === undefined ? undefined : `/${reference}/console`,
    href: `${classroomPath(id)}/students/${number}`,
  };
}

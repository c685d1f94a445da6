import type { z } from 'zod';
import { ConfirmClassroomPage } from '../../../../views/console/classrooms/confirm.tsx';
import { changeStudents, prepareReset } from '../../../administration/classroom/change-classroom.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { wordFault } from '../../../foundation/http/fields.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../../foundation/platform/ids.ts';
import { confirmationForm } from '../frame/fields.ts';
import { operatorFrame } from '../operators/operator-frame.ts';
import type { Operator } from '../operators/operator.ts';
import { findTaught, operatorForm, operatorPage } from './handlers.ts';
import { asOperator, CLASSROOMS_PATH, workNeeds, type ClassroomPageNeeds } from './needs.ts';
import { CLASSROOM_PATH, classroomParams, classroomPath, STUDENT_PATH, studentParams } from './paths.ts';

type Act = 'reset' | 'delete';
interface Taught {
  readonly classroom: ClassroomId;
  readonly student?: number | undefined;
}

/** An act on one organization is over by then, mostly: the page after it says so instead of showing progress. */
const SHORT_MS = 3000;

/** Resets and deletes the organization of a student, or all of a class. */
export function changeRoutes(needs: ClassroomPageNeeds): Mount {
  return (router) => {
    const mount = (path: string, params: z.ZodType<Taught>, act: Act) => {
      router.get(
        `${path}/${act}`,
        operatorPage(needs, { params }, async (ctx, operator, input) => {
          await showConfirm(needs, ctx, operator, { ...input.params, act });
        }),
      );
      router.post(
        `${path}/${act}`,
        operatorForm(
          needs,
          { params, form: confirmationForm },
          async (ctx, operator, { params: of, form }) => {
            const error = wordFault(form.confirmation, act.toUpperCase());
            if (error !== undefined) {
              ctx.status = 400;
              return showConfirm(needs, ctx, operator, { ...of, act, error });
            }
            await findTaught(needs, of);
            try {
              const change = { pending: act, number: of.student };
              const run = await changeStudents(workNeeds(needs, ctx), asOperator(ctx), of.classroom, change);
              const isDone = await Promise.race([run.ended.then(() => true), after(SHORT_MS)]);
              seeOther(ctx, addressAfter(of, act, isDone));
            } catch (thrown) {
              if (!(thrown instanceof AppError && thrown.code === 'ConflictException')) throw thrown;
              ctx.status = 409;
              await showConfirm(needs, ctx, operator, { ...of, act, problem: thrown.publicMessage });
            }
          },
        ),
      );
    };
    for (const act of ['reset', 'delete'] as const) {
      mount(CLASSROOM_PATH, classroomParams, act);
      mount(STUDENT_PATH, studentParams, act);
    }
  };
}

const after = (ms: number) =>
  new Promise<false>((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, ms).unref();
  });

/** The page of the class says what was done, or how far it is. */
function addressAfter({ classroom, student }: Taught, act: Act, isDone: boolean): string {
  const here = classroomPath(classroom);
  if (!isDone) return here;
  if (act === 'reset') return `${here}?done=reset`;
  return student === undefined ? `${CLASSROOMS_PATH}?done=deleted` : `${here}?done=deleted`;
}

interface Asked extends Taught {
  readonly act: Act;
  readonly error?: string | undefined;
  readonly problem?: string | undefined;
}

async function showConfirm(
  needs: ClassroomPageNeeds,
  ctx: Ctx,
  operator: Operator,
  { act, error, problem, ...of }: Asked,
): Promise<void> {
  const { classroom, student } = await findTaught(needs, of);
  if (act === 'reset') {
    await prepareReset(workNeeds(needs, ctx), classroom.id, student ? 1 : classroom.students);
  }
  needs.show(ctx, undefined, (page) => (
    <ConfirmClassroomPage
      frame={operatorFrame(ctx, operator)}
      {...{ page, act, error, problem, id: classroom.id, className: classroom.name }}
      student={student && { number: student.number, name: student.name }}
    />
  ));
}

import type { z } from 'zod';
import type { Classroom, StoredStudent } from '../../../administration/classroom/classroom.ts';
import { requireClassroom } from '../../../administration/classroom/change-classroom.ts';
import { findStudent } from '../../../administration/classroom/store.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import type { Ctx, Middleware } from '../../../foundation/http/context.ts';
import type { FormFile } from '../../../foundation/http/form-with-file.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../../foundation/platform/ids.ts';
import { checkForm, requireOperator, type Operator } from '../operators/operator.ts';
import type { ClassroomPageNeeds } from './needs.ts';

/** A page for operators; others are led to sign in. */
export function operatorPage<Params = undefined, Query = undefined>(
  needs: ClassroomPageNeeds,
  schemas: { params?: z.ZodType<Params>; query?: z.ZodType<Query> },
  handle: (ctx: Ctx, operator: Operator, input: { params: Params; query: Query }) => Promise<void> | void,
): Middleware {
  return withCheckedInput(schemas, async (ctx, input) => {
    const operator = await requireOperator(needs, ctx);
    if (operator) await handle(ctx, operator, input);
  });
}

/** The POST of a form for operators. */
export function operatorForm<Params = undefined, Form extends { csrf: string } = { csrf: string }>(
  needs: ClassroomPageNeeds,
  schemas: { params?: z.ZodType<Params>; form: z.ZodType<Form>; file?: FormFile; formLimit?: string },
  handle: (
    ctx: Ctx,
    operator: Operator,
    input: { params: Params; form: Form; file: Buffer | undefined },
  ) => Promise<void> | void,
): Middleware {
  return withCheckedInput<Params, undefined, Form>(schemas, async (ctx, input) => {
    const operator = await requireOperator(needs, ctx);
    if (!operator) return;
    checkForm(needs, ctx, input.form.csrf);
    await handle(ctx, operator, input);
  });
}

/** The class and the student of an address. Throws ResourceNotFoundException, also for a student of another class. */
export async function findTaught(
  needs: ClassroomPageNeeds,
  { classroom: id, student: number }: { classroom: ClassroomId; student?: number | undefined },
): Promise<{ classroom: Classroom; student: StoredStudent | undefined }> {
  const classroom = await requireClassroom(needs, id);
  if (number === undefined) return { classroom, student: undefined };
  const student = await findStudent(needs.db.read, id, number);
  if (!student) throw notFound('The student');
  return { classroom, student };
}

import { z } from 'zod';
import { idField } from '../../../foundation/http/fields.ts';
import type { ClassroomId } from '../../../foundation/platform/ids.ts';
import { CLASSROOMS_PATH } from './needs.ts';

export const CLASSROOM_PATH = `${CLASSROOMS_PATH}/:classroom`;
export const STUDENT_PATH = `${CLASSROOM_PATH}/students/:student`;

export const classroomParams = z.object({ classroom: idField<ClassroomId>() });
export const studentParams = classroomParams.extend({
  student: z
    .string()
    .regex(/^\d{1,4}$/, 'A student has a number.')
    .transform(Number),
});

export const classroomPath = (id: ClassroomId): string => `${CLASSROOMS_PATH}/${id}`;

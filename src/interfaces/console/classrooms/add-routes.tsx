import { z } from 'zod';
import { AddClassroomPage, type ClassroomValues } from '../../../../views/console/classrooms/add.tsx';
import { ClassroomPreviewPage } from '../../../../views/console/classrooms/preview.tsx';
import { MAX_STUDENTS } from '../../../administration/classroom/classroom.ts';
import {
  createClassroom,
  previewClassroom,
  type NewClassroom,
  type PreviewedClassroom,
} from '../../../administration/classroom/create-classroom.ts';
import { readStudents } from '../../../administration/classroom/read-students.ts';
import { MAX_TEMPLATE } from '../../../administration/classroom/template.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { textOfFile } from '../../../foundation/http/form-with-file.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import { AppError, invalid } from '../../../foundation/platform/errors.ts';
import { faultsOf } from '../frame/faults.ts';
import { faultsOfText, type TextFaults } from '../frame/text-faults.ts';
import { operatorFrame } from '../operators/operator-frame.ts';
import type { Operator } from '../operators/operator.ts';
import { operatorForm, operatorPage } from './handlers.ts';
import { asOperator, CLASSROOMS_PATH, workNeeds, type ClassroomPageNeeds } from './needs.ts';
import { classroomPath } from './paths.ts';

const KIB = 1024;
/** A list of a hundred names has some kilobytes. */
const MAX_LIST = 64 * KIB;
const file = { field: 'studentsFile', maxOctets: 1024 * KIB, texts: ['templateFile'] };
/** A percent-encoded text can have three times the octets. */
const FORM_LIMIT = '2mb';

const text = z.string().default('');
const form = z.object({
  ...{ csrf: csrfField, name: text, students: text, source: text, template: text },
  ...{ addresses: text, templateFile: text },
});
type Form = z.output<typeof form>;

const EMPTY: ClassroomValues = { name: '', students: '', source: 'demo', template: '', addresses: 'names' };

/** The form for a class, what it would make, and the making. */
export function addRoutes(needs: ClassroomPageNeeds): Mount {
  return (router) => {
    router.get(
      `${CLASSROOMS_PATH}/add`,
      operatorPage(needs, {}, (ctx, operator) => {
        showForm(needs, ctx, operator, EMPTY);
      }),
    );

    const act = (
      path: string,
      use: (ctx: Ctx, operator: Operator, values: ClassroomValues, input: NewClassroom) => Promise<void>,
    ) =>
      router.post(
        path,
        operatorForm(needs, { form, file, formLimit: FORM_LIMIT }, async (ctx, operator, given) => {
          const values = valuesOf(given.form);
          let input: NewClassroom;
          const wrong = faultsOfChoices(values);
          if (wrong) return showForm(needs, ctx, operator, values, wrong);
          try {
            values.students = readGiven(values.students, given.file);
            input = inputOf(values, readStudents(values.students));
          } catch (error) {
            // What was in a file is in the field below it by now.
            return showForm(needs, ctx, operator, values, faultsOfText(error, STUDENTS, false));
          }
          try {
            await use(ctx, operator, values, input);
          } catch (error) {
            showForm(needs, ctx, operator, values, faultsOfClass(error));
          }
        }),
      );

    act(`${CLASSROOMS_PATH}/add`, async (ctx, operator, values, input) => {
      const previewed = await previewClassroom(workNeeds(needs, ctx), asOperator(ctx), input);
      showPreview(needs, ctx, operator, values, previewed);
    });
    act(`${CLASSROOMS_PATH}/make`, async (ctx, _operator, _values, input) => {
      const { classroom } = await createClassroom(workNeeds(needs, ctx), asOperator(ctx), input);
      seeOther(ctx, classroomPath(classroom.id));
    });
  };
}

const STUDENTS = { file: 'studentsFile', pasted: 'students' };
const TEMPLATE = { file: 'templateFile', pasted: 'template' };

/** A file that was chosen counts as pasted from now on: it comes back with the preview. */
const valuesOf = ({ name, students, source, template, addresses, templateFile }: Form): ClassroomValues => ({
  ...{ name, students, source, addresses },
  template: template.trim() === '' ? templateFile : template,
});

const CHOICES = { source: ['demo', 'file'], addresses: ['names', 'ids'] } as const;

/** What is wrong with a choice that the form doesn't have. */
function faultsOfChoices(values: ClassroomValues): TextFaults | undefined {
  const wrong = (['source', 'addresses'] as const).filter(
    (name) => !CHOICES[name].some((choice) => choice === values[name]),
  );
  if (wrong.length === 0) return undefined;
  const errors = Object.fromEntries(wrong.map((name) => [name, 'Choose one of these.']));
  return { status: 400, errors, error: undefined, presentVersion: undefined, mistakes: [] };
}

function readGiven(pasted: string, file: Buffer | undefined): string {
  const hasPasted = pasted.trim() !== '';
  if (file && hasPasted) throw invalid('studentsFile', 'Choose a file or write the names, not both.');
  if (!file && !hasPasted) throw invalid('students', 'Write the names here, or choose a file below.');
  const text = file ? textOfFile(file, 'studentsFile') : pasted;
  if (text.length > MAX_LIST) throw invalid('students', `The list has more than ${MAX_LIST / KIB} KiB.`);
  return text;
}

function inputOf(
  { name, source, template, addresses }: ClassroomValues,
  students: NewClassroom['students'],
): NewClassroom {
  return {
    ...{ name, students, readable: addresses !== 'ids' },
    ...(source !== 'demo' && { template }),
  };
}

/** What is wrong with a class whose list could be read: its name, an address of a student, or its organization file. */
function faultsOfClass(error: unknown): TextFaults {
  const [first] = error instanceof AppError ? error.fields : [];
  if (first && first.field.startsWith('/name')) return { ...faultsOf(error, ['name']), mistakes: [] };
  if (first && first.field.startsWith('/students/') && first.line === undefined) {
    const messages = error instanceof AppError ? error.fields.map(({ message }) => message) : [];
    return { ...faultsOf(invalid('students', first.message), ['students']), mistakes: messages };
  }
  if (error instanceof AppError && error.code === 'ConflictException' && error.fields.length === 0)
    return { ...faultsOf(error, []), mistakes: [] };
  return faultsOfText(error, TEMPLATE, false);
}

function showForm(
  needs: ClassroomPageNeeds,
  ctx: Ctx,
  operator: Operator,
  values: ClassroomValues,
  faults?: TextFaults,
): void {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, undefined, (page) => (
    <AddClassroomPage
      frame={operatorFrame(ctx, operator)}
      {...{ page, values, maxStudents: MAX_STUDENTS, maxTemplate: `${MAX_TEMPLATE / KIB} KiB` }}
      errors={faults?.errors ?? {}}
      error={faults?.error}
      mistakes={faults?.mistakes ?? []}
    />
  ));
}

const KINDS = {
  ...{ users: ['user', 'users'], groups: ['group', 'groups'], memberships: ['membership', 'memberships'] },
  ...{ applications: ['application', 'applications'], certificates: ['certificate', 'certificates'] },
  assignments: ['assignment', 'assignments'],
} as const;

function showPreview(
  needs: ClassroomPageNeeds,
  ctx: Ctx,
  operator: Operator,
  values: ClassroomValues,
  { students, counts, warnings }: PreviewedClassroom,
): void {
  const content = Object.entries(KINDS).map(([kind, [one, many]]) => ({
    ...{ one, many, count: counts[kind as keyof typeof KINDS].created }, // its own keys
  }));
  needs.show(ctx, undefined, (page) => (
    <ClassroomPreviewPage
      frame={operatorFrame(ctx, operator)}
      {...{ page, content, name: values.name }}
      students={students.map(({ number, name, userName, alias }) => ({
        ...{ number, name, userName, portal: alias === null ? undefined : `/${alias}/start` },
      }))}
      warnings={warnings.map(({ line, message }) => (line > 0 ? `Line ${line}: ${message}` : message))}
      hidden={{ ...values }}
    />
  ));
}

import { ConsoleForm } from '../../components/console/console-form.tsx';
import { formTitle } from '../form-title.ts';
import { Mistakes } from '../mistakes.tsx';
import { OperatorLayout } from '../operator-layout.tsx';
import { classroomsHref, type ClassroomFrame } from './frame.ts';

export interface ClassroomValues {
  name: string;
  students: string;
  source: string;
  template: string;
  addresses: string;
}

export interface AddClassroomPageProps extends ClassroomFrame {
  values: ClassroomValues;
  maxStudents: number;
  maxTemplate: string;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  /** All mistakes of the list or of the organization file, with their lines. */
  mistakes: readonly string[];
}

/** The form for a class: who is in it, and what each student gets. */
export function AddClassroomPage(props: AddClassroomPageProps) {
  const { page, frame, values, maxStudents, maxTemplate, errors, error, mistakes } = props;
  const here = classroomsHref(frame.homeHref);
  const title = formTitle('New class', { errors, error });
  return (
    <OperatorLayout {...{ page, frame, title }} place="classrooms">
      <h1>New class</h1>
      <p class="v-lead">
        Each student gets an organization of their own and administers it. The next page shows what would be
        made; nothing is made before.
      </p>
      <Mistakes texts={mistakes} />
      <ConsoleForm
        {...{ id: 'classroom', action: `${here}/add`, csrf: frame.person.csrf, error }}
        fields={[
          {
            ...{ kind: 'text', name: 'name', label: 'Name of the class', value: values.name, maxLength: 64 },
            error: errors['name'],
          },
          {
            ...{ kind: 'textarea', name: 'students', label: 'Students', value: values.students, rows: 8 },
            error: errors['students'],
            help: (
              <>
                A name on each line, or <code>name,email</code>. At most {maxStudents}.
              </>
            ),
          },
          {
            ...{ kind: 'file', name: 'studentsFile', label: 'Or a file with the students', optional: true },
            ...{ accept: '.csv,.txt,text/csv,text/plain', error: errors['studentsFile'] },
            help: 'Text or CSV in UTF-8.',
          },
          {
            ...{ kind: 'radio', name: 'source', label: 'What is in each organization', value: values.source },
            error: errors['source'],
            options: [
              {
                ...{ value: 'demo', label: 'The demo’s users, groups and applications' },
                help: 'As Vestibule shows them at its first start: sign-in works at once.',
              },
              { value: 'file', label: 'An organization file of mine', help: 'Choose it or paste it below.' },
            ],
          },
          {
            ...{ kind: 'file', name: 'templateFile', label: 'Organization file', optional: true },
            ...{ accept: '.yaml,.yml,application/yaml', error: errors['templateFile'] },
            help: `YAML of at most ${maxTemplate}, as an export writes it.`,
          },
          {
            ...{ kind: 'textarea', name: 'template', label: 'Or paste it here', value: values.template },
            ...{ rows: 6, code: true, optional: true, error: errors['template'] },
          },
          {
            ...{
              kind: 'radio',
              name: 'addresses',
              label: 'Addresses of the portals',
              value: values.addresses,
            },
            error: errors['addresses'],
            options: [
              { value: 'names', label: 'With the students’ names', help: 'Such as /ada-lovelace/start.' },
              {
                ...{ value: 'ids', label: 'With directory ids' },
                help: 'Such as /d-9067f8a1b2/start. Students can then try “To customize your URL”, which works once.',
              },
            ],
          },
        ]}
        submitLabel="Show what would be made"
        cancelHref={here}
      />
    </OperatorLayout>
  );
}

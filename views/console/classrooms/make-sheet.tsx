import { Banner } from '../../components/console/banner.tsx';
import { Named } from '../../components/named.tsx';
import { OperatorLayout } from '../operator-layout.tsx';
import { classroomsHref, type ClassroomFrame } from './frame.ts';

export interface MakeSheetPageProps extends ClassroomFrame {
  id: string;
  /** Absent: the sheet of the class. */
  student?: { readonly number: number; readonly name: string } | undefined;
  className: string;
  sheets: number;
  /** Why no sheet was made. */
  problem?: string | undefined;
}

/** Says what a sheet is, and makes it. */
export function MakeSheetPage(props: MakeSheetPageProps) {
  const { page, frame, id, student, className, sheets, problem } = props;
  const here = `${classroomsHref(frame.homeHref)}/${id}`;
  const what = student ? 'card' : 'sheet';
  const title = `Make ${sheets === 0 ? 'the' : 'a new'} ${what}`;
  return (
    <OperatorLayout {...{ page, frame, title }} place="classrooms">
      <h1>{title}</h1>
      <p class="v-lead">
        {student ? 'For ' : 'For the class '}
        <strong>
          <Named text={student?.name ?? className} />
        </strong>
      </p>
      {problem !== undefined && <Banner tone="warning">{problem}</Banner>}
      <ul>
        <li>
          {student
            ? 'The student and the users of their organization get new passwords.'
            : 'Every student gets a new password, and so do the users of their organization.'}
        </li>
        {sheets > 0 && (
          <li>Passwords of earlier sheets stop working, and whoever signed in with them is signed out.</li>
        )}
        <li>
          The passwords are shown once, on the next page, and kept nowhere: print it or save it as PDF before
          you leave it.
        </li>
      </ul>
      <form
        method="post"
        action={student ? `${here}/students/${student.number}/sheet` : `${here}/sheet`}
        class="v-console-form"
      >
        <input type="hidden" name="csrf" value={frame.person.csrf} />
        <input type="hidden" name="sheets" value={sheets} />
        <p class="v-form-end">
          <button type="submit" class="btn btn-primary">
            {title}
          </button>
          <a class="btn v-button-quiet" href={here}>
            Back to the class
          </a>
        </p>
      </form>
    </OperatorLayout>
  );
}

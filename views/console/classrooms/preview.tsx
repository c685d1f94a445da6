import { Callout } from '../../components/callout.tsx';
import { HiddenValues, type HiddenEntries } from '../../components/console/hidden-values.tsx';
import { Named } from '../../components/named.tsx';
import { Breakable } from '../../components/breakable.tsx';
import { counted } from '../../words.ts';
import { OperatorLayout } from '../operator-layout.tsx';
import { classroomsHref, type ClassroomFrame } from './frame.ts';

export interface ClassroomPreviewPageProps extends ClassroomFrame {
  name: string;
  students: readonly {
    readonly number: number;
    readonly name: string;
    readonly userName: string;
    /** Its path on the server; undefined when it has an id that isn't chosen yet. */
    readonly portal: string | undefined;
  }[];
  /** What each organization gets. */
  content: readonly { readonly one: string; readonly many: string; readonly count: number }[];
  warnings: readonly string[];
  hidden: HiddenEntries;
}

/** What would be made, with the button that makes it. */
export function ClassroomPreviewPage(props: ClassroomPreviewPageProps) {
  const { page, frame, name, students, content, warnings, hidden } = props;
  const here = classroomsHref(frame.homeHref);
  const what = counted(students.length, 'organization');
  return (
    <OperatorLayout {...{ page, frame }} title="What would be made" place="classrooms">
      <h1>What would be made</h1>
      <p class="v-lead">
        {what} for the class “<Named text={name} />
        ”. Nothing is made yet.
      </p>
      {warnings.length > 0 && (
        <Callout tone="warning" title="The organization file has warnings">
          <ul>
            {warnings.map((text, index) => (
              <li key={index}>{text}</li>
            ))}
          </ul>
        </Callout>
      )}
      <section class="v-page-section" aria-labelledby="content">
        <h2 id="content">In each organization</h2>
        <p>{content.map(({ one, many, count }) => counted(count, one, many)).join(', ')}.</p>
        <p class="v-soft">
          The student is one of the users and administers it. The other users share a password that only this
          organization has. Certificates are made; MFA devices, ids, keys and administrators of the file are
          left out.
        </p>
      </section>
      <section class="v-page-section" aria-labelledby="students">
        <h2 id="students">Students</h2>
        <table class="v-found">
          <caption class="visually-hidden">Students</caption>
          <thead>
            <tr>
              {['Student', 'User name', 'Portal'].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {students.map(({ number, name: student, userName, portal }) => (
              <tr key={number}>
                <th scope="row">
                  <Named text={student} />
                </th>
                <td data-label="User name">
                  <Named text={userName} />
                </td>
                <td data-label="Portal">
                  {portal === undefined ? (
                    <span class="v-soft">with its id</span>
                  ) : (
                    <Breakable text={portal} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <form method="post" action={`${here}/make`} class="v-console-form" novalidate>
        <input type="hidden" name="csrf" value={frame.person.csrf} />
        <HiddenValues values={hidden} />
        <p class="v-form-end">
          <button type="submit" class="btn btn-primary">
            Make {what}
          </button>
          <a class="btn v-button-quiet" href={`${here}/add`}>
            Cancel
          </a>
        </p>
      </form>
    </OperatorLayout>
  );
}

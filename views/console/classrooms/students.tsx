import { Named } from '../../components/named.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import { Breakable } from '../../components/breakable.tsx';
import { None } from '../../components/none.tsx';
import { Time, type When } from '../../components/when.tsx';

export type ShownStep =
  | 'not-made'
  | 'no-identity-centre'
  | 'not-signed-in'
  | 'user-name'
  | 'password'
  | 'new-device'
  | 'second-factor'
  | 'signed-in'
  | 'application';

const STEP_WORDS: Record<ShownStep, string> = {
  'not-made': 'Has no organization',
  'no-identity-centre': 'Has deleted the configuration',
  'not-signed-in': 'Has not signed in yet',
  'user-name': 'Signs in: user name',
  password: 'Signs in: password',
  'new-device': 'Signs in: registers a device',
  'second-factor': 'Signs in: second factor',
  'signed-in': 'Has signed in',
  application: 'Has opened an application',
};

export interface ShownStudent {
  number: number;
  name: string;
  userName: string;
  step: ShownStep;
  pending: 'make' | 'reset' | 'delete' | null;
  hasCard: boolean;
  isThrottled: boolean;
  lastEvent?:
    { readonly name: string; readonly by: string; readonly at: When; readonly failed: boolean } | undefined;
  /** Absent when the organization has no identity centre. */
  consoleHref?: string | undefined;
  /** The pages about this student are below it. */
  href: string;
}

const PENDING: Record<'make' | 'reset' | 'delete', string> = {
  make: 'To be made',
  reset: 'To be reset',
  delete: 'To be deleted',
};

export interface StudentsProps {
  students: readonly ShownStudent[];
  csrf: string;
  /** Whether the class is being worked on: then nothing can be done with a student. */
  isWorkedOn: boolean;
}

/** Who is where: a row for each student. */
export function Students({ students, csrf, isWorkedOn }: StudentsProps) {
  return (
    <table class="v-found">
      <caption class="visually-hidden">Students</caption>
      <thead>
        <tr>
          {['Student', 'Where', 'Last event'].map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
          <th scope="col">
            <span class="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {students.map((student) => (
          <Row key={student.number} {...{ student, csrf, isWorkedOn }} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ student, csrf, isWorkedOn }: Omit<StudentsProps, 'students'> & { student: ShownStudent }) {
  const { name, userName, step, pending, hasCard, isThrottled, lastEvent, consoleHref } = student;
  return (
    <tr>
      <th scope="row">
        {consoleHref === undefined ? (
          <Named text={name} />
        ) : (
          <a href={consoleHref}>
            <Named text={name} />
          </a>
        )}
        <span class="v-soft v-student-name">
          <Named text={userName} />
        </span>
      </th>
      <td data-label="Where">
        <div>
          {pending === null ? STEP_WORDS[step] : PENDING[pending]}
          {isThrottled && (
            <>
              {' '}
              <span class="v-tag v-tag-warning">throttled</span>
            </>
          )}
          {!hasCard && pending === null && (
            <>
              {' '}
              <span class="v-tag">no card</span>
            </>
          )}
        </div>
      </td>
      <td data-label="Last event">
        {lastEvent ? (
          <div>
            <Breakable text={lastEvent.name} />
            {lastEvent.failed && (
              <>
                {' '}
                <span class="v-tag v-tag-warning">failed</span>
              </>
            )}
            <span class="v-soft v-student-name">
              {lastEvent.by !== '' && lastEvent.by !== userName && (
                <>
                  by <Named text={lastEvent.by} />,{' '}
                </>
              )}
              <Time at={lastEvent.at} />
            </span>
          </div>
        ) : (
          <None />
        )}
      </td>
      <td class="v-found-actions">{!isWorkedOn && <Acts {...{ student, csrf }} />}</td>
    </tr>
  );
}

/** What can be done with a student's organization. */
function Acts({ student, csrf }: { student: ShownStudent; csrf: string }) {
  const { name, isThrottled, consoleHref, href } = student;
  return (
    <div class="v-student-acts">
      {isThrottled && <PostButton action={`${href}/unblock`} label="Free" of={name} {...{ csrf }} isSmall />}
      <a class="btn btn-sm v-button-quiet" href={`${href}/sheet`}>
        New card
        <span class="visually-hidden">
          {' '}
          for <Named text={name} />
        </span>
      </a>
      {consoleHref !== undefined && (
        <a class="btn btn-sm v-button-quiet" href={`${href}/file`} download>
          Copy
          <span class="visually-hidden">
            {' '}
            of the organization of <Named text={name} />, as a file
          </span>
        </a>
      )}
      <a class="btn btn-sm v-button-quiet" href={`${href}/reset`}>
        Reset
        <span class="visually-hidden">
          {' '}
          the organization of <Named text={name} />
        </span>
      </a>
      <a class="btn btn-sm v-button-quiet" href={`${href}/delete`}>
        Delete
        <span class="visually-hidden">
          {' '}
          <Named text={name} />
        </span>
      </a>
    </div>
  );
}

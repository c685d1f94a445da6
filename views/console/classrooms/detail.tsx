import { Banner } from '../../components/console/banner.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import { Live } from '../../components/console/live.tsx';
import { Named } from '../../components/named.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import { Progress } from '../../components/console/progress.tsx';
import { Callout } from '../../components/callout.tsx';
import { Icon } from '../../components/icon.tsx';
import { counted } from '../../words.ts';
import { OperatorLayout } from '../operator-layout.tsx';
import { classroomsHref, type ClassroomFrame, type ClassroomStatus } from './frame.ts';
import { Students, type ShownStudent } from './students.tsx';

export interface ClassroomPageProps extends ClassroomFrame {
  id: string;
  name: string;
  status: ClassroomStatus;
  done: number;
  total: number;
  faults: readonly string[];
  sheets: number;
  students: readonly ShownStudent[];
  /** What an act has done. */
  said?: string | undefined;
}

/** A class at work: who is where, and what a trainer can do about it. */
export function ClassroomPage(props: ClassroomPageProps) {
  const { page, frame, id, name, status, students, sheets, said } = props;
  const here = `${classroomsHref(frame.homeHref)}/${id}`;
  const isRunning = status === 'running';
  const throttled = students.filter(({ isThrottled }) => isThrottled).length;
  return (
    <OperatorLayout
      {...{ page, frame }}
      title={`${isRunning ? 'Under way: ' : ''}${name}`}
      place="classrooms"
      reloadSeconds={isRunning ? 3 : undefined}
    >
      <a class="v-back" href={classroomsHref(frame.homeHref)}>
        <Icon name="arrow-left" />
        Classes
      </a>
      <div class="v-heading">
        <h1>
          <Named text={name} />
        </h1>
        {!isRunning && students.length > 0 && (
          <a class={`btn ${sheets === 0 ? 'btn-primary' : 'v-button-quiet'}`} href={`${here}/sheet`}>
            {sheets === 0 ? 'Make the sheet' : 'Make a new sheet'}
          </a>
        )}
      </div>
      {said !== undefined && <Banner tone="success">{said}</Banner>}
      {status === 'idle' && sheets === 0 && students.length > 0 && (
        <Banner tone="info">
          Nobody can sign in yet: make the sheet, which gives each student a password and a card to print.
        </Banner>
      )}
      <Work {...props} />
      <Live id="students">
        <p class="v-student-count">
          {counted(students.length, 'student')}
          {throttled > 0 && `, ${throttled} of them throttled`}
        </p>
        {throttled > 1 && (
          <PostButton
            action={`${here}/unblock`}
            csrf={frame.person.csrf}
            label="Free all who are throttled"
            isSmall
          />
        )}
        <Students students={students} csrf={frame.person.csrf} isWorkedOn={isRunning} />
      </Live>
      {!isRunning && (
        <DangerZone
          id="danger"
          acts={[
            {
              label: 'Reset all',
              about: 'All organizations are as at the beginning. Cards stay valid.',
              href: `${here}/reset`,
            },
            {
              label: 'Delete class',
              about: 'All organizations of the class are deleted with everything in them.',
              href: `${here}/delete`,
            },
          ]}
        />
      )}
    </OperatorLayout>
  );
}

/** What is being done with the organizations, or why it isn't done. */
function Work({ frame, id, status, done, total, faults }: ClassroomPageProps) {
  const here = `${classroomsHref(frame.homeHref)}/${id}`;
  // A page that watches the work finds by this that it is over.
  if (status === 'idle') return <div id="work" />;
  if (status === 'running') {
    return (
      <Progress
        id="work"
        title="Working on the organizations"
        state="running"
        {...{ done, total }}
        unit="organizations"
        note="Each is complete as soon as it is counted."
        stop={{ action: `${here}/stop`, csrf: frame.person.csrf }}
        next={{ label: 'Show the class', href: here }}
      />
    );
  }
  return (
    <div id="work">
      <Callout tone={status === 'failed' ? 'danger' : 'warning'} title={TITLES[status]}>
        <p>
          {done} of {counted(total, 'organization')} {total === 1 ? 'is' : 'are'} done, and stay as they are.
        </p>
        {faults.length > 0 && (
          <ul>
            {faults.map((text, index) => (
              <li key={index}>
                <Named text={text} />
              </li>
            ))}
          </ul>
        )}
        <PostButton action={`${here}/continue`} csrf={frame.person.csrf} label="Go on" isSmall />
      </Callout>
    </div>
  );
}

const TITLES = {
  failed: 'Some organizations could not be made',
  stopped: 'It was stopped halfway',
  interrupted: 'The server was stopped meanwhile',
} as const;

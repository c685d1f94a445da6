import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import { Named } from '../../components/named.tsx';
import { OperatorLayout } from '../operator-layout.tsx';
import { classroomsHref, type ClassroomFrame } from './frame.ts';

export interface ConfirmClassroomPageProps extends ClassroomFrame {
  id: string;
  act: 'reset' | 'delete';
  /** The student whose organization it is about; absent: all. */
  student?: { readonly number: number; readonly name: string } | undefined;
  className: string;
  error?: string | undefined;
  problem?: string | undefined;
}

/** Asks for a word before organizations are reset or deleted. */
export function ConfirmClassroomPage(props: ConfirmClassroomPageProps) {
  const { page, frame, id, act, student, className, error, problem } = props;
  const here = `${classroomsHref(frame.homeHref)}/${id}`;
  const { title, consequences, label } = WORDS[act][student ? 'one' : 'all'];
  const isWrong = error !== undefined || problem !== undefined;
  return (
    <OperatorLayout
      {...{ page, frame }}
      title={isWrong ? `Nothing was changed: ${title}` : title}
      place="classrooms"
    >
      <h1>{title}</h1>
      <p class="v-lead">
        {student ? 'Of ' : 'Of the class '}
        <strong>
          <Named text={student?.name ?? className} />
        </strong>
      </p>
      <ConfirmByWord
        id="confirm"
        action={student ? `${here}/students/${student.number}/${act}` : `${here}/${act}`}
        csrf={frame.person.csrf}
        word={act.toUpperCase()}
        {...{ consequences, error, problem }}
        submitLabel={label}
        cancelHref={here}
        cancelLabel="Back to the class"
      />
    </OperatorLayout>
  );
}

const RESET = [
  'What was changed, added and recorded there is deleted: users, applications, settings, mail and events.',
  'Then it is made again from the organization file, at the same addresses.',
  'Everybody is signed out. MFA devices are gone, and certificates are other ones.',
  'The passwords of the card work again, also if they were changed.',
];

const WORDS = {
  reset: {
    one: { title: 'Reset the organization', label: 'Reset the organization', consequences: RESET },
    all: { title: 'Reset all organizations', label: 'Reset all', consequences: RESET },
  },
  delete: {
    one: {
      title: 'Delete the organization',
      label: 'Delete the organization',
      consequences: [
        'The organization is deleted with everything in it.',
        'The student leaves the class, and their card is worth nothing.',
      ],
    },
    all: {
      title: 'Delete the class',
      label: 'Delete the class',
      consequences: [
        'All organizations of the class are deleted with everything in them.',
        'The class is deleted, and all cards are worth nothing.',
      ],
    },
  },
} as const;

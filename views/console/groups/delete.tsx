import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import { Named } from '../../components/named.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import type { ShownGroup } from './detail.tsx';

export interface DeleteGroupProps {
  page: PageContext;
  frame: ConsoleFrame;
  group: ShownGroup & { version: number };
  /** How many applications are assigned to it. */
  assignments: number;
  /** What its members may do in this console. */
  access: 'full' | 'read-only' | undefined;
  /** What is wrong with the word. */
  error?: string | undefined;
  /** What is wrong with the whole, such as a change of others meanwhile. */
  problem?: string | undefined;
}

/** Asks before a group is deleted. */
export function DeleteGroupPage(props: DeleteGroupProps) {
  const { page, frame, group, assignments, access, error, problem } = props;
  const here = `${frame.homeHref}/groups/${group.id}`;
  const isRefused = error !== undefined || problem !== undefined;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={isRefused ? 'Nothing was deleted: Delete group' : 'Delete group'}
      place="groups"
    >
      <h1>
        Delete group <Named text={group.displayName} />
      </h1>
      <ConfirmByWord
        id="delete"
        action={`${here}/delete`}
        csrf={frame.person.csrf}
        word="DELETE"
        consequences={[
          'The group can’t be brought back; a new one with its name has another id.',
          assignments === 0
            ? 'No application is assigned to it.'
            : `Its members lose the ${assignments === 1 ? 'application that is' : `${assignments} applications that are`} assigned to it, unless they have them otherwise.`,
          ...(access === undefined
            ? []
            : ['Its members lose the access to this console that it gives them.']),
          'Its members stay as users.',
        ]}
        version={group.version}
        {...{ error, problem }}
        submitLabel="Delete group"
        cancelHref={here}
        cancelLabel="Keep it"
      />
    </InstanceLayout>
  );
}

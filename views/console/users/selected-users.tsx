import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import { Consequences } from '../../components/console/consequences.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { Named } from '../../components/named.tsx';
import type { PageContext } from '../../page-context.tsx';
import { counted } from '../../words.ts';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { DISABLING } from './guide-notes.ts';
import { whenDeleted, whenDisabled } from './user-forms.tsx';

export interface SelectedUsersPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  act: 'disable' | 'enable' | 'delete';
  users: readonly { readonly id: string; readonly userName: string }[];
  /** Whether the reader is one of them. */
  includesSelf: boolean;
  endsSessions: boolean;
  /** What is wrong with the word. */
  error?: string | undefined;
}

const WORDS = { disable: 'Disable', enable: 'Enable', delete: 'Delete' } as const;

/** Asks before several users are disabled, enabled or deleted. */
export function SelectedUsersPage({
  page,
  frame,
  act,
  users,
  includesSelf,
  endsSessions,
  error,
}: SelectedUsersPageProps) {
  const back = `${frame.homeHref}/users`;
  const label = `${WORDS[act]} ${counted(users.length, 'user')}`;
  const common = {
    ...{ id: 'selected', action: `${back}/selected`, csrf: frame.person.csrf, submitLabel: label },
    ...{ cancelHref: back, hidden: { act, confirmed: 'yes', selected: users.map(({ id }) => id) } },
  };
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle(label, { errors: {}, error })}
      place="users"
      guide={act === 'disable' ? [DISABLING] : []}
    >
      <h1>{label}</h1>
      <ul>
        {users.map(({ id, userName }) => (
          <li key={id}>
            <Named text={userName} />
          </li>
        ))}
      </ul>
      {act === 'delete' ? (
        <ConfirmByWord
          {...common}
          word="DELETE"
          consequences={[...ifAmong(includesSelf), ...whenDeleted(endsSessions)]}
          error={error}
          cancelLabel="Keep the users"
        />
      ) : (
        <>
          <Consequences
            sentences={
              act === 'disable'
                ? [...ifAmong(includesSelf), ...whenDisabled(endsSessions)]
                : ['The users can sign in again.']
            }
          />
          <ConsoleForm {...common} fields={[]} />
        </>
      )}
    </InstanceLayout>
  );
}

const ifAmong = (includesSelf: boolean): string[] =>
  includesSelf ? ['You are one of these users: you lose your access to this console.'] : [];

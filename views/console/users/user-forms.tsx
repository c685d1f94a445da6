import { Callout } from '../../components/callout.tsx';
import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import type { Conflict } from '../../components/console/conflict-notice.tsx';
import { Consequences } from '../../components/console/consequences.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { Named } from '../../components/named.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { DISABLING, EDITING, RESETTING } from './guide-notes.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import type { ShownUser } from './user-detail.tsx';
import { editUserFields, type ByField } from './user-fields.ts';

export interface UserFormProps {
  page: PageContext;
  frame: ConsoleFrame;
  user: ShownUser;
}

export interface EditUserPageProps extends UserFormProps {
  typed: ByField;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  version: number;
  conflict?: Conflict | undefined;
}

/** Changes a user's properties (guide, “Edit user properties”). */
export function EditUserPage(props: EditUserPageProps) {
  const { page, frame, user, typed, errors, error, version, conflict } = props;
  const back = `${frame.homeHref}/users/${user.id}`;
  const title = formTitle('Edit user details', { errors, error, conflict });
  return (
    <InstanceLayout {...{ page, frame, title }} place="users" guide={[EDITING]}>
      <h1>Edit user details</h1>
      <p>
        Username: <Named text={user.userName} />. It can’t be changed.
      </p>
      <ConsoleForm
        id="edit"
        action={`${back}/edit`}
        csrf={frame.person.csrf}
        fields={editUserFields(typed, errors)}
        {...{ error, version, conflict }}
        submitLabel="Save changes"
        cancelHref={back}
      />
    </InstanceLayout>
  );
}

export interface DisableUserPageProps extends UserFormProps {
  /** Whether the reader is the user. */
  isSelf: boolean;
  /** Whether sessions end at once, as `settings.session.revocation` says. */
  endsSessions: boolean;
  version: number;
  error?: string | undefined;
}

/** Asks before a user is disabled (guide, “Disable a user”). */
export function DisableUserPage({
  page,
  frame,
  user,
  isSelf,
  endsSessions,
  version,
  error,
}: DisableUserPageProps) {
  const back = `${frame.homeHref}/users/${user.id}`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Disable user', { errors: {}, error })}
      place="users"
      guide={[DISABLING]}
    >
      <h1>Disable user</h1>
      <p>
        <Named text={user.displayName} /> (<Named text={user.userName} />)
      </p>
      <Consequences sentences={[...ifSelf(isSelf), ...whenDisabled(endsSessions)]} />
      <ConsoleForm
        id="disable"
        action={`${back}/disable`}
        csrf={frame.person.csrf}
        fields={[]}
        {...{ version, error }}
        submitLabel="Disable user"
        cancelHref={back}
      />
    </InstanceLayout>
  );
}

const ifSelf = (isSelf: boolean): string[] =>
  isSelf ? ['This is you: you lose your access to this console.'] : [];

/** What happens to a user who is disabled. */
export const whenDisabled = (endsSessions: boolean): string[] => [
  'Signing in to the user portal is refused.',
  endsSessions
    ? 'Sessions end at once.'
    : 'Sessions go on for up to an hour. To end them at once, open the tab Sessions of a user.',
  'Trusted devices are forgotten.',
  'Details, password and groups can’t be changed before the next “Enable user”.',
];

export interface DeleteUserPageProps extends UserFormProps {
  /** Whether the reader is the user. */
  isSelf: boolean;
  endsSessions: boolean;
  version: number;
  /** What is wrong with the word. */
  error?: string | undefined;
  /** What is wrong with the whole. */
  problem?: string | undefined;
}

/** Asks for a word before a user is deleted. */
export function DeleteUserPage({ page, frame, user, isSelf, endsSessions, ...form }: DeleteUserPageProps) {
  const back = `${frame.homeHref}/users/${user.id}`;
  const title = formTitle('Delete user', { errors: {}, error: form.error ?? form.problem });
  return (
    <InstanceLayout {...{ page, frame, title }} place="users">
      <h1>Delete user</h1>
      <p>
        <Named text={user.displayName} /> (<Named text={user.userName} />)
      </p>
      <ConfirmByWord
        id="delete"
        action={`${back}/delete`}
        csrf={frame.person.csrf}
        word="DELETE"
        consequences={[...ifSelf(isSelf), ...whenDeleted(endsSessions)]}
        {...form}
        submitLabel="Delete user"
        cancelHref={back}
        cancelLabel="Keep the user"
      />
    </InstanceLayout>
  );
}

/** What happens to a user who is deleted. */
export const whenDeleted = (endsSessions: boolean): string[] => [
  'This can’t be undone. A new user of the same name is another user.',
  'Password, MFA devices, memberships and assignments are deleted.',
  endsSessions ? 'Sessions end at once.' : 'Sessions go on for up to an hour.',
];

export interface ResetPasswordPageProps extends UserFormProps {
  email: string;
  how: string;
  error?: string | undefined;
  errors: Readonly<Record<string, string>>;
}

/** The two ways to reset a password (guide, “Reset a user password”). */
export function ResetPasswordPage({ page, frame, user, email, how, error, errors }: ResetPasswordPageProps) {
  const back = `${frame.homeHref}/users/${user.id}`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Reset password', { errors, error })}
      place="users"
      guide={[RESETTING]}
    >
      <h1>Reset password</h1>
      <p>
        <Named text={user.displayName} /> (<Named text={user.userName} />)
      </p>
      <Callout tone="warning" title="Is this the right email address?">
        <p>
          The email goes to <Named text={email} />. Whoever reads it can choose the password of this user.
        </p>
      </Callout>
      <ConsoleForm
        id="reset"
        action={`${back}/reset-password`}
        csrf={frame.person.csrf}
        error={error}
        fields={[
          {
            ...{ kind: 'radio', name: 'how', label: 'Password', value: how, error: errors['how'] },
            options: [
              {
                value: 'email',
                label: 'Send an email to the user with instructions to reset the password',
                help: 'The present password works until the user has chosen another one. The link works for a day.',
              },
              {
                value: 'generate',
                label: 'Generate a one-time password and share the password with the user',
                help: 'The present password stops working at once, and the user’s sessions end.',
              },
            ],
          },
        ]}
        submitLabel="Reset password"
        cancelHref={back}
      />
    </InstanceLayout>
  );
}

import { Callout } from '../../components/callout.tsx';
import { CopiedValue } from '../../components/console/copied-value.tsx';
import { DangerZone, type DangerousAct } from '../../components/console/danger-zone.tsx';
import { Named } from '../../components/named.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { Time, type When } from '../../components/when.tsx';
import { DiagnosisLink } from '../diagnosis/diagnosis-link.tsx';
import type { ConsoleFrame } from '../instance-layout.tsx';
import { DISABLING, EDITING, RESETTING } from './guide-notes.ts';
import { ATTRIBUTE_LABELS } from './user-fields.ts';
import { UserDetail, type ShownUser, type UserDetailProps } from './user-detail.tsx';

/** Whether the user has a password: none yet, one that must be changed at the next sign-in, or one of the user’s own. */
export type PasswordState = 'none' | 'one-time' | 'set';

/** A user's record as its page shows it. */
export interface ProfiledUser extends ShownUser {
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface UserProfilePageProps extends Omit<UserDetailProps, 'children'> {
  user: ProfiledUser;
  password: PasswordState;
  created: When;
  changed: When;
  /** Until when the user is refused after too many failed sign-ins, in the organization's time. */
  throttledUntil?: When | undefined;
}

/** What is known about a user, and what can be done with it. */
export function UserProfilePage(props: UserProfilePageProps) {
  const { frame, user, password, created, changed, throttledUntil } = props;
  const href = `${frame.homeHref}/users/${user.id}`;
  return (
    <UserDetail {...props} guide={[EDITING, DISABLING, RESETTING]}>
      {!user.enabled && (
        <Callout tone="info" title="This user is disabled">
          <p>
            The user can’t sign in. Details, password and groups can be seen and changed again once the user
            is enabled.
          </p>
        </Callout>
      )}
      {throttledUntil && <Throttled {...{ frame, href, until: throttledUntil }} />}
      {user.enabled && password === 'none' && <NoPassword {...{ frame, href }} />}
      <section aria-labelledby="profile">
        <h2 id="profile">Profile</h2>
        <Facts
          facts={[
            { label: 'User ID', value: <CopiedValue name="user ID" value={user.id} /> },
            { label: 'Username', value: <CopiedValue name="username" value={user.userName} /> },
            { label: 'Email address', value: <CopiedValue name="email address" value={user.email} /> },
            { label: 'First name', value: <Named text={user.givenName} /> },
            { label: 'Last name', value: <Named text={user.familyName} /> },
            { label: 'Display name', value: <Named text={user.displayName} /> },
            { label: 'Password', value: PASSWORD_WORDS[password] },
            { label: 'Added', value: <Time at={created} /> },
            { label: 'Last changed', value: <Time at={changed} /> },
            {
              label: 'Signing in',
              value: (
                <DiagnosisLink {...{ frame, user: user.userName }} label="Why can’t this user sign in?" />
              ),
            },
          ]}
        />
      </section>
      <Attributes attributes={user.attributes} />
      {frame.mayChange && <DangerZone id="danger" acts={dangerousActs(user, href)} />}
    </UserDetail>
  );
}

const PASSWORD_WORDS: Record<PasswordState, string> = {
  none: 'None yet: the user can’t sign in',
  'one-time': 'One-time password, to be changed at the next sign-in',
  set: 'Chosen by the user, or set by an operator',
};

interface NoticeProps {
  frame: ConsoleFrame;
  /** The user's page. */
  href: string;
}

function Throttled({ frame, href, until }: NoticeProps & { until: When }) {
  return (
    <Callout tone="warning" title="Refused after too many attempts">
      <p>
        After too many wrong passwords or codes, or too many mails, some attempts of this user are refused
        until <Time at={until} />.
      </p>
      {frame.mayChange && (
        <PostButton
          isSmall
          csrf={frame.person.csrf}
          action={`${href}/unblock`}
          label="Let the user try again now"
        />
      )}
    </Callout>
  );
}

function NoPassword({ frame, href }: NoticeProps) {
  return (
    <Callout tone="info" title="This user has no password yet">
      <p>The user chooses one by the link in the invitation, which works for seven days.</p>
      {frame.mayChange && (
        <PostButton
          isSmall
          csrf={frame.person.csrf}
          action={`${href}/invite`}
          label="Send another invitation"
        />
      )}
    </Callout>
  );
}

/** The optional attributes that the user has, by section. */
function Attributes({ attributes }: Pick<ProfiledUser, 'attributes'>) {
  const sections = new Map<string, Fact[]>();
  for (const [name, [section, label]] of Object.entries(ATTRIBUTE_LABELS)) {
    const value = attributes[name];
    if (value === undefined) continue;
    const facts = sections.get(section) ?? [];
    facts.push({ label, value: <Named text={value} /> });
    sections.set(section, facts);
  }
  return (
    <>
      {[...sections].map(([section, facts]) => (
        <section key={section} aria-label={section}>
          <h2>{section}</h2>
          <Facts facts={facts} />
        </section>
      ))}
    </>
  );
}

function dangerousActs({ enabled }: ShownUser, href: string): DangerousAct[] {
  const remove: DangerousAct = {
    label: 'Delete user',
    about: 'Deletes the user with password, MFA devices, memberships and assignments. This can’t be undone.',
    href: `${href}/delete`,
  };
  const disable: DangerousAct = {
    label: 'Disable user',
    about: 'The user can’t sign in until an administrator enables the user again.',
    href: `${href}/disable`,
  };
  return enabled ? [disable, remove] : [remove];
}

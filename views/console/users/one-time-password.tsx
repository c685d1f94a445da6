import { CopyButton } from '../../components/copy-button.tsx';
import { Banner } from '../../components/console/banner.tsx';
import { CopiedValue } from '../../components/console/copied-value.tsx';
import { Facts } from '../../components/facts.tsx';
import type { PageContext } from '../../page-context.tsx';
import { ADDING, RESETTING } from './guide-notes.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { namedText } from '../../components/named.tsx';

export interface OneTimePasswordPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** Whether the user was just added; otherwise the password was reset. */
  isNew: boolean;
  user: { readonly id: string; readonly userName: string; readonly displayName: string };
  portalUrl: string;
  oneTimePassword: string;
}

/** A one-time password with the portal's URL, to be given to the user (guide, "Add users" and "Reset a user password"). */
export function OneTimePasswordPage(props: OneTimePasswordPageProps) {
  const { page, frame, isNew, user, portalUrl, oneTimePassword } = props;
  const usersHref = `${frame.homeHref}/users`;
  const title = isNew ? 'User added' : 'Password reset';
  return (
    <InstanceLayout
      page={page}
      frame={frame}
      title={title}
      place="users"
      guide={[isNew ? ADDING : RESETTING]}
    >
      <h1>{title}</h1>
      <Banner tone="warning">
        This is the only time that the password is shown. Copy it before you leave this page.
      </Banner>
      <Facts
        facts={[
          { label: 'User portal URL', value: <CopiedValue name="URL" value={portalUrl} /> },
          { label: 'Username', value: <CopiedValue name="username" value={user.userName} /> },
          { label: 'One-time password', value: <CopiedValue name="password" value={oneTimePassword} /> },
        ]}
      />
      <section class="v-review" aria-labelledby="share">
        <h2 id="share">A text to share with the user</h2>
        <p class="v-lines">
          <bdi>{textFor(props, namedText)}</bdi>
        </p>
        <CopyButton text={textFor(props)} label="Copy text" />
      </section>
      <p class="v-form-end">
        <a class="btn btn-primary" href={`${usersHref}/${user.id}`}>
          Go to the user
        </a>
        {isNew && (
          <a class="btn v-button-quiet" href={`${usersHref}/add`}>
            Add another user
          </a>
        )}
      </p>
    </InstanceLayout>
  );
}

/** What is copied has the names as they are; what is shown has them by `show`. */
const textFor = (
  { frame, isNew, user, portalUrl, oneTimePassword }: OneTimePasswordPageProps,
  show = (name: string) => name,
) =>
  [
    `Hello ${show(user.displayName)},`,
    '',
    isNew ? `you can now sign in to ${show(frame.of)}.` : `your password for ${show(frame.of)} was reset.`,
    '',
    `User portal: ${portalUrl}`,
    `Username: ${show(user.userName)}`,
    `One-time password: ${oneTimePassword}`,
    '',
    'You choose a password of your own when you sign in with it.',
  ].join('\n');

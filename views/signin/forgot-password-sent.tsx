import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

/** The page is the same for every name, so that it doesn't reveal which users exist. */
export function ForgotPasswordSentPage({
  page,
  startHref,
  mailHref,
}: {
  page: PageContext;
  startHref: string;
  /** Where the message is shown, in a demonstration on this machine. */
  mailHref?: string | undefined;
}) {
  const title = 'Check your email';
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="mail" title={title}>
        <p>
          If there is a user with this name, we have sent a link to the user’s email address. The link works
          once, for a day.
        </p>
        <p>
          No email after a few minutes? Look in your spam folder, check the username, or ask your
          administrator.
        </p>
        {mailHref !== undefined && (
          <a class="btn btn-primary btn-lg w-100" href={mailHref}>
            Show the email
          </a>
        )}
        <a class="btn btn-lg w-100 v-button-quiet" href={startHref}>
          Back to sign in
        </a>
      </State>
    </SignInLayout>
  );
}

import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface PasswordLinkEndedPageProps {
  page: PageContext;
  /** `disabled`: the link is valid, but its user is disabled. */
  reason: 'invitation' | 'reset' | 'disabled';
  startHref: string;
  forgotHref: string;
}

const words: Record<PasswordLinkEndedPageProps['reason'], { title: string; text: string }> = {
  invitation: {
    title: 'This invitation no longer works',
    text: 'It was used, is older than seven days, or a newer one was sent. If you have set a password, sign in with it. If you haven’t, ask your administrator for another invitation.',
  },
  reset: {
    title: 'This link no longer works',
    text: 'It was used, is older than a day, or a newer one was sent. If you have set a new password, sign in with it. If you haven’t, ask for another link.',
  },
  disabled: {
    title: 'This account can’t be used now',
    text: 'Your administrator has disabled it. Ask your administrator to enable it, then open the link again.',
  },
};

/** Says why a link from an email can't set a password, and what to do. */
export function PasswordLinkEndedPage({ page, reason, startHref, forgotHref }: PasswordLinkEndedPageProps) {
  const { title, text } = words[reason];
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon={reason === 'disabled' ? 'lock' : 'hourglass'} title={title}>
        <p>{text}</p>
        {reason !== 'disabled' && (
          <a class="btn btn-primary btn-lg w-100" href={startHref}>
            Sign in
          </a>
        )}
        {reason === 'reset' && (
          <a class="btn btn-lg w-100 v-button-quiet" href={forgotHref}>
            Ask for another link
          </a>
        )}
      </State>
    </SignInLayout>
  );
}

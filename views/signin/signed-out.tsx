import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface SignedOutPageProps {
  page: PageContext;
  /** The link to start a new sign-in. */
  startHref: string;
}

/** The session has ended. Applications opened from the portal keep their own sessions, as the user guide says. */
export function SignedOutPage({ page, startHref }: SignedOutPageProps) {
  return (
    <SignInLayout page={page} title="Signed out">
      <State level={1} icon="circle-check" tone="good" title="You have signed out">
        <p>
          Applications that you opened from the portal stay open. Sign out of them too, or close the browser,
          if others use this computer.
        </p>
        <a class="btn btn-primary btn-lg w-100" href={startHref}>
          Sign in again
        </a>
      </State>
    </SignInLayout>
  );
}

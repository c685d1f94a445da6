import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface DeniedPageProps {
  page: PageContext;
  /** The reason, as a sentence. */
  reason: string;
  /** The link to start another sign-in; absent when that would end here again. */
  startHref?: string | undefined;
}

/** Shown to a user who can't sign in at all. */
export function DeniedPage({ page, reason, startHref }: DeniedPageProps) {
  return (
    <SignInLayout page={page} title="You can't sign in">
      <State level={1} icon="lock" tone="danger" title="You can't sign in">
        <p>{reason}</p>
        <p>Contact your administrator if you think that you should have access.</p>
        {startHref !== undefined && (
          <a class="btn btn-lg w-100 v-button-quiet" href={startHref}>
            Sign in as someone else
          </a>
        )}
      </State>
    </SignInLayout>
  );
}

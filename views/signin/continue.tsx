import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface ContinuePageProps {
  page: PageContext;
  action: string;
  csrf: string;
  username: string;
  applicationName?: string | undefined;
}

/** The form that completes a sign-in when every step is verified and no other form is left. */
export function ContinuePage({ page, action, csrf, username, applicationName }: ContinuePageProps) {
  return (
    <SignInLayout page={page} title="Continue">
      <h1>Continue</h1>
      <p>
        Sign in as{' '}
        <strong class="v-break">
          <Named text={username} />
        </strong>
        {applicationName !== undefined && (
          <>
            {' '}
            to continue to{' '}
            <strong>
              <Named text={applicationName} />
            </strong>
          </>
        )}
        .
      </p>
      <form method="post" action={action}>
        <input type="hidden" name="csrf" value={csrf} />
        <button type="submit" class="btn btn-primary btn-lg w-100">
          Continue
        </button>
      </form>
    </SignInLayout>
  );
}

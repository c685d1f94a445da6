import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

/** Shown after a reset by mail; the user then signs in with the new password. */
export function PasswordChangedPage({ page, startHref }: { page: PageContext; startHref: string }) {
  const title = 'Your password was changed';
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="circle-check" tone="good" title={title}>
        <p>Sign in with your new password.</p>
        <a class="btn btn-primary btn-lg w-100" href={startHref}>
          Sign in
        </a>
      </State>
    </SignInLayout>
  );
}

import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

/** Shown for a link into the console that was used, has expired or never was. */
export function ConsoleLinkEndedPage({ page, signInHref }: { page: PageContext; signInHref: string }) {
  const title = 'This link doesn’t work';
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="hourglass" title={title}>
        <p>
          A link opens the console once, within 15 minutes. Run <code>vestibule console-link</code> for
          another one.
        </p>
        <a class="btn btn-lg w-100 v-button-quiet" href={signInHref}>
          Sign in with the API token
        </a>
      </State>
    </SignInLayout>
  );
}

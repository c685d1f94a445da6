import { ApplicationIcon } from '../components/application-icon.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';

export interface LeavingPageProps {
  page: PageContext;
  applicationName: string;
  /** The registered URL to go to. */
  href: string;
  /** Whether the response to the application's request will be shown before it is sent. */
  administrator?: boolean | undefined;
}

/**
 * Leaves our origin by a navigation. After a form, a redirect would be blocked by `form-action 'self'`, which Chromium
 * applies to all redirects.
 */
export function LeavingPage({ page, applicationName, href, administrator = false }: LeavingPageProps) {
  return (
    <SignInLayout page={page} title={`Opening ${applicationName}`} scripts={['leave.js']}>
      <div class="v-handover">
        <ApplicationIcon name={applicationName} />
        <h1>Opening {applicationName}</h1>
        <p>If nothing happens, choose the button.</p>
        {administrator && (
          <p class="v-soft">Administrator mode: sign in there, and you see the response before it is sent.</p>
        )}
        <a class="btn btn-primary btn-lg w-100" href={safeHref(href)} rel="noreferrer" data-leave>
          Continue to {applicationName}
        </a>
      </div>
    </SignInLayout>
  );
}

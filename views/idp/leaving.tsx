import { ApplicationIcon } from '../components/application-icon.tsx';
import { HostName } from '../components/host-name.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';
import { Named } from '../components/named.tsx';

export interface LeavingPageProps {
  page: PageContext;
  applicationName: string;
  /** The registered URL to go to. */
  href: string;
  /** Whether the response to the application's request will be shown before it is sent. */
  administrator?: boolean | undefined;
}

export interface UnansweredStartPageProps {
  page: PageContext;
  applicationName: string;
  icon?: string | null | undefined;
  /** The registered URL, where nobody answers. */
  href: string;
  unanswered: { host: string; domain: string };
  /** Starts a sign-on without a request of the service provider. */
  signOnHref: string;
}

/**
 * Says that nobody answers at the address that a tile leads to, instead of going there. The link is marked as on the
 * page that goes there, for programs that follow it.
 */
export function UnansweredStartPage(props: UnansweredStartPageProps) {
  const { page, applicationName, icon, href, unanswered, signOnHref } = props;
  const { host, domain } = unanswered;
  return (
    <SignInLayout page={page} title={`Nobody answers at ${host}`}>
      <div class="v-handover">
        <ApplicationIcon name={applicationName} icon={icon} />
        <h1 class="v-break">
          Nobody answers at <HostName host={host} />
        </h1>
        <p>
          <Named text={applicationName} /> begins its sign-ons itself, at an address in <code>{domain}</code>.
          Such names are reserved for examples and tests, so no server on the internet has one.
        </p>
        <a class="btn btn-primary btn-lg w-100" href={signOnHref}>
          See a response
        </a>
        <p class="mt-3 mb-0">
          <a href={safeHref(href)} rel="noreferrer" data-leave>
            Open the address anyway
          </a>
        </p>
      </div>
    </SignInLayout>
  );
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
        <h1>
          Opening <Named text={applicationName} />
        </h1>
        <p>If nothing happens, choose the button.</p>
        {administrator && (
          <p class="v-soft">Administrator mode: sign in there, and you see the response before it is sent.</p>
        )}
        <a class="btn btn-primary btn-lg w-100" href={safeHref(href)} rel="noreferrer" data-leave>
          Continue to <Named text={applicationName} />
        </a>
      </div>
    </SignInLayout>
  );
}

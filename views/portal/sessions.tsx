import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Icon } from '../components/icon.tsx';
import { Time, type When } from '../components/when.tsx';
import { PortalLayout } from '../layouts/portal-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ShownSession {
  id: string;
  /** Such as `Chrome on Windows`. */
  browser: string;
  ip: string;
  signedIn: When;
  expires: When;
  /** The names of the factors, such as `password` and `authenticator app`. */
  factors: readonly string[];
  /** Whether it is the session of this browser. */
  isThis: boolean;
}

export interface SessionsPageProps {
  page: PageContext;
  homeHref: string;
  account: AccountMenuProps;
  csrf: string;
  /** The newest first. */
  sessions: readonly ShownSession[];
  olderHref?: string | undefined;
}

/** The user's sessions. */
export function SessionsPage({ page, homeHref, account, csrf, sessions, olderHref }: SessionsPageProps) {
  const base = `${homeHref}/sessions`;
  const hasOthers = olderHref !== undefined || sessions.some(({ isThis }) => !isThis);
  return (
    <PortalLayout page={page} title="Sessions" homeHref={homeHref} account={account}>
      <div class="v-narrow">
        <div class="v-heading">
          <h1>Sessions</h1>
          {hasOthers && (
            <form method="post" action={`${base}/end-others`}>
              <input type="hidden" name="csrf" value={csrf} />
              <button type="submit" class="btn v-button-quiet">
                <Icon name="logout" />
                End all others
              </button>
            </form>
          )}
        </div>
        <p class="v-soft">
          The browsers that are signed in to this portal. Ending a session signs its browser out of the portal
          at once; applications that were opened there stay open.
        </p>
        <ul class="v-list">
          {sessions.map((session) => (
            <SessionItem
              key={session.id}
              session={session}
              action={`${base}/${session.id}/end`}
              csrf={csrf}
            />
          ))}
        </ul>
        {olderHref !== undefined && (
          <p class="v-aside">
            <a href={olderHref}>Older sessions</a>
          </p>
        )}
      </div>
    </PortalLayout>
  );
}

function SessionItem({ session, action, csrf }: { session: ShownSession; action: string; csrf: string }) {
  const { browser, ip, signedIn, expires, factors, isThis } = session;
  return (
    <li class="v-list-item">
      <Icon name="device-desktop" class="v-list-icon" />
      <div class="v-list-text">
        <h2>
          {browser} {isThis && <span class="v-tag">This browser</span>}
        </h2>
        <p class="v-soft">
          from {ip} · signed in <Time at={signedIn} /> with {factors.join(' and ')} · until{' '}
          <Time at={expires} />
        </p>
      </div>
      {isThis ? (
        <p class="v-list-actions v-hint">To end it, sign out.</p>
      ) : (
        <form class="v-list-actions" method="post" action={action}>
          <input type="hidden" name="csrf" value={csrf} />
          <button type="submit" class="btn btn-sm v-button-quiet">
            End
            <span class="visually-hidden">
              {' '}
              the session of {browser} from {ip}, signed in {signedIn.text}
            </span>
          </button>
        </form>
      )}
    </li>
  );
}

import { PostButton } from '../../components/console/post-button.tsx';
import { State } from '../../components/state.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time, type When } from '../../components/when.tsx';
import { UserDetail, type UserDetailProps } from './user-detail.tsx';

export interface UserSession {
  readonly id: string;
  /** Such as `Chrome on Windows`. */
  readonly browser: string;
  readonly ip: string;
  readonly signedIn: When;
  readonly expires: When;
  /** The names of the factors, such as `password`. */
  readonly factors: readonly string[];
}

export interface UserTrust {
  readonly id: string;
  readonly browser: string;
  readonly ip: string;
  readonly since: When;
}

export interface UserSessionsPageProps extends Omit<UserDetailProps, 'children'> {
  /** The newest first. */
  sessions: readonly UserSession[];
  olderHref?: string | undefined;
  trusted: readonly UserTrust[];
}

/** The browsers in which a user is signed in, and those that the user trusts. */
export function UserSessionsPage(props: UserSessionsPageProps) {
  return (
    <UserDetail {...props}>
      <Sessions {...props} />
      <TrustedDevices {...props} />
    </UserDetail>
  );
}

function Sessions({ frame, currentHref, sessions, olderHref }: UserSessionsPageProps) {
  const { mayChange, person } = frame;
  return (
    <section aria-labelledby="sessions">
      <div class="v-heading">
        <h2 id="sessions">Portal sessions</h2>
        {mayChange && sessions.length > 0 && (
          <PostButton csrf={person.csrf} action={`${currentHref}/end`} label="End all sessions" />
        )}
      </div>
      {sessions.length === 0 ? (
        <State level={2} icon="device-desktop" title="No sessions">
          <p>The user isn’t signed in to the user portal anywhere.</p>
        </State>
      ) : (
        <ul class="v-list">
          {sessions.map((session) => (
            <Session key={session.id} {...{ frame, currentHref, session }} />
          ))}
        </ul>
      )}
      {olderHref !== undefined && (
        <p class="v-aside">
          <a href={olderHref}>Older sessions</a>
        </p>
      )}
    </section>
  );
}

interface SessionProps extends Pick<UserSessionsPageProps, 'frame' | 'currentHref'> {
  session: UserSession;
}

function Session({ frame, currentHref, session }: SessionProps) {
  const { id, browser, ip, signedIn, expires, factors } = session;
  return (
    <li class="v-list-item">
      <Icon name="device-desktop" class="v-list-icon" />
      <div class="v-list-text">
        <h3>{browser}</h3>
        <p class="v-soft">
          from {ip} · signed in <Time at={signedIn} /> with {factors.join(' and ')} · until{' '}
          <Time at={expires} />
        </p>
      </div>
      {frame.mayChange && (
        <PostButton
          csrf={frame.person.csrf}
          action={`${currentHref}/${id}/end`}
          label="End"
          of={`the session of ${browser} from ${ip}, signed in ${signedIn.text}`}
          isInList
        />
      )}
    </li>
  );
}

function TrustedDevices({ frame, currentHref, user, trusted }: UserSessionsPageProps) {
  const { csrf } = frame.person;
  const mayForget = frame.mayChange && user.enabled;
  const here = currentHref.replace(/sessions$/, 'trusted-devices');
  return (
    <section aria-labelledby="trusted">
      <div class="v-heading">
        <h2 id="trusted">Trusted devices</h2>
        {mayForget && trusted.length > 0 && (
          <PostButton csrf={csrf} action={`${here}/forget`} label="Forget all" />
        )}
      </div>
      {trusted.length === 0 ? (
        <State level={2} icon="devices" title="No trusted devices">
          <p>A user can trust a browser when a sign-in asks for an MFA device.</p>
        </State>
      ) : (
        <ul class="v-list">
          {trusted.map(({ id, browser, ip, since }) => (
            <li key={id} class="v-list-item">
              <Icon name="device-desktop" class="v-list-icon" />
              <div class="v-list-text">
                <h3>{browser}</h3>
                <p class="v-soft">
                  at {ip} · since <Time at={since} />
                </p>
              </div>
              {mayForget && (
                <PostButton
                  {...{ csrf, label: 'Forget', of: `${browser} at ${ip}`, isInList: true }}
                  action={`${here}/${id}/forget`}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

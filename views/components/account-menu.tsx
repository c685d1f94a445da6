import { SignOutForm } from './sign-out-form.tsx';
import type { IconName } from '../icons.ts';
import { ApplicationIcon } from './application-icon.tsx';
import { Icon } from './icon.tsx';
import { Named } from './named.tsx';

export interface AccountMenuProps {
  user: { displayName: string; userName: string; email?: string | null | undefined };
  /** The action of the sign-out form; `csrf` is its token. */
  signOutAction: string;
  csrf: string;
  /** The instance's console, for users who have access to it. */
  consoleHref?: string | undefined;
}

const PAGES: readonly { path: string; label: string; icon: IconName }[] = [
  { path: 'mfa-devices', label: 'MFA devices', icon: 'shield-check' },
  { path: 'trusted-devices', label: 'Trusted devices', icon: 'devices' },
  { path: 'sessions', label: 'Sessions', icon: 'door-enter' },
];

/**
 * The menu with the signed-in user, links to the user's pages, and the sign-out button. It is a `details` element,
 * which opens without scripts. `homeHref` is the portal's path.
 */
export function AccountMenu({
  user,
  signOutAction,
  csrf,
  consoleHref,
  homeHref,
}: AccountMenuProps & { homeHref: string }) {
  return (
    <details class="v-account" data-menu>
      <summary>
        <ApplicationIcon name={user.displayName} />
        <span class="v-account-name">
          <Named text={user.displayName} />
        </span>
        <span class="visually-hidden"> account menu</span>
        <Icon name="chevron-down" />
      </summary>
      <div class="v-account-panel">
        <p class="v-account-who">
          <strong>
            <Named text={user.displayName} />
          </strong>
          <span>
            <Named text={user.userName} />
          </span>
          {user.email && user.email !== user.userName && (
            <span>
              <Named text={user.email} />
            </span>
          )}
        </p>
        <ul class="v-account-pages">
          {consoleHref !== undefined && (
            <li>
              <a href={consoleHref}>
                <Icon name="arrow-right" />
                Console
              </a>
            </li>
          )}
          {PAGES.map(({ path, label, icon }) => (
            <li key={path}>
              <a href={`${homeHref}/${path}`}>
                <Icon name={icon} />
                {label}
              </a>
            </li>
          ))}
        </ul>
        <SignOutForm action={signOutAction} csrf={csrf} />
      </div>
    </details>
  );
}

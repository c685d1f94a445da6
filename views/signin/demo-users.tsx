import { Icon } from '../components/icon.tsx';
import { Named } from '../components/named.tsx';

export interface DemoUsersProps {
  users: readonly {
    userName: string;
    displayName: string;
    /** Shows the form again, with the user name filled in. */
    href: string;
  }[];
}

/**
 * The users of a demonstration. Each link fills the user name into the field, and does no more: `fill.ts` on the spot,
 * and without scripts by showing the page again.
 */
export function DemoUsers({ users }: DemoUsersProps) {
  if (users.length === 0) return null;
  return (
    <section class="v-demo-users" aria-labelledby="demo-users">
      <h2 id="demo-users">Users of this demonstration</h2>
      <p class="v-soft">Choose one to fill in the username. Everyone who opens this page sees them.</p>
      <ul>
        {users.map(({ userName, displayName, href }) => (
          <li key={userName}>
            <a href={href} data-fill="username" data-value={userName}>
              <Icon name="user" />
              <span>
                <span class="v-demo-user">
                  <Named text={displayName} />
                </span>
                <span class="v-soft">
                  <Named text={userName} />
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

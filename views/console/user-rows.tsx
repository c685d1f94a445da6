import type { ListRow } from '../components/console/list.ts';
import { Named } from '../components/named.tsx';
import { EnabledStatus } from './enabled-status.tsx';

/** A user in a list of users. */
export interface ListedUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly email: string;
  readonly enabled: boolean;
}

/** What the search of such a list looks into. */
export const USERS_SEARCHED = 'Username, display name or email address';

/** The columns of `userRow`. */
export const USER_COLUMNS = [
  { label: 'Username' },
  { label: 'Display name' },
  { label: 'Email address' },
  { label: 'Status' },
] as const;

/** A row that leads to the user; `homeHref` is the path of the console. */
export function userRow(
  { homeHref }: { homeHref: string },
  { id, userName, displayName, email, enabled }: ListedUser,
): ListRow {
  return {
    ...{ id, name: userName, href: `${homeHref}/users/${id}` },
    cells: [
      <Named key="name" text={displayName} />,
      <Named key="email" text={email} />,
      <EnabledStatus key="status" enabled={enabled} />,
    ],
  };
}

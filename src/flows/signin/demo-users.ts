import type { DemoUsersProps } from '../../../views/signin/demo-users.tsx';
import { listEnabledUsers } from '../../domain/directory/user-list-store.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Queries } from '../../foundation/storage/database.ts';

/** As many as fit below the form. */
const MAX_LISTED = 12;

/**
 * The users that the sign-in page lists, and the user name of the one that was chosen. Undefined, without a query, unless
 * the settings say so: a stranger must not learn who the users are. A name that isn't in the list is ignored, so that a
 * link can't write something of its own into the form.
 */
export async function findDemoUsers(
  queries: Queries,
  { id, settings }: Instance,
  { path, chosen }: { path: string; chosen: string | undefined },
): Promise<{ demoUsers: DemoUsersProps; username: string | undefined } | undefined> {
  if (!settings.signIn.demoUsers) return undefined;
  const users = await listEnabledUsers(queries, id, MAX_LISTED);
  const username = users.find(({ userName }) => userName === chosen)?.userName;
  const listed = users.map(({ userName, displayName }) => ({
    ...{ userName, displayName },
    href: `${path}?username=${encodeURIComponent(userName)}`,
  }));
  return { demoUsers: { users: listed }, username };
}

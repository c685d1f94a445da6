import type { Administrator } from '../audit/actor.ts';
import type { Instance } from '../organizations/organization.ts';
import type { Session } from '../sessions/session.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { consoleAccessOf } from './store.ts';

/**
 * An administrator with the access of this moment, for work that outlives the request that began it; undefined when the
 * user has no access to the console now. Ask between the parts of such work.
 */
export async function renewAdministrator(
  queries: Queries,
  instance: Instance,
  administrator: Administrator,
): Promise<Administrator | undefined> {
  const access = await consoleAccessOf(queries, instance.id, administrator.userId);
  return access && { ...administrator, access };
}

/**
 * The actor for whom a signed-in user administers an instance; undefined when the user has no access to its console.
 * Ask at every request: a session outlives the grant, and for up to an hour the user.
 */
export async function findAdministrator(
  queries: Queries,
  instance: Instance,
  { userId, snapshot, factors, authenticatedAt }: Session,
): Promise<Administrator | undefined> {
  const access = await consoleAccessOf(queries, instance.id, userId);
  if (access === undefined) return undefined;
  const { directoryId, organization } = instance;
  return {
    type: 'administrator',
    ...{ userId, userName: snapshot.userName, directoryId, access },
    ...{ organizationId: organization.id, accountId: organization.managementAccountId },
    signedInAt: authenticatedAt,
    // The first factor is a password, or an external identity provider's word.
    withMfa: factors.some(({ type }) => type !== 'PASSWORD' && type !== 'EXTERNAL_IDP'),
  };
}

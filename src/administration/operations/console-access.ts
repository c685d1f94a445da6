import { deleteConsoleAccess, putConsoleAccess } from '../../domain/access/commands.ts';
import { highestAccess, type ConsoleAccess, type Grantee } from '../../domain/access/console-access.ts';
import { grantsOfUser } from '../../domain/access/grant-list-store.ts';
import { findGroupByName } from '../../domain/directory/group-store.ts';
import { findUserByName } from '../../domain/directory/user-store.ts';
import { invalid } from '../../foundation/platform/errors.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import type { OpenedInstance } from './open-organization.ts';

/** Grants access, changes it, or takes it away (null). Throws ResourceNotFoundException as the commands do. */
export async function setConsoleAccess(
  { instance, run }: OpenedInstance,
  grantee: Grantee,
  access: ConsoleAccess | null,
): Promise<void> {
  await run((work) =>
    access === null
      ? deleteConsoleAccess(work, instance, grantee)
      : putConsoleAccess(work, instance, grantee, access),
  );
}

/**
 * Whether the administrator who asks would then no longer have full access, and so couldn't undo it. Never of operators,
 * who need no grant.
 */
export async function wouldLoseOwnAccess(
  queries: Queries,
  { instance, context: { actor } }: OpenedInstance,
  { type, id }: Grantee,
  access: ConsoleAccess | null,
): Promise<boolean> {
  if (actor.type !== 'administrator' || access === 'full') return false;
  const granted = await grantsOfUser(queries, instance.id, actor.userId);
  const others = granted.filter(({ grantee }) => !(grantee.type === type && grantee.id === id));
  // It isn't one of this administrator's own grants.
  if (others.length === granted.length) return false;
  return highestAccess(others.map((each) => each.access)) !== 'full';
}

/** The user with this user name, or the group with this name. Throws a ValidationException for the field `name`. */
export async function findGrantee(
  queries: Queries,
  { instance }: OpenedInstance,
  type: Grantee['type'],
  name: string,
): Promise<Grantee> {
  if (type === 'USER') {
    const user = await findUserByName(queries, instance.id, name);
    if (!user) throw invalid('/name', 'There is no user with this user name.');
    return { type, id: user.id };
  }
  const group = await findGroupByName(queries, instance.id, name);
  if (!group) throw invalid('/name', 'There is no group with this name.');
  return { type, id: group.id };
}

import type { Work } from '../audit/commands.ts';
import { HIDDEN } from '../audit/event.ts';
import { assertEditable } from '../directory/user.ts';
import { requireUser } from '../directory/user-commands.ts';
import type { Instance } from '../organizations/organization.ts';
import type { Ids, InstanceId, UserId } from '../platform/ids.ts';
import type { Queries } from '../storage/database.ts';
import { verifyPassword } from './password.ts';
import { findPassword } from './password-store.ts';

/** How many passwords can't be used again, the present one among them (guide, "Password requirements"). */
const REMEMBERED = 3;

/** Whether a user has this password now or had it lately: the last three can't be used again. */
export async function isReused(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  password: string,
): Promise<boolean> {
  const present = await findPassword(queries, instanceId, userId);
  const earlier = await queries
    .selectFrom('password_history')
    .select('hash')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .orderBy('replaced_at', 'desc')
    .limit(REMEMBERED - 1)
    .execute();
  for (const { hash } of present ? [present, ...earlier] : earlier) {
    if (await verifyPassword(password, hash, 0)) return true;
  }
  return false;
}

/**
 * Gives a person the password that they chose, which was checked (`checkPassword`, `isReused`) and hashed before; nobody
 * has to change it then. Throws when the user doesn't exist or is disabled.
 */
export async function changeOwnPassword(
  _needs: { ids: Ids },
  work: Work,
  instance: Instance,
  userId: UserId,
  _password: string,
  hash: string,
): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, password: HIDDEN };
  await work.perform('UpdatePassword', { owner: userId, requestParameters }, async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    const present = await findPassword(tx, instance.id, userId);
    const { at } = work.context;
    if (present) {
      await tx
        .insertInto('password_history')
        .values({ user_id: userId, instance_id: instance.id, hash: present.hash, replaced_at: at })
        .execute();
    }
    const written = { hash, declared_mac: null, changed_at: at, must_change: 0 as const };
    await tx
      .insertInto('passwords')
      .values({ user_id: userId, instance_id: instance.id, ...written })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(written))
      .execute();
  });
}

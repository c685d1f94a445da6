import type { Work } from '../../domain/audit/commands.ts';
import { deleteUser, setUserEnabled } from '../../domain/directory/user-commands.ts';
import { findUsers } from '../../domain/directory/user-store.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import type { OpenedInstance } from './open-organization.ts';

/** What can be done to several users at once. */
export const USER_ACTS = ['disable', 'enable', 'delete'] as const;

export type UserAct = (typeof USER_ACTS)[number];

/**
 * Does the same to several users, in one transaction; a program calls the operation of each. Leaves out users who don't
 * exist, or are disabled or enabled already. Returns to how many it was done.
 */
export async function actOnUsers(
  work: Work,
  { instance }: OpenedInstance,
  act: UserAct,
  userIds: readonly UserId[],
): Promise<number> {
  const users = [...(await findUsers(work.tx, instance.id, userIds)).values()];
  const wanted = act === 'delete' ? users : users.filter(({ enabled }) => enabled === (act === 'disable'));
  for (const { id } of wanted) {
    if (act === 'delete') await deleteUser(work, instance, id);
    else await setUserEnabled(work, instance, id, act === 'enable');
  }
  return wanted.length;
}

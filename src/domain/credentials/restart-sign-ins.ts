import type { InstanceId, SignInId, UserId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';

/**
 * Lets a user's sign-ins under way begin again, but for the one that brought this about: what they verified was a password
 * that isn't the user's any more. Without this, whoever found a one-time password and waits with it would choose the password
 * that follows the next one, too. A try with the old password that is being judged now finds another version, and counts
 * nothing. It stands here because the rule belongs to what happens to the password, wherever that is decided.
 */
export async function restartSignIns(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  except?: SignInId,
): Promise<void> {
  let others = tx
    .updateTable('sign_ins')
    // Without a name it is at its first step, which forgets whatever else it holds.
    .set((row) => ({
      user_id: null,
      user_name: null,
      verified: '[]',
      version: row('version', '+', 1),
    }))
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('completed_at', 'is', null);
  if (except !== undefined) others = others.where('id', '!=', except);
  await others.execute();
}

import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';

/**
 * Removes all trusted devices of a user: when the user is disabled, the password is reset, or the last MFA
 * device is deleted. The function lies in this folder because the rule belongs to the user, whichever command
 * applies it.
 */
export async function forgetTrust(tx: Tx, instanceId: InstanceId, userId: UserId): Promise<void> {
  await tx
    .deleteFrom('trusted_devices')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .execute();
}

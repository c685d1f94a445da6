import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';

/**
 * Takes all trust of a user in browsers back: when the user is disabled, the password is reset, or the last MFA device goes.
 * It stands here because the rule belongs to what happens to the user, wherever that is decided.
 */
export async function forgetTrust(tx: Tx, instanceId: InstanceId, userId: UserId): Promise<void> {
  await tx
    .deleteFrom('trusted_devices')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .execute();
}

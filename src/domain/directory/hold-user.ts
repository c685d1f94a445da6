import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';

/**
 * Locks a user's row until the transaction ends, so that what it counts for the user next can't change. On
 * PostgreSQL two transactions could otherwise count the same devices, and both add the last one allowed, or
 * both delete one of the last two.
 */
export async function holdUser(tx: Tx, instanceId: InstanceId, userId: UserId): Promise<void> {
  await tx
    .updateTable('users')
    .set((row) => ({ version: row.ref('version') }))
    .where('instance_id', '=', instanceId)
    .where('id', '=', userId)
    .execute();
}

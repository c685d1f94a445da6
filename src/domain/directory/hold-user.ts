import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';

/**
 * Keeps a user's row to this transaction until it ends, so that what is counted of the user next stays so: on PostgreSQL
 * two transactions could both count the same devices, and each add, or delete, the last one.
 */
export async function holdUser(tx: Tx, instanceId: InstanceId, userId: UserId): Promise<void> {
  await tx
    .updateTable('users')
    .set((row) => ({ version: row.ref('version') }))
    .where('instance_id', '=', instanceId)
    .where('id', '=', userId)
    .execute();
}

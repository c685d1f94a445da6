import type { Instant } from '../../../../foundation/platform/clock.ts';
import type { InstanceId, MfaDeviceId } from '../../../../foundation/platform/ids.ts';
import type { Tx } from '../../../../foundation/storage/database.ts';

/**
 * Stores the counter of a used security key. Returns false when the device is gone or another request changed
 * the counter first.
 */
export async function useWebAuthn(
  tx: Tx,
  instanceId: InstanceId,
  id: MfaDeviceId,
  counter: { readonly before: number; readonly after: number },
  usedAt: Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mfa_devices')
    .set({ counter: counter.after, last_used_at: usedAt })
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .where('counter', '=', counter.before)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

import type { Times } from '../../../organizations/organization.ts';
import type { InstanceId, MfaDeviceId } from '../../../../foundation/platform/ids.ts';
import type { Tx } from '../../../../foundation/storage/database.ts';
import { horizonOf, type TotpMatch } from './totp.ts';

/**
 * Marks a code as used. Returns false when another request used it or a later one first. The condition is in
 * the statement, because two requests with one code may both have read the device before either writes.
 */
export async function useTotp(
  tx: Tx,
  instanceId: InstanceId,
  id: MfaDeviceId,
  { lastStep, driftSteps }: Pick<TotpMatch, 'lastStep' | 'driftSteps'>,
  { policyAt, wireAt }: Times,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mfa_devices')
    .set({ counter: lastStep, drift_steps: driftSteps, in_sync: 1, last_used_at: policyAt })
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .where((row) =>
      row.or([
        row('counter', 'is', null),
        row('counter', '<', lastStep),
        row('counter', '>', horizonOf(wireAt)),
      ]),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

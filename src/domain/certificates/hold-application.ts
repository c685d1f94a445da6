import { notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';

/**
 * Keeps an application's row to this transaction until it ends, so that what is looked at of its certificates stays so: on
 * PostgreSQL two transactions could each make another one active, or delete the one that the other makes active. Throws a
 * ResourceNotFoundException when there is no such application.
 */
export async function holdApplication(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('applications')
    .set((row) => ({ version: row.ref('version') }))
    .where('instance_id', '=', instanceId)
    .where('id', '=', applicationId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('The application');
}

import { notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';

/**
 * Locks an application's row until the transaction ends, so that its certificates can't change meanwhile. On
 * PostgreSQL two transactions could otherwise activate two certificates, or one could delete the certificate
 * that the other activates. Throws ResourceNotFoundException when there is no such application.
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

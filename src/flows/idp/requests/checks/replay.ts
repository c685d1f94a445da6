import type { Instant } from '../../../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId } from '../../../../foundation/platform/ids.ts';
import { StatusCode } from '../../../../protocols/saml/types.ts';
import type { Tx } from '../../../../foundation/storage/database.ts';
import { refuseToServiceProvider, type Refusal } from '../refusal.ts';

/**
 * Takes a request's ID, once: a captured request can't be sent again (saml-profiles-2.0 §4.1.4.5). The row stands in
 * the transaction that saves the request, so that of two copies at the same moment one is refused.
 */
export async function takeRequestId(
  tx: Tx,
  seen: { instanceId: InstanceId; applicationId: ApplicationId; requestId: string; at: Instant },
): Promise<Refusal | undefined> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('seen_requests')
    .values({
      instance_id: seen.instanceId,
      application_id: seen.applicationId,
      request_id: seen.requestId,
      seen_at: seen.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return undefined;
  return refuseToServiceProvider(
    'replay',
    'A request with this ID was received before.',
    StatusCode.requester,
    StatusCode.requestDenied,
  );
}

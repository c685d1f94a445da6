import type { Instant } from '../../../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId } from '../../../../foundation/platform/ids.ts';
import { StatusCode } from '../../../../protocols/saml/types.ts';
import type { RequestId } from '../../../../protocols/saml/authn-request.ts';
import type { Tx } from '../../../../foundation/storage/database.ts';
import { insertRequestId } from '../seen-request-store.ts';
import { refuseToServiceProvider, type Refusal } from '../refusal.ts';

/**
 * Records a request's ID, so that a captured request can't be sent again (saml-profiles-2.0 §4.1.4.5). It is
 * inserted in the transaction that saves the request, so that of two simultaneous copies one is refused.
 */
export async function takeRequestId(
  tx: Tx,
  seen: { instanceId: InstanceId; applicationId: ApplicationId; requestId: RequestId; at: Instant },
): Promise<Refusal | undefined> {
  if (await insertRequestId(tx, seen)) return undefined;
  return refuseToServiceProvider(
    'replay',
    'A request with this ID was received before.',
    StatusCode.requester,
    StatusCode.requestDenied,
  );
}

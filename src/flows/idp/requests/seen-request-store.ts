import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId } from '../../../foundation/platform/ids.ts';
import type { RequestId } from '../../../protocols/saml/authn-request.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import { deleteFound } from '../../../foundation/storage/trim.ts';

/** Inserts the ID of a received request. Returns false when the application has sent it before. */
export async function insertRequestId(
  tx: Tx,
  seen: { instanceId: InstanceId; applicationId: ApplicationId; requestId: RequestId; at: Instant },
): Promise<boolean> {
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
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Deletes request IDs of an application that are too old to pass the check of IssueInstant again (`before`: wire
 * time), at most `batch` of them. Returns how many it deleted.
 */
export function trimRequestIds(
  tx: Tx,
  applicationId: ApplicationId,
  before: Instant,
  batch: number,
): Promise<number> {
  return deleteRequestIds(tx, requestIds(tx, applicationId).where('seen_at', '<', before).limit(batch));
}

/** Deletes the oldest request IDs of an application beyond `keep`, at most `batch` of them. Returns how many it deleted. */
export function trimSurplusRequestIds(
  tx: Tx,
  applicationId: ApplicationId,
  keep: number,
  batch: number,
): Promise<number> {
  const surplus = requestIds(tx, applicationId).orderBy('seen_at', 'desc').offset(keep).limit(batch);
  return deleteRequestIds(tx, surplus);
}

function requestIds(tx: Tx, applicationId: ApplicationId) {
  return tx
    .selectFrom('seen_requests')
    .select(['application_id', 'request_id'])
    .where('application_id', '=', applicationId);
}

function deleteRequestIds(tx: Tx, which: ReturnType<typeof requestIds>): Promise<number> {
  return deleteFound(tx, 'seen_requests', ['application_id', 'request_id'], which);
}

import type { Instant } from '../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { deleteFound } from '../../foundation/storage/trim.ts';

/*
 * Each deletes up to `batch` rows and returns how many, so that no request waits behind a long deletion: a full batch
 * means that there may be more.
 */

/** Requests that nobody came back for in time. */
export function trimPendingRequests(
  tx: Tx,
  instanceId: InstanceId,
  at: Instant,
  batch: number,
): Promise<number> {
  const old = tx
    .selectFrom('authn_requests')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('expires_at', '<=', at)
    .limit(batch);
  return deleteFound(tx, 'authn_requests', ['id'], old);
}

/** The oldest requests of an application beyond those that may wait: anybody can send them, each up to 256 KiB. */
export function trimSurplusRequests(
  tx: Tx,
  of: { instanceId: InstanceId; applicationId: ApplicationId; keep: number },
  batch: number,
): Promise<number> {
  const surplus = tx
    .selectFrom('authn_requests')
    .select('id')
    .where('instance_id', '=', of.instanceId)
    .where('application_id', '=', of.applicationId)
    .orderBy('expires_at', 'desc')
    .orderBy('id', 'desc')
    .offset(of.keep)
    .limit(batch);
  return deleteFound(tx, 'authn_requests', ['id'], surplus);
}

/** Request IDs of an application that are too old to pass the check of IssueInstant again (`before`: wire time). */
export function trimRequestIds(
  tx: Tx,
  applicationId: ApplicationId,
  before: Instant,
  batch: number,
): Promise<number> {
  return deleteRequestIds(tx, requestIds(tx, applicationId).where('seen_at', '<', before).limit(batch));
}

/** The oldest request IDs of an application beyond those that are kept. */
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

/** The oldest exchanges of an application beyond those that are kept. */
export function trimExchanges(
  tx: Tx,
  applicationId: ApplicationId,
  keep: number,
  batch: number,
): Promise<number> {
  const surplus = tx
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .offset(keep)
    .limit(batch);
  return deleteFound(tx, 'exchanges', ['id'], surplus);
}

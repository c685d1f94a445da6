import type { Instant } from '../platform/clock.ts';
import type { ApplicationId, InstanceId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';

/** How much is kept of what only grows (DESIGN, "Storage"). */
const EXCHANGES_PER_APPLICATION = 1000;
const REQUESTS_PER_APPLICATION = 10_000;

/*
 * Each deletes up to `batch` rows and returns how many, so that no request waits behind a long deletion: a full batch
 * means that there may be more.
 */

/** Requests that nobody came back for in time. */
export async function trimPendingRequests(
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
  const { numDeletedRows } = await tx.deleteFrom('authn_requests').where('id', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}

/** The oldest requests of an application beyond those that may wait: anybody can send them, each up to 256 KiB. */
export async function trimSurplusRequests(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  batch: number,
): Promise<number> {
  const surplus = tx
    .selectFrom('authn_requests')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .orderBy('expires_at', 'desc')
    .orderBy('id', 'desc')
    .offset(REQUESTS_PER_APPLICATION)
    .limit(batch);
  const { numDeletedRows } = await tx
    .deleteFrom('authn_requests')
    .where('id', 'in', surplus)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Request IDs of an application that are too old to pass the check of IssueInstant again (`before`: wire time). */
export function trimRequestIds(
  tx: Tx,
  applicationId: ApplicationId,
  before: Instant,
  batch: number,
): Promise<number> {
  const old = requestIds(tx, applicationId).where('seen_at', '<', before).limit(batch);
  return deleteRequestIds(tx, applicationId, old);
}

/** The oldest request IDs of an application beyond those that are kept. */
export function trimSurplusRequestIds(tx: Tx, applicationId: ApplicationId, batch: number): Promise<number> {
  const surplus = requestIds(tx, applicationId)
    .orderBy('seen_at', 'desc')
    .offset(REQUESTS_PER_APPLICATION)
    .limit(batch);
  return deleteRequestIds(tx, applicationId, surplus);
}

function requestIds(tx: Tx, applicationId: ApplicationId) {
  return tx.selectFrom('seen_requests').select('request_id').where('application_id', '=', applicationId);
}

async function deleteRequestIds(
  tx: Tx,
  applicationId: ApplicationId,
  which: ReturnType<typeof requestIds>,
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('seen_requests')
    .where('application_id', '=', applicationId)
    .where('request_id', 'in', which)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** The oldest exchanges of an application beyond those that are kept. */
export async function trimExchanges(tx: Tx, applicationId: ApplicationId, batch: number): Promise<number> {
  const surplus = tx
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(EXCHANGES_PER_APPLICATION)
    .limit(batch);
  const { numDeletedRows } = await tx.deleteFrom('exchanges').where('id', 'in', surplus).executeTakeFirst();
  return Number(numDeletedRows);
}

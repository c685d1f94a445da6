import type { Instant } from '../platform/clock.ts';
import type { ApplicationId, InstanceId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';

/** How much is kept of what only grows (DESIGN, "Storage"). */
const EXCHANGES_PER_APPLICATION = 1000;
const REQUEST_IDS_PER_APPLICATION = 10_000;

/** Deletes up to `batch` requests that nobody came back for. */
export async function trimPendingRequests(
  tx: Tx,
  instanceId: InstanceId,
  at: Instant,
  batch: number,
): Promise<void> {
  const old = tx
    .selectFrom('authn_requests')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('expires_at', '<=', at)
    .limit(batch);
  await tx.deleteFrom('authn_requests').where('id', 'in', old).execute();
}

/** Deletes up to `batch` request IDs of an application that are too old to pass the check of IssueInstant, or too many. */
export async function trimRequestIds(
  tx: Tx,
  applicationId: ApplicationId,
  before: Instant,
  batch: number,
): Promise<void> {
  const ids = tx.selectFrom('seen_requests').select('request_id').where('application_id', '=', applicationId);
  const old = ids.where('seen_at', '<', before).limit(batch);
  const surplus = ids.orderBy('seen_at', 'desc').offset(REQUEST_IDS_PER_APPLICATION).limit(batch);
  for (const which of [old, surplus]) {
    await tx
      .deleteFrom('seen_requests')
      .where('application_id', '=', applicationId)
      .where('request_id', 'in', which)
      .execute();
  }
}

/** Deletes up to `batch` of the oldest exchanges of an application beyond those that are kept; returns how many. */
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

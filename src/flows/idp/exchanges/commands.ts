import type { Work } from '../../../domain/audit/commands.ts';
import type { ApplicationId, InstanceId } from '../../../foundation/platform/ids.ts';
import { deleteByIds, deleteExchangesOf, lockOldest, type Exchange } from './store.ts';

/**
 * Hands out the oldest conversations of an application, up to `limit`, the oldest first, and forgets them: each is given to
 * one caller only, whoever else takes at the same time. Where there is none nothing changes, and nothing is recorded.
 */
export async function takeExchanges(
  work: Work,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  limit: number,
): Promise<Exchange[]> {
  const ids = await lockOldest(work.tx, instanceId, applicationId, limit);
  if (ids.length === 0) return [];
  const details = { requestParameters: { instanceId: applicationId } };
  const taken = await work.perform('DeleteApplicationInstanceExchanges', details, (tx) =>
    deleteByIds(tx, instanceId, ids),
  );
  // In which order rows are returned is nobody's promise.
  const order = new Map(ids.map((id, index) => [id, index]));
  return taken.sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
}

/** Forgets all conversations with an application. Returns how many there were. */
export function deleteExchanges(
  work: Work,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<number> {
  const details = { requestParameters: { instanceId: applicationId } };
  return work.perform('DeleteApplicationInstanceExchanges', details, (tx) =>
    deleteExchangesOf(tx, instanceId, applicationId),
  );
}

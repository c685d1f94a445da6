import type { Work } from '../../../domain/audit/commands.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { ApplicationId, InstanceId } from '../../../foundation/platform/ids.ts';
import type { ConversationKey } from './conversation-key.ts';
import { deleteRefused } from './refused-store.ts';
import { deleteByKeys, deleteExchangeAt, deleteExchangesOf, lockOldest, type Exchange } from './store.ts';

/**
 * Returns the oldest exchanges of an application, at most `limit` and a mebibyte, oldest first, and deletes them. Each
 * is given to one caller only, even when several take at the same time. If there are none, no event is
 * recorded.
 */
export async function takeExchanges(
  work: Work,
  sealer: Sealer,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  limit: number,
): Promise<Exchange[]> {
  const keys = await lockOldest(work.tx, instanceId, applicationId, limit);
  if (keys.length === 0) return [];
  const details = { requestParameters: { instanceId: applicationId } };
  const taken = await work.perform('DeleteApplicationInstanceExchanges', details, (tx) =>
    deleteByKeys(tx, sealer, applicationId, keys),
  );
  // The order of returned rows isn't guaranteed.
  const order = new Map(keys.map(({ id }, index) => [id, index]));
  return taken.sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
}

/** Deletes all exchanges of an application, and its refused requests. Returns how many it deleted. */
export function deleteExchanges(
  work: Work,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<number> {
  const details = { requestParameters: { instanceId: applicationId } };
  return work.perform('DeleteApplicationInstanceExchanges', details, async (tx) => {
    const deleted = await deleteExchangesOf(tx, instanceId, applicationId);
    return deleted + (await deleteRefused(tx, { instanceId, applicationId }));
  });
}

/** Deletes one conversation. Nothing happens when it was deleted meanwhile. */
export function deleteConversation(
  work: Work,
  instanceId: InstanceId,
  key: ConversationKey,
): Promise<boolean> {
  const { applicationId, id, isRefused } = key;
  const details = { requestParameters: { instanceId: applicationId, exchangeId: id } };
  return work.perform('DeleteApplicationInstanceExchanges', details, async (tx) =>
    isRefused
      ? (await deleteRefused(tx, { instanceId, applicationId }, id)) > 0
      : deleteExchangeAt(tx, instanceId, key),
  );
}

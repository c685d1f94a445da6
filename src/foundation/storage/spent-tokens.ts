import type { Instant } from '../platform/clock.ts';
import { hashToken } from '../platform/crypto.ts';
import type { InstanceId } from '../platform/ids.ts';
import type { Tx } from './database.ts';
import { deleteOlder } from './trim.ts';

/**
 * Uses up a token that works once and is stored nowhere else. False when it was used before. The use is remembered
 * until `expiresAt`.
 */
export async function spendToken(
  tx: Tx,
  instanceId: InstanceId,
  token: string,
  expiresAt: Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('spent_tokens')
    .values({ instance_id: instanceId, token_hash: hashToken(token), expires_at: expiresAt })
    .onConflict((conflict) => conflict.columns(['instance_id', 'token_hash']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Deletes up to `batch` tokens that expired before `before`; returns how many. */
export async function trimSpentTokens(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  return deleteOlder(tx, 'spent_tokens', ['instance_id', 'token_hash'], 'expires_at', {
    instanceId,
    before,
    batch,
  });
}

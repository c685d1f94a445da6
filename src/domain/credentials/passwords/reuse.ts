import type { InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { findEarlier } from './history-store.ts';
import { MIN_COST } from './password-hash.ts';
import { verifyPassword } from './password.ts';
import { findPassword } from './store.ts';

/** The message for a password that is one of the user's last three. */
export const REUSED = 'You used this password before. Choose one that is not among your last three.';

/**
 * Whether this is one of a user's last three passwords, the present one included, which can't be used again
 * (guide, "Password requirements"). It computes up to three hashes in the thread pool, so never call it
 * inside a transaction.
 */
export async function isReused(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  password: string,
): Promise<boolean> {
  const present = await findPassword(queries, instanceId, userId);
  const earlier = await findEarlier(queries, instanceId, userId);
  for (const hash of present ? [present.hash, ...earlier] : earlier) {
    // Each hash contains its own cost; this argument is for the decoy, which isn't computed here.
    if (await verifyPassword(password, hash, MIN_COST)) return true;
  }
  return false;
}

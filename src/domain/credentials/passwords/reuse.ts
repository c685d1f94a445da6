import type { InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { findEarlier } from './history-store.ts';
import { verifyPassword } from './password.ts';
import { findPassword } from './store.ts';

/** What somebody is told who chose one of the last three passwords. */
export const REUSED = 'You used this password before. Choose one that is not among your last three.';

/**
 * Whether a user has this password now or had it lately (guide, "Password requirements": the last three can't be used
 * again). It computes up to three hashes in the thread pool: never inside a transaction.
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
    // Every hash says its own cost; the one given is for the decoy, which nothing depends on here.
    if (await verifyPassword(password, hash, LEAST_COST)) return true;
  }
  return false;
}

const LEAST_COST = 4;

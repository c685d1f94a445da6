import type { Ctx } from '../../../foundation/http/context.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { Visit } from '../../visit/visit.ts';
import type { IdpNeeds } from '../application-visit.ts';
import { claimPendingRequest, type PendingRequest } from './pending-request-store.ts';

/*
 * A waiting request belongs to the first browser that must show a page for it. The address of a request isn't secret
 * (history, screen, referrer): whoever opens it elsewhere, such as in a private window or signed in as another user,
 * can neither answer the request nor change what its own browser is asked for.
 */

/** Throws AccessDeniedException when the request belongs to another browser. Writes nothing. */
export function assertNotOfAnotherBrowser(
  { visits }: IdpNeeds,
  ctx: Ctx,
  visit: Visit,
  { claimedBy }: PendingRequest,
): void {
  if (claimedBy !== null && claimedBy !== visits.knownBrowser(ctx, visit)?.id) throw startedElsewhere();
}

/** Makes the request belong to this browser. Throws AccessDeniedException when another browser was first. */
export async function claimForBrowser(
  { db, visits }: IdpNeeds,
  ctx: Ctx,
  visit: Visit,
  pending: PendingRequest,
): Promise<void> {
  const { id } = visits.browser(ctx, visit);
  // Another tab of this browser was first.
  if (pending.claimedBy === id) return;
  if (!(await db.transaction((tx) => claimPendingRequest(tx, pending, id)))) throw startedElsewhere();
}

function startedElsewhere(): AppError {
  return new AppError(
    'AccessDeniedException',
    'This sign-on was started in another browser, or this browser refuses cookies. Go back to the application and sign in there again.',
  );
}

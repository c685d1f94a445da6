import type { Ctx } from '../../foundation/http/context.ts';
import { MINUTE_MS } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { newSignInId, type Ids } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import type { Visit, Visits } from '../visit/visit.ts';
import { NO_PROGRESS, type Continuation } from '../../domain/sessions/sign-in.ts';
import { insertSignIn } from '../../domain/sessions/sign-in-store.ts';

/** How long a sign-in may take, from its first step to its last. */
export const SIGN_IN_MS = 15 * MINUTE_MS;

/** Starts a sign-in for the browser and returns its path. */
export type StartSignIn = (ctx: Ctx, visit: Visit, continuation: Continuation) => Promise<string>;

export function createStartSignIn({
  db,
  ids,
  sealer,
  visits,
}: {
  db: Database;
  ids: Ids;
  sealer: Sealer;
  visits: Visits;
}): StartSignIn {
  return async (ctx, visit, continuation) => {
    const { instance, times, reference, origin } = visit;
    const id = newSignInId(ids);
    const signIn = {
      id,
      instanceId: instance.id,
      browserId: visits.browser(ctx, visit).id,
      userName: null,
      userId: null,
      verified: [],
      progress: NO_PROGRESS,
      failures: 0,
      continuation,
      expiresAt: times.policyAt + SIGN_IN_MS,
      completedAt: null,
      version: 0,
    };
    await db.transaction((tx) => insertSignIn(tx, sealer, signIn, origin));
    return signInPath(reference, id);
  };
}

/** The path of a sign-in under way. */
export function signInPath(reference: string, id: string): string {
  return `/${reference}/signin/${id}`;
}

import { z } from 'zod';
import { SignedOutPage } from '../../../views/signin/signed-out.tsx';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { sessionEvent } from '../../domain/sessions/session-events.ts';
import { endSession } from '../../domain/sessions/session-store.ts';
import type { Visit } from '../visit/visit.ts';
import type { SignInNeeds } from './load-sign-in.ts';
import { csrfField } from '../../foundation/http/fields.ts';

const params = z.object({ instance: z.string().max(64) });
const form = z.object({
  csrf: csrfField,
});

/**
 * Signing out (guide, "How to sign out of the user portal"). Only our own form signs out, so that a link on
 * another site can't.
 */
export function signOutRoutes(needs: SignInNeeds): Mount {
  return (router) => {
    router.post(
      '/:instance/signout',
      withCheckedInput({ params, form }, async (ctx, { params: { instance }, form: { csrf } }) => {
        const visit = await needs.visits.open(ctx, instance);
        needs.csrf.check(ctx, needs.visits.knownBrowser(ctx, visit)?.secret, csrf);
        await signOut(needs, ctx, visit);
        seeOther(ctx, `/${visit.reference}/signout`);
      }),
    );

    router.get(
      '/:instance/signout',
      withCheckedInput({ params }, async (ctx, { params: { instance } }) => {
        const visit = await needs.visits.open(ctx, instance);
        const startHref = `/${visit.reference}/start`;
        if (await needs.sessions.current(ctx, visit)) seeOther(ctx, startHref);
        else needs.show(ctx, visit, (page) => <SignedOutPage page={page} startHref={startHref} />);
      }),
    );
  };
}

async function signOut(needs: SignInNeeds, ctx: Ctx, visit: Visit): Promise<void> {
  const resumed = await needs.sessions.current(ctx, visit);
  if (!resumed) return;
  const { session, user } = resumed;
  await needs.db.transaction(async (tx) => {
    // Another tab signed out first and recorded the event.
    if (!(await endSession(tx, visit.instance, session.id))) return;
    const event = sessionEvent('Logout', visit.instance, user, session.id);
    await needs.record(tx, visit.history, event, visit.origin);
  });
  needs.sessions.take(ctx, visit);
}

import { z } from 'zod';
import { SignInPage } from '../../../../views/console/sign-ins/detail.tsx';
import { SignInsPage, type ListedSignIn } from '../../../../views/console/sign-ins/list.tsx';
import {
  eventsOfSignIn,
  requireShownSignIn,
  listSignIns,
  type ShownSignIn,
} from '../../../administration/operations/sign-ins.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { idField } from '../../../foundation/http/fields.ts';
import type { SignInId } from '../../../foundation/platform/ids.ts';
import { shownEvent } from '../events/shown-event.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';

const SIGN_INS_PATH = '/:instance/console/sign-ins';

/**
 * The sign-ins under way. Also those whose access is read-only see them: nobody can go on with a sign-in by what is
 * shown, because its address works in the browser that began it and in no other (flows/signin/load-sign-in.ts).
 */
export function signInRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      SIGN_INS_PATH,
      consolePage(needs, { query: listQuery }, async (ctx, console, { query }) => {
        const search = searchOf(query);
        const page = { limit: ROWS, cursor: query.cursor };
        const { items, cursor } = await listSignIns(needs, console, { userName: search }, page);
        needs.show(ctx, console.visit, (page) => (
          <SignInsPage
            {...{ page, frame: console.frame, query: search ?? '', signIns: items.map(listed) }}
            nextHref={nextHref(`${console.homeHref}/sign-ins`, { q: search ?? '' }, cursor)}
          />
        ));
      }),
    );

    router.get(
      `${SIGN_INS_PATH}/:signIn`,
      consolePage(
        needs,
        { params: z.object({ signIn: idField<SignInId>() }) },
        async (ctx, console, { params }) => {
          const signIn = await requireShownSignIn(needs, console, params.signIn);
          const events = await eventsOfSignIn(needs, console, signIn.id);
          needs.show(ctx, console.visit, (page) => (
            <SignInPage
              {...{ page, frame: console.frame, expires: whenOf(signIn.expiresAt) }}
              signIn={{ ...listed(signIn), failures: signIn.failures }}
              userHref={signIn.user ? `${console.homeHref}/users/${signIn.user.id}` : undefined}
              done={signIn.done.map(({ fact, at }) => ({ fact, at: at === null ? null : whenOf(at) }))}
              ended={signIn.endedAt === null ? null : whenOf(signIn.endedAt)}
              events={events.map(shownEvent)}
            />
          ));
        },
      ),
    );
  };
}

const listed = (signIn: ShownSignIn): ListedSignIn => ({
  ...{ id: signIn.id, state: signIn.state, step: signIn.step, isNameUnknown: signIn.isNameUnknown },
  ...{ browser: signIn.browser, ip: signIn.ip, leadsTo: signIn.leadsTo },
  userName: signIn.user?.userName ?? null,
  ...{ started: whenOf(signIn.startedAt), since: whenOf(signIn.since) },
});

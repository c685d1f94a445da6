import type { Mount } from '../../foundation/http/context.ts';
import type { ConsoleNeeds } from './frame/console-visit.ts';
import { consolePage, goTo } from './frame/handlers.ts';
import { groupRoutes } from './groups/group-routes.tsx';

/** All pages of an instance's console, an area each. */
export function instanceRoutes(needs: ConsoleNeeds): readonly Mount[] {
  return [home(needs), groupRoutes(needs)];
}

const home =
  (needs: ConsoleNeeds): Mount =>
  (router) => {
    router.get(
      '/:instance/console',
      consolePage(needs, {}, (ctx, console) => goTo(ctx, console, '/groups')),
    );
  };

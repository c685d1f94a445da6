import Router from '@koa/router';
import type { Middleware, Mount, RequestState } from './context.ts';

/** Routes whose code is loaded when the first request for one of them comes. */
export interface LateRoutes {
  middleware: Middleware;
  /** Loads them, if nobody has. */
  router(): Promise<Router<RequestState>>;
}

/**
 * Mounts what stands below one path without loading it: a server whose programs don't ask starts sooner and is smaller.
 * `path` has no slash at its end.
 */
export function lateRoutes(path: string, load: () => Promise<readonly Mount[]>): LateRoutes {
  let loaded: Promise<{ router: Router<RequestState>; handle: Middleware }> | undefined;
  const ready = () =>
    (loaded ??= load().then(
      (mounts) => {
        const router = routerOf(mounts);
        // The router's own middleware adds to the context what its type asks for.
        return { router, handle: router.routes() as unknown as Middleware };
      },
      (error: unknown) => {
        // Out of file handles for a moment: the next request tries again.
        loaded = undefined;
        throw error;
      },
    ));
  return {
    router: async () => (await ready()).router,
    async middleware(ctx, next) {
      if (ctx.path !== path && !ctx.path.startsWith(`${path}/`)) {
        await next();
        return;
      }
      const { handle } = await ready();
      await handle(ctx, next);
    },
  };
}

/** A router of these routes. */
export function routerOf(mounts: readonly Mount[]): Router<RequestState> {
  // What stands before the router looks at paths letter by letter: another spelling must not be the same address.
  const router = new Router<RequestState>({ sensitive: true });
  for (const mount of mounts) mount(router);
  return router;
}

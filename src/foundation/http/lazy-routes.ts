import Router from '@koa/router';
import type { Middleware, Mount, RequestState } from './context.ts';

/** Routes whose code is loaded with the first request for one of them. */
export interface LazyRoutes {
  middleware: Middleware;
  /** Loads the routes unless they are loaded. */
  router(): Promise<Router<RequestState>>;
}

/**
 * Mounts the routes below one path without loading their code, which makes the start faster and saves memory on a
 * server that never needs them. `path` has no slash at its end.
 */
export function lazyRoutes(path: string, load: () => Promise<readonly Mount[]>): LazyRoutes {
  let loaded: Promise<{ router: Router<RequestState>; handle: Middleware }> | undefined;
  const ready = () =>
    (loaded ??= load().then(
      (mounts) => {
        const router = routerOf(mounts);
        // The router's middleware adds the properties that its context type has and ours lacks.
        return { router, handle: router.routes() as unknown as Middleware };
      },
      (error: unknown) => {
        // Loading can fail for a moment, for example without free file handles: the next request tries again.
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

export function routerOf(mounts: readonly Mount[]): Router<RequestState> {
  // Middleware before the router compares paths exactly, so the router must not accept another letter case.
  const router = new Router<RequestState>({ sensitive: true });
  for (const mount of mounts) mount(router);
  return router;
}

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
 * server that never needs them. `path` has no slash at its end; a segment of it such as `:instance` stands for any one.
 */
export function lazyRoutes(path: string, load: () => Promise<readonly Mount[]>): LazyRoutes {
  const isBelow = belowPath(path);
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
      if (!isBelow(ctx.path)) {
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
  // Nor a slash at the end: a program whose id is empty would mean one record, and delete all of them.
  const router = new Router<RequestState>({ sensitive: true, strict: true });
  for (const mount of mounts) mount(router);
  return router;
}

/** Whether an address is `path` or below it. Every request asks, so a path without parameters is only compared. */
function belowPath(path: string): (address: string) => boolean {
  if (!path.includes('/:')) return (address) => address === path || address.startsWith(`${path}/`);
  const wanted = path.split('/');
  return (address) => {
    const given = address.split('/', wanted.length);
    return wanted.every((segment, index) =>
      segment.startsWith(':') ? Boolean(given[index]) : given[index] === segment,
    );
  };
}

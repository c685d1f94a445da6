import { AppError } from '../platform/errors.ts';
import type { Mount } from './context.ts';

/** Liveness, readiness and metrics, for supervisors. */
export function healthRoutes({
  ready,
  metrics,
}: {
  ready: () => Promise<boolean>;
  metrics: () => Promise<string>;
}): Mount {
  return (router) => {
    router.get('/healthz', (ctx) => {
      ctx.body = { status: 'ok' };
    });
    router.get('/readyz', async (ctx) => {
      if (!(await ready())) {
        throw new AppError(
          'ServiceUnavailable',
          'Not ready: starting, stopping, or the database does not answer.',
          {
            retryAfterSeconds: 1,
          },
        );
      }
      ctx.body = { status: 'ready' };
    });
    router.get('/metrics', async (ctx) => {
      ctx.type = 'text/plain; version=0.0.4; charset=utf-8';
      ctx.body = await metrics();
    });
  };
}

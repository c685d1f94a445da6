import { AppError } from '../platform/errors.ts';
import type { Mount } from './context.ts';

interface HealthNeeds {
  ready: () => Promise<boolean>;
  metrics: () => Promise<string>;
  /** How long to wait for `ready`, in milliseconds: a database that hangs counts as one that doesn't answer. */
  patienceMs?: number;
}

/** Liveness, readiness and metrics. */
export function healthRoutes({ ready, metrics, patienceMs = 2000 }: HealthNeeds): Mount {
  return (router) => {
    router.get('/healthz', (ctx) => {
      ctx.body = { status: 'ok' };
    });
    router.get('/readyz', async (ctx) => {
      if (!(await within(patienceMs, ready()))) {
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

/** The answer, or false after `ms` milliseconds. */
async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

import assert from 'node:assert/strict';
import Router from '@koa/router';
import Koa from 'koa';
import type { RequestState } from '../../../../src/foundation/http/context.ts';
import { errorHandler } from '../../../../src/foundation/http/error-handler.ts';
import { healthRoutes } from '../../../../src/foundation/http/health.ts';
import { listen } from '../../../../src/foundation/http/listener.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { Browserless } from '../../../support/servers/browserless.ts';

describe('readiness', () => {
  it('is false when the database hangs', async () => {
    const log = await createLogger({ level: 'silent', pretty: false });
    const koa = new Koa<RequestState>();
    koa.use((ctx, next) => {
      Object.assign(ctx.state, { log, requestId: 'r-1' });
      return next();
    });
    koa.use(errorHandler({ renderPage: () => assert.fail('a program is answered') }));
    const router = new Router<RequestState>();
    const never = new Promise<never>(() => undefined);
    healthRoutes({ ready: () => never, metrics: () => never, patienceMs: 5 })(router);
    koa.use(router.routes());
    const listener = await listen(['127.0.0.1'], 0);
    listener.serve(koa.callback());
    const browser = new Browserless(new URL(`http://localhost:${listener.port}`));
    assert.equal((await browser.get('/readyz')).status, 503);
    await listener.close(0);
  });
});

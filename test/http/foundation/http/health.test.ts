import assert from 'node:assert/strict';
import { PerformanceObserver } from 'node:perf_hooks';
import { createMetrics } from '../../../../src/foundation/http/metrics.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { builtServers } from '../../../support/servers/built-server.ts';
import { startServer } from '../../../support/servers/server.ts';

describe('health and metrics', () => {
  const { serve } = builtServers();

  for (const where of ['the sources', 'dist']) {
    it(`of ${where} answer on any host name`, async function () {
      this.timeout(30_000);
      const started = where === 'dist' ? undefined : await startServer();
      const browser = started?.browser() ?? (await serve(['--memory', '--org', 'organization.yaml']).ready());
      for (const host of ['10.1.2.3:8080', 'vestibule.tests.svc'])
        for (const path of ['/healthz', '/readyz', '/metrics', '/metrics'])
          assert.equal((await browser.get(path, { headers: { host } })).status, 200, `${path} at ${host}`);
      await browser.get('/demo/nothing');
      const { body, headers } = await browser.get('/metrics');
      assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
      assert.match(body, /^process_cpu_seconds_total \d/m);
      assert.match(body, /^nodejs_eventloop_lag_seconds /m);
      assert.match(body, /_seconds_count\{method="GET",status="404"\} 1$/m);
      assert.match(body, /_seconds_bucket\{method="GET",status="200",le="\+Inf"\} [89]$/m);
      await started?.stop();
    });
  }

  it('measure the process once, however often they are requested', async () => {
    const { prototype } = PerformanceObserver;
    const { observe } = prototype;
    let observers = 0;
    prototype.observe = function (options) {
      observers += 1;
      observe.call(this, options as { entryTypes: ['gc'] });
    };
    try {
      const metrics = createMetrics();
      await Promise.all([metrics.text(), metrics.text()]);
      await metrics.text();
    } finally {
      prototype.observe = observe;
    }
    assert.equal(observers, 1);
  });

  it('report not ready while the server drains', async () => {
    const server = await startServer();
    assert.equal((await server.browser().get('/readyz')).status, 200);
    server.app.drain();
    assert.equal((await server.browser().get('/readyz')).status, 503);
    assert.equal((await server.browser().get('/healthz')).status, 200);
    await server.stop();
  });

  it('report not ready when the database refuses', async () => {
    const db = openSqlite({ location: ':memory:', durability: 'process' });
    const server = await startServer({
      db: { ...db, ping: () => Promise.reject(new Error('the database is gone')) },
    });
    const answer = await server.browser().get('/readyz');
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '1');
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    await server.stop();
  });
});

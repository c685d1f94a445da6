import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { isFull } from '../support/basics/depth.ts';
import { skipAloud } from '../support/basics/skip.ts';
import {
  everyNth,
  forms,
  heads,
  imports,
  jsonBodies,
  organizationFiles,
  xmlMessages,
} from '../support/stalls/hostile-requests.ts';
import { largeOrganization } from '../support/stalls/large-organization.ts';
import { METER, type Work } from '../support/stalls/metered-server.ts';
import { startMetered, type MeteredRoutes, type NamedRequest } from '../support/stalls/metered-routes.ts';

/** The longest time that the main thread may work without answering anybody else, in processor time. */
const LIMIT_MS = 250;

describe('the longest stall of the event loop', function () {
  this.timeout(isFull ? 240_000 : 60_000);
  let routes: MeteredRoutes;
  const worst: { ms: number; name: string }[] = [];
  before(async function () {
    if (!existsSync('/proc/self/schedstat')) skipAloud(this, 'stalls are measured on Linux only');
    routes = await startMetered();
  });
  after(async () => {
    await (routes as MeteredRoutes | undefined)?.server.stop();
    worst.sort((one, other) => other.ms - one.ms);
    for (const { ms, name } of worst.slice(0, 5)) process.stdout.write(`${Math.round(ms)} ms: ${name}\n`);
  });

  /** Sends all requests. Each must be answered without a stall and without a failure of the server. */
  async function hold(
    requests: Iterable<NamedRequest>,
    { isCold = false, isGood = false } = {},
  ): Promise<void> {
    const faults: string[] = [];
    let count = 0;
    for (const { name, request } of requests) {
      count += 1;
      const measured = await routes.server.measure(request);
      let { stallMs } = measured;
      // A stall that isn't repeated was that of something else, such as a collection of garbage.
      if (stallMs > LIMIT_MS && !isCold)
        stallMs = Math.min(stallMs, (await routes.server.measure(request)).stallMs);
      const { status, body } = measured.answer;
      worst.push({ ms: stallMs, name });
      if (stallMs > LIMIT_MS) faults.push(`${Math.round(stallMs)} ms: ${name} (${status})`);
      if (status === 0 || status >= (isGood ? 400 : 500))
        faults.push(`${status}: ${name}: ${body.slice(0, 200)}`);
    }
    assert.deepEqual(faults, []);
    assert.ok(count > 0);
  }

  it('is measured in processor time of the main thread, the longest turn of many', async function () {
    if (!existsSync('/proc/self/schedstat')) skipAloud(this, 'stalls are measured on Linux only');
    const used = '(() => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; })()';
    const busy = `setInterval(() => undefined, 60_000); // keeps it running
    process.on('message', async (spans) => {
      for (const ms of Array.isArray(spans) ? spans : []) {
        const endAt = ${used} + ms;
        while (${used} < endAt);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      if (Array.isArray(spans)) process.send('done');
    });`;
    const child = spawn(process.execPath, ['--import', METER, '--eval', busy], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ask = async (message: string | number[]): Promise<unknown> => {
      const told = once(child, 'message');
      child.send(message);
      return ((await told) as unknown[])[0];
    };
    try {
      await ask([1]); // it has started
      await ask('take');
      assert.equal(await ask([60, 120, 60]), 'done');
      const { stallMs, workMs } = (await ask('take')) as Work; // what the meter sends
      assert.ok(stallMs > 105 && stallMs < 180, `${stallMs} ms`);
      assert.ok(workMs > 225, `${workMs} ms`);
      const rest = (await ask('take')) as Work;
      assert.ok(rest.stallMs < 30, `${rest.stallMs} ms`);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('is short when a route loads its packages at its first request', async () => {
    const examples = Object.entries(routes.description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody }]) => {
        const [[type, media] = []] = Object.entries(requestBody?.content ?? {});
        return { path: `/api/v1${path}`, method: method.toUpperCase(), type, example: media?.example };
      }),
    );
    const requests = routes.all
      .filter(({ method, path }) => method === 'GET' || !/\/(?:reset|signout|end-others)$/.test(path))
      .filter(({ method }) => method !== 'DELETE')
      .map((route) => {
        const path = route.path.replace(/:(\w+)/g, '{$1}');
        const found = examples.find((each) => each.path === path && each.method === route.method);
        const body =
          typeof found?.example === 'string' ? found.example : JSON.stringify(found?.example ?? {});
        const sent =
          found?.type === undefined ? {} : { headers: [['Content-Type', found.type] as const], body };
        return { name: `first ${route.method} ${route.path}`, request: routes.to(route, sent) };
      });
    await hold(requests, { isCold: true });
  });

  it('is short whatever paths, queries and headers contain', () =>
    hold(heads(routes, everyNth(isFull ? 40 : 900))));

  it('is short whatever forms contain', () => hold(forms(routes, everyNth(isFull ? 5 : 60))));

  it('is short whatever JSON contains', () =>
    hold(
      jsonBodies(
        routes,
        everyNth(isFull ? 3 : 40),
        isFull ? ['closed deep lists', 'as many long keys as are read'] : [],
      ),
    ));

  it('is short whatever an organization file contains', () =>
    hold(organizationFiles(routes, everyNth(isFull ? 1 : 12))));

  it('is short whatever an import contains', () => hold(imports(routes, everyNth(isFull ? 1 : 8))));

  it('is short whatever XML contains', () => hold(xmlMessages(routes, everyNth(isFull ? 1 : 8))));

  // The last one, because it empties the organization.
  it('is short in a large organization', () =>
    hold(largeOrganization(routes, isFull ? 10_000 : 600), { isGood: true }));
});

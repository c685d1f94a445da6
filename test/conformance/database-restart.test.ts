import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Answer, Browserless } from '../support/servers/browserless.ts';
import { deliveryOf } from '../support/saml/delivery.ts';
import { ownPostgres, type Postgres } from '../support/databases/postgres.ts';
import { builtServers, type BuiltServer } from '../support/servers/built-server.ts';
import { signIn } from '../support/servers/server.ts';
import { sampled } from '../support/basics/depth.ts';
import { skipAloud } from '../support/basics/skip.ts';
import { inConformance } from '../support/basics/depth.ts';

const TOKEN = 'a-token-of-the-tests';
const headers = { authorization: `Bearer ${TOKEN}` };
/** The time within which every answer must come: the time limits of a connection and of a statement together. */
const PATIENCE_MS = 14_000;
const RECOVERY_MS = 5000;

/** What the load observes: how often each status came, what was acknowledged, and the slowest answer. */
interface Load {
  statuses: Map<number, number>;
  responses: string[];
  users: string[];
  slowestMs: number;
  /** Throws when a client of the load got no answer at all. */
  check(): void;
  stop(): Promise<void>;
}

describe('a server whose PostgreSQL stops under load', function () {
  this.timeout(90_000);
  const { serve } = builtServers();
  let postgres: Postgres;
  before(async function () {
    const found = await ownPostgres();
    if (!found.ok) skipAloud(this, found.reason);
    postgres = found;
  });

  const started = async () => {
    const url = await postgres.createDatabase();
    const builtServer = serve(['--org', 'organization.yaml'], {
      DATABASE_URL: url,
      VESTIBULE_SECRET: 'the-secret-of-this-server',
      VESTIBULE_API_TOKEN: TOKEN,
    });
    const browser = await builtServer.ready();
    assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
    const shown = await browser.get('/api/v1/organizations/default/applications/wiki', { headers });
    const path = new URL(z.object({ ssoUrl: z.url() }).parse(JSON.parse(shown.body)).ssoUrl).pathname;
    return { url, builtServer, browser, path };
  };

  for (const how of ['fast', 'immediate'] as const) {
    it(
      sampled(how === 'fast', `answers with clear 503s and recovers by itself (${how} shutdown)`),
      async () => {
        const { url, builtServer, browser, path } = await started();
        const load = startLoad(browser, path);
        await until(load, () => load.responses.length > 40 && load.users.length > 5);

        await postgres.stop(how);
        await until(load, () => (load.statuses.get(503) ?? 0) > 20);
        await assertSaysSo(browser, path, builtServer, load);
        await postgres.restart();
        const backAt = performance.now();
        const before = load.responses.length;
        await until(load, () => load.responses.length > before + 20);
        assert.ok(performance.now() - backAt < RECOVERY_MS, 'recovery takes no longer than some seconds');
        assert.equal((await browser.get('/readyz')).status, 200);
        await load.stop();

        assert.deepEqual(
          [...load.statuses.keys()].filter((status) => ![200, 201, 503].includes(status)),
          [],
          'nothing else is answered',
        );
        assert.ok(load.slowestMs < RECOVERY_MS, `the slowest answer took ${load.slowestMs} ms`);
        assert.deepEqual(await lost(url, load), []);
        assert.equal(builtServer.child.exitCode, null);
        assert.equal(await builtServer.exit('SIGTERM'), 0);
      },
    );
  }

  it(inConformance('answers in time while PostgreSQL hangs, and goes on when it does'), async function () {
    const { builtServer, browser, path } = await started();
    const load = startLoad(browser, path);
    await until(load, () => load.responses.length > 40);
    postgres.freeze();
    try {
      const ready = await browser.get('/readyz');
      assert.equal(ready.status, 503);
      assert.equal((await browser.get('/healthz')).status, 200);
      await until(load, () => (load.statuses.get(503) ?? 0) > 5);
    } finally {
      postgres.thaw();
    }
    const before = load.responses.length;
    await until(load, () => load.responses.length > before + 20);
    await load.stop();
    assert.ok(load.slowestMs < PATIENCE_MS, `the slowest answer took ${load.slowestMs} ms`);
    assert.equal(await builtServer.exit('SIGTERM'), 0);
  });
});

/** A page and a problem say what is wrong and when to retry; only the log has the cause, with the request's id. */
async function assertSaysSo(
  browser: Browserless,
  path: string,
  builtServer: BuiltServer,
  load: Load,
): Promise<void> {
  const page = await browser.get(path);
  assert.equal(page.status, 503);
  assert.equal(page.headers.get('retry-after'), '5');
  assert.match(page.body, /The database does not answer\. Try again in a moment\./);
  const problem = await browser.get('/api/v1/organizations/default/users', { headers });
  assert.equal(problem.status, 503);
  assert.equal(problem.headers.get('retry-after'), '5');
  assert.match(problem.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const ready = await browser.get('/readyz');
  assert.equal(ready.status, 503);
  assert.equal((await browser.get('/healthz')).status, 200);
  for (const { body } of [page, problem, ready]) assert.doesNotMatch(body, /ECONN|127\.0\.0\.1:|57P0/);
  const { requestId } = z.object({ requestId: z.string() }).parse(JSON.parse(problem.body));
  await until(load, () => builtServer.output.includes(requestId));
  const line = builtServer.log().find((each) => each['requestId'] === requestId);
  assert.match(String(line?.['cause']), /ECONNREFUSED|terminat|closed|reset/i);
}

function startLoad(browser: Browserless, path: string): Load {
  let goesOn = true;
  let unique = 0;
  const load = { statuses: new Map<number, number>(), responses: [] as string[], users: [] as string[] };
  let slowestMs = 0;
  const loop = async (send: () => Promise<Answer>, keep: (answer: Answer) => void) => {
    while (goesOn) {
      const sentAt = performance.now();
      const answer = await send();
      slowestMs = Math.max(slowestMs, Math.round(performance.now() - sentAt));
      load.statuses.set(answer.status, (load.statuses.get(answer.status) ?? 0) + 1);
      if (answer.status < 300) keep(answer);
      // Waits as Retry-After asks, but shorter; without a pause the load would use the whole processor.
      else await delay(20);
    }
  };
  const respond = () =>
    loop(
      () => browser.get(path),
      (page) => {
        const xml = Buffer.from(deliveryOf(page).samlResponse, 'base64').toString();
        load.responses.push(/ ID="([^"]+)"/.exec(xml)?.[1] ?? assert.fail('the response has no ID'));
      },
    );
  const addUsers = () =>
    loop(
      () => {
        const userName = `person-${(unique += 1)}@example.com`;
        const json = { userName, email: userName, givenName: 'P', familyName: 'Q', displayName: 'P Q' };
        return browser.send('POST', '/api/v1/organizations/default/users', { json, headers });
      },
      ({ body }) => load.users.push(z.object({ id: z.string() }).parse(JSON.parse(body)).id),
    );
  const working = Promise.all([respond(), respond(), respond(), respond(), addUsers(), addUsers()]);
  // A caller that waits for the load learns of a failure at once; `stop` throws it.
  let failure: unknown;
  working.catch((error: unknown) => (failure = error));
  return {
    ...load,
    get slowestMs() {
      return slowestMs;
    },
    check() {
      if (failure !== undefined) throw new Error('The load ended.', { cause: failure });
    },
    async stop() {
      goesOn = false;
      await working;
    },
  };
}

/** The ids that were acknowledged but aren't in the database. */
async function lost(url: string, { responses, users }: Load): Promise<string[]> {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const rows = await client.query<{ id: string }>(
      'select id from exchanges union all select id from users',
    );
    const there = new Set(rows.rows.map(({ id }) => id));
    return [...responses, ...users].filter((id) => !there.has(id));
  } finally {
    await client.end();
  }
}

/** Waits for something that another process does; the test's time limit ends it. */
async function until(load: Load, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    load.check();
    await delay(10);
  }
}

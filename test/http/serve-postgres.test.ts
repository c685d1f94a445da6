import assert from 'node:assert/strict';
import { formOf, type Browserless } from '../support/browserless.ts';
import { postgres, type Postgres } from '../support/postgres.ts';
import { serving } from '../support/served.ts';
import { skipAloud } from '../support/skip.ts';

const SECRET = 'the-secret-that-both-servers-have';
const PUBLIC_URL = 'http://sso.example.com';

describe('vestibule serve with PostgreSQL', function () {
  this.timeout(60_000);
  const { serve } = serving();
  let server: Postgres;
  before(async function () {
    const found = await postgres();
    if (!found.ok) skipAloud(this, found.reason);
    server = found;
  });
  const environment = async () => ({
    DATABASE_URL: await server.createDatabase(),
    VESTIBULE_SECRET: SECRET,
    VESTIBULE_API_TOKEN: 'a-token-of-the-tests',
  });
  const flags = ['--org', 'organization.yaml', '--public-url', PUBLIC_URL];

  it('shares a sign-in under way, its session and its end among servers that start together', async () => {
    const env = await environment();
    const servers = [serve(flags, env), serve(flags, env)];
    const [one, two] = await Promise.all(servers.map((served) => served.ready()));
    assert.ok(one && two);
    // One browser that a load balancer sends here and there.
    const carry = (from: Browserless, to: Browserless) => {
      to.cookies.clear();
      for (const [name, value] of from.cookies) to.cookies.set(name, value);
      return to;
    };
    const identify = await one.get('/demo/start', { followRedirects: true });
    const asked = await carry(one, two).submit(identify, { username: 'ana@example.com' });
    const password = await carry(two, one).get(asked.location ?? '');
    const done = await carry(one, two).submit(password, { password: 'correct-Horse-7' });
    const portal = await carry(two, one).send('GET', done.location ?? '', { followRedirects: true });
    assert.equal(portal.status, 200);
    assert.match(portal.body, /Wiki/);

    const old = new Map(one.cookies);
    const signOut = formOf(await carry(one, two).get('/demo/start'), '/signout');
    assert.equal((await two.post(signOut.action, signOut.fields, { site: 'same-origin' })).status, 303);
    one.cookies.clear();
    for (const [name, value] of old) one.cookies.set(name, value);
    assert.notEqual((await one.get('/demo/start')).status, 200, 'signed out at the other server too');
    for (const served of servers) assert.equal(await served.exit('SIGTERM'), 0);
  });

  it('is alive and not ready while the database is gone', async () => {
    const env = await environment();
    const served = serve(flags, env);
    const browser = await served.ready();
    assert.equal((await browser.get('/readyz')).status, 200);
    await dropDatabase(env.DATABASE_URL);
    const ready = await browser.get('/readyz');
    assert.equal(ready.status, 503);
    assert.equal(ready.headers.get('retry-after'), '1');
    assert.equal((await browser.get('/healthz')).status, 200);
    assert.equal(await served.exit('SIGTERM'), 0);
  });

  it('refuses to go on with another secret, and ends', async () => {
    const env = await environment();
    const first = serve(flags, env);
    await first.ready();
    const stranger = serve(flags, { ...env, VESTIBULE_SECRET: 'another secret than that one' });
    assert.equal(await stranger.exit(), 1);
    assert.match(stranger.output, /another secret/);
  });
});

async function dropDatabase(url: string): Promise<void> {
  const { Client } = (await import('pg')).default;
  const admin = new URL(url);
  const name = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await client.end();
}

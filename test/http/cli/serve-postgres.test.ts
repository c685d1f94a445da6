import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { encodePost } from '../../../src/protocols/saml/bindings/post.ts';
import { judgeDelivery } from '../../bench/judge-response.ts';
import { Browserless, formOf } from '../../support/servers/browserless.ts';
import { responseOf } from '../../support/saml/delivery.ts';
import { postgres, type Postgres } from '../../support/databases/postgres.ts';
import { BuiltServer, builtServers } from '../../support/servers/built-server.ts';
import { EXAMPLE, signIn } from '../../support/servers/server.ts';
import { skipAloud } from '../../support/basics/skip.ts';
import { inConformance } from '../../support/basics/depth.ts';

const SECRET = 'the-secret-that-both-servers-have';
const PUBLIC_URL = 'http://sso.example.com';

describe('vestibule serve with PostgreSQL', function () {
  this.timeout(60_000);
  const { serve } = builtServers();
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

  const title = 'shares a sign-in under way, its session and its end among servers that start together';
  it(inConformance(title), async () => {
    const env = await environment();
    const servers = [serve(flags, env), serve(flags, env)];
    const [one, two] = await Promise.all(servers.map((builtServer) => builtServer.ready()));
    assert.ok(one && two);
    // One browser that a load balancer sends to different servers.
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
    for (const builtServer of servers) assert.equal(await builtServer.exit('SIGTERM'), 0);
  });

  describe('two servers of one database', () => {
    const TOKEN = { authorization: 'Bearer a-token-of-the-tests' };
    const WIKI = '/api/v1/organizations/default/applications/wiki';
    const described = async (browser: Browserless) => {
      const { body } = await browser.get(WIKI, { headers: TOKEN });
      const { ssoUrl, metadataUrl, certificateUrl } = z
        .object({ ssoUrl: z.url(), metadataUrl: z.url(), certificateUrl: z.url() })
        .parse(JSON.parse(body));
      const [path, metadata, certificate] = [ssoUrl, metadataUrl, certificateUrl].map(
        (address) => new URL(address).pathname,
      );
      assert.ok(path !== undefined && metadata !== undefined && certificate !== undefined);
      return { path, metadata, certificate };
    };
    let place: string;
    let servers: BuiltServer[];
    let one: Browserless;
    let two: Browserless;
    before(async () => {
      place = mkdtempSync(join(tmpdir(), 'vestibule-'));
      const limited = EXAMPLE.replace('passwordHashCost: 4', 'passwordHashCost: 4, attemptsPerUser: 4');
      writeFileSync(join(place, 'organization.yaml'), limited);
      const env = await environment();
      servers = [new BuiltServer(place, flags, env), new BuiltServer(place, flags, env)];
      const ports = await Promise.all(
        servers.map((builtServer) => builtServer.ready().then(() => builtServer.port())),
      );
      [one, two] = ports.map((port) => new Browserless(new URL(PUBLIC_URL), port)) as [
        Browserless,
        Browserless,
      ]; // one port each
    });
    beforeEach(() => [one, two].forEach(({ cookies }) => cookies.clear()));
    after(async () => {
      for (const builtServer of servers) await builtServer.exit('SIGKILL');
      rmSync(place, { recursive: true, force: true });
    });
    /** The browser of one server, used at the other server. */
    const carry = (from: Browserless, to: Browserless) => {
      to.cookies.clear();
      for (const [name, value] of from.cookies) to.cookies.set(name, value);
      return to;
    };
    const authnRequest = (id: string) =>
      encodePost(
        `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"` +
          ` ID="${id}" Version="2.0" IssueInstant="${new Date().toISOString()}"><saml:Issuer>https://wiki.example.com/saml</saml:Issuer></samlp:AuthnRequest>`,
      );

    it('have one key: the same metadata and certificate, and each one’s signatures are valid at both', async () => {
      const { path, metadata, certificate } = await described(one);
      assert.deepEqual(await described(two), { path, metadata, certificate });
      assert.equal((await one.get(metadata)).body, (await two.get(metadata)).body);
      const pem = (await one.get(certificate)).body;
      assert.equal((await two.get(certificate)).body, pem);
      await signIn(one, 'ana@example.com', 'correct-Horse-7');
      for (const browser of [one, carry(one, two)])
        judgeDelivery(await browser.get(path), 'https://wiki.example.com/saml/acs', pem);
    });

    it('share a service provider’s request: received at one, signed in at the other, answered once', async () => {
      const { path } = await described(one);
      const sent = await one.post(
        path,
        { SAMLRequest: authnRequest('_asked-at-one') },
        { site: 'cross-site' },
      );
      assert.equal(sent.status, 303);
      const identify = await two.get(sent.location ?? '', { site: 'cross-site', followRedirects: true });
      const asked = await carry(two, one).submit(identify, { username: 'ana@example.com' });
      const password = await carry(one, two).get(asked.location ?? '');
      const done = await carry(two, one).submit(password, { password: 'correct-Horse-7' });
      const { xml } = await responseOf(
        await carry(one, two).get(done.location ?? '', { followRedirects: true }),
      );
      assert.match(xml, /InResponseTo="_asked-at-one"/);
      // The browser's “back” leads to the other server, which knows that the request was answered, and how.
      const again = await responseOf(await carry(two, one).get(sent.location ?? ''));
      assert.equal(again.xml, xml);
    });

    it(
      inConformance('accept a request once: of two copies sent to both at once, one is refused'),
      async () => {
        const { path } = await described(one);
        for (let turn = 0; turn < 5; turn += 1) {
          const form = { SAMLRequest: authnRequest(`_twice-${turn}`) };
          const answers = await Promise.all(
            [one, two].map((browser) => browser.post(path, form, { site: 'cross-site' })),
          );
          assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 303]);
          const refused = answers.find(({ status }) => status === 200);
          assert.ok(refused);
          assert.match((await responseOf(refused)).status.join(), /RequestDenied/);
        }
      },
    );

    it(
      inConformance(
        'share a rotation at once: a certificate set as active at one signs the other’s next response',
      ),
      async () => {
        const { path, certificate } = await described(one);
        await signIn(one, 'ana@example.com', 'correct-Horse-7');
        const session = new Map(one.cookies);
        for (let turn = 0; turn < 6; turn += 1) {
          const [here, there] = turn % 2 === 0 ? [one, two] : [two, one];
          const sent = (method: string, below: string, json?: object) =>
            here.send(method, `${WIKI}/certificates${below}`, { headers: TOKEN, ...(json && { json }) });
          if (turn === 0) assert.equal((await sent('POST', '', {})).status, 201);
          const { items } = z
            .object({ items: z.array(z.object({ id: z.string(), certificatePem: z.string() })) })
            .parse(JSON.parse((await sent('GET', '')).body));
          const next = items[1] ?? assert.fail('there is no inactive certificate');
          assert.equal((await sent('POST', `/${next.id}/activate`, { acknowledged: true })).status, 200);
          for (const [name, value] of session) there.cookies.set(name, value);
          judgeDelivery(await there.get(path), 'https://wiki.example.com/saml/acs', next.certificatePem);
          assert.equal((await there.get(certificate)).body, next.certificatePem);
        }
      },
    );

    it('count failed sign-ins together', async () => {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const browser = attempt % 2 === 0 ? one : two;
        browser.cookies.clear();
        const identify = await browser.get('/demo/start', { followRedirects: true });
        const asked = await browser.submit(
          identify,
          { username: 'bo@example.com' },
          { followRedirects: true },
        );
        statuses.push((await browser.submit(asked, { password: 'wrong' })).status);
      }
      const [wrong] = statuses;
      assert.notEqual(wrong, 429);
      assert.deepEqual(statuses, [wrong, wrong, wrong, wrong, 429, 429]);
    });
  });

  it('is alive but not ready while the database is unreachable', async () => {
    const env = await environment();
    const builtServer = serve(flags, env);
    const browser = await builtServer.ready();
    assert.equal((await browser.get('/readyz')).status, 200);
    await dropDatabase(env.DATABASE_URL);
    const ready = await browser.get('/readyz');
    assert.equal(ready.status, 503);
    assert.equal(ready.headers.get('retry-after'), '1');
    assert.equal((await browser.get('/healthz')).status, 200);
    assert.equal(await builtServer.exit('SIGTERM'), 0);
  });

  it(inConformance('refuses to start with another secret, and ends'), async () => {
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

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { startVestibule } from '../../../../src/index.ts';
import { openPostgres } from '../../../../src/foundation/storage/postgres.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { ANA, libraries, refusal, WIKI } from '../../../support/servers/library.ts';
import { postgres } from '../../../support/databases/postgres.ts';
import { skipAloud } from '../../../support/basics/skip.ts';

describe('a server of the library', () => {
  const { inFolder, start } = libraries();

  it('runs beside others in one process, each with its own users, and frees its port when it stops', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    assert.notEqual(one.port, two.port);
    await one.organization.users.create(ANA);
    assert.equal((await one.organization.users.list()).length, 1);
    assert.deepEqual(await two.organization.users.list(), []);
    for (const host of ['127.0.0.1', 'localhost']) {
      assert.equal((await fetch(`http://${host}:${one.port}/healthz`)).status, 200);
    }
    await Promise.all([one.stop(), one.stop()]);
    await assert.rejects(fetch(`http://127.0.0.1:${one.port}/healthz`));
    assert.equal((await fetch(`${two.url}/healthz`)).status, 200);
    assert.equal((await refusal(one.organization.users.list())).code, 'Stopped');
  });

  it('starts together with others on one empty database, and they share one organization', async function () {
    this.timeout(60_000); // PostgreSQL starts once in a process
    const database = await postgres();
    if (!database.ok) skipAloud(this, database.reason);
    const databaseUrl = await database.createDatabase();
    const secret = 'the secret that they share';
    // The schema is created first, as a migration would make the servers start one after another.
    const db = await openPostgres({ url: databaseUrl, onIdleError: () => undefined });
    await db.migrate();
    await db.close();
    const servers = await Promise.all(Array.from({ length: 4 }, () => start({ databaseUrl, secret })));
    assert.equal(new Set(servers.map(({ organization }) => organization.id)).size, 1);
  });

  it('stops by itself at the end of `await using`', async () => {
    const server = await start();
    await server[Symbol.asyncDispose]();
    await assert.rejects(fetch(`http://127.0.0.1:${server.port}/healthz`));
  });

  it('accepts the token that it returns for its control API, and no other', async () => {
    const { url, apiToken } = await start();
    const get = (token: string) =>
      fetch(`${url}/api/v1/organizations/default`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal((await get(apiToken)).status, 200);
    assert.equal((await get(`${apiToken.slice(1)}x`)).status, 401);
    const given = await start({ apiToken: 'a-token-of-sixteen' });
    assert.equal(given.apiToken, 'a-token-of-sixteen');
  });

  it('reports everything that is wrong with its options, and that a port is in use', async () => {
    const wrong = { port: 70000, publicUrl: 'http://a/b', secret: 'short', prot: 1 };
    const { code, message } = await refusal(startVestibule(wrong));
    assert.equal(code, 'StartFailed');
    for (const name of ['port', 'publicUrl', 'secret', 'prot'])
      assert.match(message, new RegExp(`^ {2}${name}: `, 'm'));
    assert.doesNotMatch(message, /--|VESTIBULE_/);
    const { port } = await start();
    assert.match((await refusal(startVestibule({ port }))).message, new RegExp(`Port ${port} .*EADDRINUSE`));
    assert.match((await refusal(startVestibule({ databaseUrl: 'postgres://a/b' }))).message, /secret: /);
  });

  it('logs only to the function that it was given', async () => {
    const lines: string[] = [];
    const { port } = await start({ log: (line) => lines.push(line) });
    const [first = '{}'] = lines;
    assert.equal((JSON.parse(first) as { msg: string }).msg, `listening on port ${port}`);
  });

  it('keeps its data readable by its owner only, whatever the umask, and finds them at the next start', async () => {
    const data = inFolder('data');
    const umask = process.umask(0);
    try {
      const server = await start({ data });
      await server.organization.users.create(ANA);
      await server.createOrganization();
      for (const name of ['vestibule.db', 'vestibule.db-wal', 'secret'])
        assert.equal(statSync(join(data, name)).mode & 0o777, 0o600, name);
      assert.equal(statSync(data).mode & 0o777, 0o700);
      assert.equal(process.umask(0), 0);
      await server.stop();
      const again = await start({ data });
      assert.equal(again.organization.id, server.organization.id);
      assert.equal((await again.organization.users.get('ana@example.com'))?.displayName, 'Ana Souza');
      // A new run must not derive ids that an earlier run has used.
      await again.createOrganization();
    } finally {
      process.umask(umask);
    }
  });

  it('keeps its keys in the folder that it was given, so that the next run has the same EntityIDs and certificates', async () => {
    const certs = inFolder('kept');
    const trusts: string[][] = [];
    let port = 0;
    for (const run of [1, 2]) {
      const server = await start({ certs, port });
      ({ port } = server);
      const { entityId, certificate } = await server.organization.applications.create(WIKI);
      const other = await (await server.createOrganization()).applications.create(WIKI);
      trusts.push([entityId, certificate, other.entityId, other.certificate]);
      assert.equal(new Set(trusts.flat()).size, 4, `run ${run}`);
      await server.stop();
    }
    const fresh = await start({ certs: false, port });
    const { entityId, certificate } = await fresh.organization.applications.create(WIKI);
    assert.equal(entityId, trusts[0]?.[0]);
    assert.notEqual(certificate, trusts[0]?.[1]);
  });

  it('uses the clock that it was given', async () => {
    const { organization } = await start({ clock: { now: () => START_AT } });
    const ana = await organization.users.create(ANA);
    assert.equal(ana.createdAt, '2026-01-15T12:00:00.000Z');
    const wiki = await organization.applications.create(WIKI);
    await wiki.assign({ everyone: true });
    assert.match((await wiki.respond({ user: ana })).xml, / IssueInstant="2026-01-15T12:00:00.000Z"/);
  });
});

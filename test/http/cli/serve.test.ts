import assert from 'node:assert/strict';
import { inConformance } from '../../support/basics/depth.ts';
import { once } from 'node:events';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Browserless } from '../../support/servers/browserless.ts';
import { builtServers } from '../../support/servers/built-server.ts';
import { EXAMPLE, signIn } from '../../support/servers/server.ts';

describe('vestibule serve', function () {
  this.timeout(30_000);
  const { folder, serve } = builtServers();

  it('reports everything that is wrong at once', async () => {
    const builtServer = serve(['--public-url', 'ftp://x', '--durability', 'none'], {
      VESTIBULE_API_TOKEN: 'short',
    });
    assert.equal(await builtServer.exit(), 2);
    for (const name of ['--public-url', '--durability', 'VESTIBULE_API_TOKEN'])
      assert.match(builtServer.output, new RegExp(name));
  });

  it('refuses a wrong organization file with line and column, and a port in use, without a stack trace', async () => {
    writeFileSync(join(folder(), 'wrong.yaml'), EXAMPLE.replace('region: us-east-1', 'regoin: us-east-1'));
    const wrong = serve(['--memory', '--org', 'wrong.yaml']);
    assert.equal(await wrong.exit(), 1);
    assert.match(wrong.output, /wrong\.yaml:4:\d+/);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo; // the address of a TCP server
    const second = serve(['--memory', '--port', String(port)]);
    assert.equal(await second.exit(), 1);
    other.close();
    assert.match(second.output, /Port \d+ .*--port/);
    assert.doesNotMatch(wrong.output + second.output, /\n\s+at /);
  });

  it('has the same EntityIDs and certificates after a restart in memory', async () => {
    const metadata = [];
    for (let round = 0; round < 2; round += 1) {
      const builtServer = serve(
        ['--memory', '--org', 'organization.yaml', '--public-url', 'http://sso.example.com'],
        {
          VESTIBULE_API_TOKEN: 'a-token-of-the-tests',
        },
      );
      await builtServer.ready();
      const port = await builtServer.port();
      const api = new Browserless(new URL('http://sso.example.com'), port);
      const headers = { authorization: 'Bearer a-token-of-the-tests' };
      const { body } = await api.get('/api/v1/organizations/default/applications/wiki', { headers });
      const { metadataUrl } = JSON.parse(body) as { metadataUrl: string };
      metadata.push((await api.get(new URL(metadataUrl).pathname)).body);
      assert.equal(await builtServer.exit('SIGTERM'), 0);
    }
    assert.match(metadata[0] ?? '', /entityID="http:\/\/sso\.example\.com\/d-/);
    assert.equal(metadata[0], metadata[1]);
  });

  it(
    inConformance('creates a database that only its owner can read, and refuses it with another secret'),
    async () => {
      const first = serve(['--data', 'data', '--org', 'organization.yaml']);
      const browser = await first.ready();
      assert.match(first.output, /API token {2}[\w-]{43}/);
      assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
      assert.equal(await first.exit('SIGTERM'), 0);
      for (const name of ['vestibule.db', 'secret'])
        assert.equal(statSync(join(folder(), 'data', name)).mode & 0o077, 0, name);

      assert.doesNotMatch(first.output, /can write in/);
      chmodSync(join(folder(), 'data'), 0o777);
      const second = serve(['--data', 'data']);
      const again = await second.ready();
      assert.match(second.output, /Every user of this machine can write in \S*data\b/);
      assert.doesNotMatch(second.output, /API token {2}[\w-]{43}/, 'the token is printed once');
      assert.match(second.output, /Sign in with the passwords that were set\n {4}ana@example\.com\n/);
      assert.match(second.output, /Metadata {3}(http:\S+) \(of /);
      assert.equal((await signIn(again, 'ana@example.com', 'correct-Horse-7')).status, 200);
      assert.equal(await second.exit('SIGINT'), 0);

      const stranger = serve(['--data', 'data'], { VESTIBULE_SECRET: 'another secret than that one' });
      assert.equal(await stranger.exit(), 1);
      assert.match(stranger.output, /another secret/);
    },
  );

  it('completes running requests on SIGTERM, accepts no new ones, and exits with 0', async () => {
    const builtServer = serve(['--memory', '--org', 'organization.yaml']);
    await builtServer.ready();
    const port = await builtServer.port();
    const socket = connect(port, 'localhost');
    await once(socket, 'connect');
    const body = 'csrf=x';
    socket.write(
      `POST /demo/signout HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
        `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 2)}`,
    );
    // When a later request is answered, the server is surely reading the first one.
    await new Browserless(new URL(`http://localhost:${port}`)).get('/healthz');
    builtServer.child.kill('SIGTERM');
    await builtServer.says(/stopping/);
    const startedAt = performance.now();
    socket.write(body.slice(2));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 403/);
    assert.equal(await builtServer.exit(), 0);
    assert.ok(performance.now() - startedAt < 5000);
  });
});

import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { skipAloud } from '../support/basics/skip.ts';
import { Browserless } from '../support/servers/browserless.ts';
import { startProxy, type Proxy, type ProxyName } from '../support/servers/proxies.ts';
import { rawRequest, sendRaw, type RawRequest } from '../support/servers/raw-http.ts';
import { signIn, startServer, type TestServer } from '../support/servers/server.ts';

const HOST = 'sso.example.com';
const HEALTHY = '{"status":"ok"}';
const SMUGGLED = `GET /smuggled HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;

/** Bodies whose end two readers may find in different places (RFC 9112 §6.3, §7.1). */
const AMBIGUOUS: readonly (readonly [headers: string, body: string])[] = [
  [`Content-Length: 5\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${SMUGGLED}`],
  [`Content-Length: ${5 + SMUGGLED.length}\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${SMUGGLED}`],
  [`Content-Length: ${5 + SMUGGLED.length}\r\nTransfer-Encoding:\r\n chunked`, `0\r\n\r\n${SMUGGLED}`],
  [`Content-Length: ${5 + SMUGGLED.length}\r\nTransfer-Encoding: xchunked`, `0\r\n\r\n${SMUGGLED}`],
  [`Content-Length: ${5 + SMUGGLED.length}\r\nTransfer_Encoding: chunked`, `0\r\n\r\n${SMUGGLED}`],
  [`Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}`, SMUGGLED],
  [`Content-Length: 0, ${SMUGGLED.length}`, SMUGGLED],
  ['Transfer-Encoding: chunked', `3;a="\r\n0\r\n\r\n${SMUGGLED}`],
  ['Transfer-Encoding: chunked', `3;a\nxx\r\nabc\r\n0\r\n\r\n${SMUGGLED}`],
  ['Transfer-Encoding: chunked', `0x3\r\nabc\r\n0\r\n\r\n${SMUGGLED}`],
  ['Transfer-Encoding: chunked', `10000000000000003\r\nabc\r\n0\r\n\r\n${SMUGGLED}`],
  ['Transfer-Encoding: chunked\r\nTrailer: Host', `0\r\nHost: evil.example\r\n\r\n`],
];

for (const name of ['nginx', 'Apache', 'Caddy', 'HAProxy'] satisfies ProxyName[]) {
  describe(inConformance(`a server behind ${name}`), function () {
    this.timeout(20_000);
    let server: TestServer;
    let proxy: Proxy | undefined;
    before(async function () {
      this.timeout(60_000);
      server = await startServer({ publicUrl: new URL(`https://${HOST}`), trustProxy: true });
      const started = await startProxy(name, server.port);
      if ('missing' in started) skipAloud(this, started.missing);
      proxy = started;
    });
    after(async () => {
      await proxy?.stop();
      await server.stop();
    });

    const port = () => proxy?.port ?? assert.fail();
    const browser = () => new Browserless(server.publicUrl, port());
    const send = (request: RawRequest) => sendRaw(port(), rawRequest(HOST, request), { untilClosed: true });

    it('signs a user in, at the client’s own address whatever the client writes', async () => {
      const visitor = browser();
      visitor.forwardedFor = '203.0.113.7, [2001:db8::1]:443';
      const page = await signIn(visitor, 'ana@example.com', 'correct-Horse-7');
      assert.match(page.body, /Wiki/);
      const addresses = (await server.events()).map(({ sourceIPAddress }) => sourceIPAddress);
      assert.equal(addresses.at(-1), '127.0.0.1');
      assert.ok(!addresses.includes('203.0.113.7'));
    });

    it('answers to its own name only, in whatever header a client writes it', async () => {
      const own = await send({ target: '/demo/start', headers: [['X-Forwarded-Host', 'evil.example']] });
      assert.equal(own.status, 302);
      for (const headers of [
        [['Host', 'evil.example']],
        [
          ['Host', 'evil.example'],
          ['X-Forwarded-Host', HOST],
        ],
        [
          ['X-Forwarded-Host', HOST],
          ['Host', 'evil.example'],
          ['Connection', 'close, X-Forwarded-Host'],
        ],
        [['Host', `${HOST}@evil.example`]],
        [
          ['Host', HOST],
          ['Host', 'evil.example'],
        ],
      ] as const) {
        const answer = await send({ target: '/demo/start', headers });
        assert.equal(answer.status, 400, JSON.stringify(headers));
      }
      const absolute = await send({ target: 'http://evil.example/demo/start' });
      assert.equal(absolute.status, 400);
    });

    it('is reached by the path and method of the request line only', async () => {
      for (const header of ['X-Original-URL', 'X-Rewrite-URL']) {
        const { status, body } = await send({ target: '/healthz', headers: [[header, '/demo/start']] });
        assert.equal(status, 200);
        assert.equal(body, HEALTHY);
      }
      const target = '/x/..%2fapi/v1/organizations';
      assert.equal((await send({ target })).status, 404);
    });

    it('answers the next client rightly after a body with two ends (request smuggling)', async () => {
      for (const [headers, body] of AMBIGUOUS) {
        const octets = `POST /demo/signout HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n${headers}\r\n\r\n${body}`;
        // Not until it closes: after a body that never ends, HAProxy may keep the connection for longer than its timeouts.
        await sendRaw(port(), octets);
        const next = await send({ target: '/healthz' });
        assert.deepEqual([next.status, next.body], [200, HEALTHY], headers);
      }
    });

    if (name === 'nginx') {
      it('lets it keep assets, and no page', async () => {
        const visitor = browser();
        const page = await visitor.get('/demo/start', { followRedirects: true });
        const [asset = ''] = /\/assets\/[\w.-]+\.css/.exec(page.body) ?? [];
        await visitor.get(asset);
        assert.equal((await visitor.get(asset)).headers.get('x-cache'), 'HIT');
        const places = [];
        // The visitor has its cookie: nginx keeps no answer that sets one.
        for (let time = 0; time < 2; time += 1) places.push((await visitor.get('/demo/start')).location);
        assert.notEqual(places[0], places[1]);
      });
    }
  });
}

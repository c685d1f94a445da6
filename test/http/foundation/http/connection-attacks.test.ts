import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { listen, type Listener, type ListenerLimits } from '../../../../src/foundation/http/listener.ts';
import { assertDecent } from '../../../support/mutation/mutation-run.ts';
import { rawRequest, sendRaw, type RawAnswer, type RawRequest } from '../../../support/servers/raw-http.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

describe('attacks by the bytes of a request', () => {
  let server: TestServer;
  let port: number;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    port = Number(server.publicUrl.port);
  });
  after(() => server.stop());

  const send = async (request: RawRequest): Promise<RawAnswer> => {
    const answer = await sendRaw(port, rawRequest(server.publicUrl.host, request), { untilClosed: true });
    assertDecent(answer, () => JSON.stringify(request).slice(0, 300));
    assert.equal(answer.rest, '', 'one request, one answer');
    return answer;
  };

  it('huge headers get 431, alone or together', async () => {
    const one = await send({ target: '/healthz', headers: [['X', 'a'.repeat(40_000)]] });
    const many = await send({
      target: '/healthz',
      headers: Array.from({ length: 1500 }, (_, n) => [`x-${n}`, 'a'.repeat(30)] as const),
    });
    const cookies = await send({ target: '/demo/start', headers: [['Cookie', `a=${'b'.repeat(40_000)}`]] });
    const target = await send({ target: `/${'a'.repeat(40_000)}` });
    for (const { status } of [one, many, cookies, target]) assert.equal(status, 431);
  });

  it('two Host headers, or another host in the request line, are refused in either order', async () => {
    const { host } = server.publicUrl;
    for (const headers of [
      [
        ['Host', host],
        ['Host', 'evil.example'],
      ],
      [
        ['Host', 'evil.example'],
        ['Host', host],
      ],
      [
        ['Host', host],
        ['Host', host],
      ],
    ] as const)
      assert.equal((await send({ target: '/demo/start', headers })).status, 400);
    for (const target of [`http://evil.example/demo/start`, `http://${host}/demo/start`, 'https:/demo/start'])
      assert.equal((await send({ target })).status, 400, target);
    const none = await sendRaw(port, 'GET /demo/start HTTP/1.1\r\nConnection: close\r\n\r\n', {
      untilClosed: true,
    });
    assert.equal(none.status, 400);
  });

  it('a Host with a user, another port, a list or spaces is refused', async () => {
    const { host } = server.publicUrl;
    for (const tricky of [
      `${host}@evil.example`,
      `evil.example@${host}`,
      `evil.example#${host}`,
      `${host}, evil.example`,
      `${host}/x`,
      `evil.example?${host}`,
      `${host}.evil.example`,
      `[::ffff:127.0.0.1`,
      '',
    ]) {
      const { status, headers } = await send({ target: '/demo/start', headers: [['Host', tricky]] });
      const to = headers.get('location');
      // A name that looks like loopback is redirected to our own origin, and nowhere else.
      if (status === 307) assert.equal(new URL(to ?? '').host, host, tricky);
      else assert.ok(status === 400 || (to ?? '').startsWith('/demo/'), `${tricky}: ${status} ${to}`);
      assert.ok(!(to ?? '').includes('evil'), `${tricky}: ${to}`);
    }
  });

  it('X-Forwarded-Host and similar headers have no effect without --trust-proxy', async () => {
    for (const name of [
      'X-Forwarded-Host',
      'X-Forwarded-Proto',
      'X-Forwarded-For',
      'Forwarded',
      'X-Original-URL',
      'X-Rewrite-URL',
      'X-Host',
    ]) {
      const answer = await send({ target: '/demo/start', headers: [[name, 'evil.example']] });
      assert.equal(answer.status, 302, name);
      assert.match(answer.headers.get('location') ?? '', /^\/demo\/signin\//, name);
      assert.doesNotMatch(answer.headers.get('set-cookie') ?? '', /secure|evil/i);
    }
  });

  it('a length given twice or in two ways is refused, and a smuggled request isn’t read (request smuggling)', async () => {
    const smuggled = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const headers of [
      [
        ['Content-Length', '0'],
        ['Transfer-Encoding', 'chunked'],
      ],
      [
        ['Content-Length', '0'],
        ['Content-Length', String(smuggled.length)],
      ],
      [['Content-Length', '+0']],
      [['Content-Length', '0x0']],
      [['Transfer-Encoding', 'chunked, identity']],
      [['Transfer-Encoding', 'xchunked']],
      [['Transfer-Encoding ', 'chunked']],
    ] as const) {
      const answer = await send({
        method: 'POST',
        target: '/demo/signout',
        headers: [...headers],
        body: smuggled,
      });
      assert.ok([400, 415].includes(answer.status), `${JSON.stringify(headers)}: ${answer.status}`);
    }
  });

  it('bare line feeds, a space before the colon, and folded lines are refused', async () => {
    const { host } = server.publicUrl;
    for (const octets of [
      `GET /healthz HTTP/1.1\nHost: ${host}\n\n`,
      `GET /healthz HTTP/1.1\r\nHost : ${host}\r\n\r\n`,
      `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n folded: x\r\nX: y\0\r\n\r\n`,
      `GET /healthz HTTP/9.9\r\nHost: ${host}\r\n\r\n`,
      `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    ]) {
      const socketAnswer = await sendRaw(port, octets, { untilClosed: true });
      assert.equal(socketAnswer.status, 400, octets);
      assert.equal(socketAnswer.body, '');
    }
  });

  it('CR and LF in a path, query or field never create a header', async () => {
    for (const target of [
      '/demo/start%0d%0aX-Evil:%20y',
      '/%0d%0aX-Evil:%20y/start',
      '/demo/start?q=%0d%0aX-Evil:%20y',
      `/samples/notes/${server.instance.directoryId}/signin?binding=post%0d%0aX-Evil:%20y`,
    ]) {
      const answer = await send({ target });
      assert.equal(answer.headers.get('x-evil'), undefined, target);
    }
    const loopback = await send({
      target: '/%0d%0aX-Evil:%20y?a=%0d%0aX-Evil:y',
      headers: [['Host', `127.0.0.1:${port}`]],
    });
    assert.equal(loopback.status, 307);
    assert.equal(loopback.headers.get('x-evil'), undefined);
  });
});

describe('attacks by slow clients', () => {
  /** The limits of production, some hundred times shorter. */
  const FAST: ListenerLimits = {
    ...{ headersTimeout: 60, requestTimeout: 120, connectionsCheckingInterval: 15 },
    ...{ keepAliveTimeout: 50, maxHeaderSize: 32 * 1024, idleTimeout: 200, maxConnections: 20 },
    ...{ maxWaiting: 8, maxBodyOctets: 1024 * 1024 },
  };
  let listener: Listener;
  const open: Socket[] = [];
  beforeEach(async () => {
    listener = await listen(['127.0.0.1'], 0, FAST);
    listener.serve((request, response) => {
      request.resume();
      request.on('end', () => response.end('done'));
    });
  });
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await listener.close(0);
  });

  /** What the server answers to a client that sends this and then nothing, until the server closes the connection. */
  const stall = (octets: string) => sendRaw(listener.port, octets, { untilClosed: true });

  it('headers that never end are cut off', async () => {
    const { status, ms } = await stall('GET / HTTP/1.1\r\nHost: x\r\nX-A: ');
    assert.equal(status, 408);
    assert.ok(ms >= FAST.headersTimeout, `${ms} ms`);
  });

  it('headers that come byte by byte are cut off as well (slowloris)', async () => {
    const socket = connect(listener.port, '127.0.0.1');
    open.push(socket);
    const text: string[] = [];
    socket.on('data', (chunk: Buffer) => text.push(chunk.toString()));
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => socket.write('X-a: b\r\n'), 10);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    assert.match(text.join(''), /^HTTP\/1\.1 408/);
  });

  it('a body that never ends is cut off', async () => {
    const { status } = await stall('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
    assert.equal(status, 408);
  });

  it('a connection that sends nothing is closed', async () => {
    const { status } = await stall('');
    assert.ok(status === 0 || status === 408, String(status));
  });

  it('headers have ten seconds in production, and a request thirty, checked every two', async () => {
    const { DEFAULT_LIMITS } = await import('../../../../src/foundation/http/listener.ts');
    const { headersTimeout, requestTimeout, connectionsCheckingInterval } = DEFAULT_LIMITS;
    assert.deepEqual([headersTimeout, requestTimeout, connectionsCheckingInterval], [10_000, 30_000, 2_000]);
  });
});

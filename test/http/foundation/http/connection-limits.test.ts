import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DEFAULT_LIMITS,
  listen,
  type Listener,
  type ListenerLimits,
} from '../../../../src/foundation/http/listener.ts';
import { inConformance } from '../../../support/basics/depth.ts';
import { sendRaw } from '../../../support/servers/raw-http.ts';

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
/** A request whose answer waits until the test gives it. */
const HELD = 'GET /held HTTP/1.1\r\nHost: x\r\n\r\n';

interface Client {
  socket: Socket;
  /** What was received so far. */
  text(): string;
  closed: Promise<void>;
}

/** A listener with these limits. Its handler reads the body and answers `done <path>`. */
async function start(limits: Partial<ListenerLimits>) {
  const listener: Listener = await listen(['127.0.0.1'], 0, { ...DEFAULT_LIMITS, ...limits });
  const begun: string[] = [];
  const held: ServerResponse[] = [];
  const clients: Socket[] = [];
  let answer = 'done';
  listener.serve(async (request: IncomingMessage, response: ServerResponse) => {
    begun.push(request.url ?? '');
    if (request.url === '/held') {
      held.push(response);
      await new Promise((resolve) => response.once('close', resolve));
      return;
    }
    request.resume();
    await new Promise((resolve) => request.once('end', resolve).once('close', resolve));
    response.end(answer);
  });
  return {
    ...{ port: listener.port, begun, held },
    answerWith: (body: string) => (answer = body),
    /** Sends this over a connection of its own, from a loopback address. */
    async client(octets: string, from = '127.0.0.1'): Promise<Client> {
      const socket = connect({ port: listener.port, host: '127.0.0.1', localAddress: from });
      clients.push(socket);
      const parts: string[] = [];
      socket.on('data', (piece: Buffer) => parts.push(piece.toString('latin1')));
      socket.on('error', () => undefined);
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      await new Promise((resolve) => socket.once('connect', resolve));
      socket.write(octets);
      return { socket, text: () => parts.join(''), closed };
    },
    async stop() {
      for (const socket of clients) socket.destroy();
      await listener.close(0);
    },
  };
}

/** Waits until this holds; throws after two seconds. */
async function until(holds: () => boolean, what: string): Promise<void> {
  for (let time = 0; !holds(); time += 1) {
    if (time > 400) assert.fail(what);
    await delay(5);
  }
}

const answersIn = (text: string): number => text.split('HTTP/1.1 200').length - 1;

describe('requests sent ahead on one connection (pipelining)', () => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    server = await start({ maxWaiting: 4 });
  });
  afterEach(() => server.stop());

  it('are begun one after another, in order, each when the answer before it has left', async () => {
    const client = await server.client(HELD + 'GET /1 HTTP/1.1\r\nHost: x\r\n\r\n' + GET);
    await until(() => server.held.length === 1, 'the first is begun');
    await delay(20);
    assert.deepEqual(server.begun, ['/held']);
    server.held[0]?.end('one');
    await until(() => answersIn(client.text()) === 3, 'all are answered');
    assert.deepEqual(server.begun, ['/held', '/1', '/']);
  });

  it('are too many: the connection is closed, and none of those that wait is begun', async () => {
    const client = await server.client(HELD + GET.repeat(2000));
    await client.closed;
    assert.deepEqual(server.begun, ['/held']);
    assert.equal((await sendRaw(server.port, GET)).body, 'done');
  });

  for (const [kind, request] of [
    ['without a Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['that expect something unknown', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: y\r\n\r\n'],
    ['that expect 100-continue', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n'],
    ['with small bodies', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na'],
    ['of HTTP/1.0', 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'],
    ['to connect', 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ] as const) {
    it(`count as well ${kind}`, async () => {
      const client = await server.client(HELD + request.repeat(6));
      await client.closed;
      assert.deepEqual(server.begun, ['/held']);
    });
  }

  it('a request without a Host gets 400 and the end, one with an unknown expectation 417, each in its turn', async () => {
    const client = await server.client(
      GET + 'GET / HTTP/1.1\r\nHost: x\r\nExpect: y\r\n\r\n' + GET + 'GET / HTTP/1.1\r\n\r\n' + GET,
    );
    await client.closed;
    const statuses = [...client.text().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    assert.deepEqual(statuses, ['200', '417', '200', '400']);
  });

  it('a request to upgrade is answered like any other', async () => {
    const client = await server.client(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    await until(() => answersIn(client.text()) === 1, 'it is answered');
    client.socket.write(GET);
    await until(() => answersIn(client.text()) === 2, 'the next is answered');
  });

  it('the next isn’t begun while the client doesn’t read an answer', async () => {
    server.answerWith('a'.repeat(16 * 1024 * 1024));
    const client = await server.client('');
    client.socket.pause();
    client.socket.write(GET + GET);
    await until(() => server.begun.length === 1, 'the first is begun');
    await delay(50);
    assert.equal(server.begun.length, 1);
    client.socket.resume();
    await until(() => server.begun.length === 2, 'the second is begun');
  });

  it('a body is asked for only in its turn', async () => {
    const client = await server.client(
      HELD + 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n',
    );
    await until(() => server.held.length === 1, 'the first is begun');
    assert.equal(client.text(), '');
    server.held[0]?.end('one');
    await until(() => client.text().includes('100 Continue'), 'the body is asked for');
    client.socket.write('a');
    await until(() => client.text().endsWith('done'), 'the second is answered');
  });
});

describe('bodies of all connections together', () => {
  const body = (size: number) => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`;
  let server: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    server = await start({ maxBodyOctets: 100_000 });
  });
  afterEach(() => server.stop());

  it('have a limit: the one that has been sending for the longest time is given up', async () => {
    const slow = await server.client(body(1_000_000) + 'a'.repeat(40_000));
    await until(() => server.begun.length === 1, 'the slow one is begun');
    const other = await server.client(body(40_001) + 'a'.repeat(40_000));
    await until(() => server.begun.length === 2, 'the other is begun');
    const quick = await server.client(body(40_000) + 'a'.repeat(40_000));
    await until(() => answersIn(quick.text()) === 1, 'the quick one is answered');
    await slow.closed;
    other.socket.write('a');
    await until(() => answersIn(other.text()) === 1, 'the other is answered as well');
  });

  it('a chunked body without an end is given up', async () => {
    const endless = await server.client('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const piece = `8000\r\n${'a'.repeat(0x8000)}\r\n`;
    for (let time = 0; time < 4; time += 1) endless.socket.write(piece);
    await endless.closed;
    assert.equal(endless.text(), '');
  });

  it('count no more when the connection ends with the request before', async () => {
    for (let time = 1; time <= 3; time += 1) {
      const client = await server.client('GET / HTTP/1.1\r\n\r\n' + body(40_000) + 'a'.repeat(40_000));
      await client.closed;
    }
    const client = await server.client(body(90_000) + 'a'.repeat(90_000));
    await until(() => answersIn(client.text()) === 1, 'a later body is read');
  });

  it('count no more when their requests are answered', async () => {
    const client = await server.client('');
    for (let time = 1; time <= 5; time += 1) {
      client.socket.write(body(60_000) + 'a'.repeat(60_000));
      await until(() => answersIn(client.text()) === time, `answer ${time}`);
    }
  });
});

describe('more connections than there may be', () => {
  const LIMIT = 5;
  let server: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    server = await start({ maxConnections: LIMIT });
  });
  afterEach(() => server.stop());

  const some = async (count: number, octets: string, from?: string) => {
    const clients: Client[] = [];
    for (let number = 0; number < count; number += 1) clients.push(await server.client(octets, from));
    return clients;
  };
  const isServed = async (from?: string) => {
    const client = await server.client(GET, from);
    await until(() => answersIn(client.text()) === 1, 'a new client is answered');
    return client;
  };

  it('a silent one makes room for a new one, the oldest first', async () => {
    const silent = await some(LIMIT, '');
    await isServed();
    await silent[0]?.closed;
    assert.equal(silent.filter(({ socket }) => socket.destroyed).length, 1);
  });

  it('so do half a header, and a body that isn’t complete', async () => {
    const halves = await some(LIMIT - 1, 'GET / HTTP/1.1\r\nHost: x\r\nX-A: ');
    const slow = await server.client('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
    await until(() => server.begun.length === 1, 'the slow body is begun');
    const held = await some(LIMIT, HELD);
    await until(() => server.held.length === LIMIT, 'all are begun');
    await Promise.all([...halves, slow].map(({ closed }) => closed));
    assert.ok(held.every(({ socket }) => !socket.destroyed));
  });

  it('none that is being answered: the new one is closed', async () => {
    const held = await some(LIMIT, HELD);
    await until(() => server.held.length === LIMIT, 'all are begun');
    await (
      await server.client(GET)
    ).closed;
    for (const response of server.held) response.end('late');
    await until(() => held.every(({ text }) => answersIn(text()) === 1), 'those are answered');
    await isServed();
  });

  it('the peer that has most of them loses one', async () => {
    const kept = await isServed('127.0.0.2');
    const silent = await some(LIMIT - 1, '');
    await some(3, '');
    await Promise.all(silent.slice(0, 3).map(({ closed }) => closed));
    kept.socket.write(GET);
    await until(() => answersIn(kept.text()) === 2, 'the older connection is answered again');
  });

  it(inConformance('two thousand silent connections keep nobody out'), async function () {
    this.timeout(60_000);
    await server.stop();
    server = await start({});
    const silent = await some(DEFAULT_LIMITS.maxConnections + 100, '');
    await isServed();
    const closed = silent.filter(({ socket }) => socket.destroyed).length;
    assert.ok(closed >= 100, String(closed));
  });
});

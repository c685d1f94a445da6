import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { JoinedMessage } from '../../../../src/foundation/http/joined-body.ts';

const HEAD = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';

describe('the pieces of a body', () => {
  let server: Server;
  let client: Socket;
  let sizes: number[];

  beforeEach(async () => {
    sizes = [];
    server = createServer({ IncomingMessage: JoinedMessage }, (request, response) => {
      request.on('data', (piece: Buffer) => sizes.push(piece.length));
      request.on('end', () => response.end());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    // A TCP server's address is an AddressInfo; only a pipe's is a string.
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  /** What the client is answered; undefined when its connection is closed instead. */
  async function send(body: string): Promise<string | undefined> {
    client.write(HEAD);
    client.write(body);
    return new Promise((resolve) => {
      client.once('data', (data) => resolve(String(data)));
      client.once('close', () => resolve(undefined));
    });
  }

  it('are joined when the client sends it in chunks of one octet', async () => {
    const answer = await send(
      `${'1\r\na\r\n'.repeat(4000)}800\r\n${'b'.repeat(2048)}\r\n1\r\nc\r\n0\r\n\r\n`,
    );
    assert.match(answer ?? '', /^HTTP\/1\.1 200/);
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      4000 + 2048 + 1,
    );
    assert.ok(sizes.length < 100, `${sizes.length} pieces`);
  });

  it('may be small by turns: a line, and its end in a chunk of its own', async () => {
    const line = '{"user": {"userName": "ana.b"}}';
    const answer = await send(
      `${`${line.length.toString(16)}\r\n${line}\r\n1\r\n\n\r\n`.repeat(5000)}0\r\n\r\n`,
    );
    assert.match(answer ?? '', /^HTTP\/1\.1 200/);
  });

  it('end the connection of a client that sends nothing but crumbs (attack)', async () => {
    assert.equal(await send('1\r\na\r\n'.repeat(20_000)), undefined);
    assert.ok(sizes.length < 100, `${sizes.length} pieces`);
  });
});

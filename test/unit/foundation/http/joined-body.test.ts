import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { JoinedMessage } from '../../../../src/foundation/http/joined-body.ts';

describe('the pieces of a body', () => {
  it('are joined when the client sends it in chunks of one octet', async () => {
    const sizes: number[] = [];
    const server = createServer({ IncomingMessage: JoinedMessage }, (request, response) => {
      request.on('data', (piece: Buffer) => sizes.push(piece.length));
      request.on('end', () => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is an AddressInfo; only a pipe's is a string.
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    try {
      client.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
      client.write(`${'1\r\na\r\n'.repeat(20_000)}800\r\n${'b'.repeat(2048)}\r\n1\r\nc\r\n0\r\n\r\n`);
      const answer = await new Promise((resolve) => client.once('data', resolve));
      assert.match(String(answer), /^HTTP\/1\.1 200/);
    } finally {
      client.destroy();
      server.close();
    }
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      20_000 + 2048 + 1,
    );
    assert.ok(sizes.length < 100, `${sizes.length} pieces`);
  });
});

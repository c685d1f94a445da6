import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { readMetadata } from '../../../src/cli/read-metadata.ts';

const XML = '<?xml version="1.0"?><a/>';

/** Reads what a server answers, by its address. */
async function readFrom(answer: RequestListener, timeoutMs = 10_000): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // the address of a TCP server
  try {
    return await readMetadata(`http://127.0.0.1:${port}/`, { timeoutMs });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const redirect =
  (location: string): RequestListener =>
  (request, response) =>
    request.url === '/' ? response.writeHead(302, { location }).end() : response.end(XML);

describe('reading metadata from an address', () => {
  it('follows a redirect by http', async () => {
    assert.equal(await readFrom(redirect('/metadata')), XML);
  });

  for (const [what, answer, says] of [
    ['a redirect to another scheme (attack)', redirect('file:///etc/passwd'), /another scheme \(file:\)/],
    ['redirects without an end (attack)', redirect('/'), /redirects more than 5 times/],
    ['a redirect with a password', redirect('http://user:secret@127.0.0.1/'), /has a user or password in it/],
    ['another status', (_request, response) => response.writeHead(404).end(), /answered with status 404/],
    [
      'a body without an end (attack)',
      (_request, response) => {
        const chunk = Buffer.alloc(64 * 1024, 'a');
        const more = () => {
          while (response.write(chunk));
        };
        response.on('drain', more).on('error', () => undefined);
        more();
      },
      /has more than 2 MiB/,
    ],
    [
      'a small body that inflates (attack)',
      (_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(4 * 1024 * 1024))),
      /has more than 2 MiB/,
    ],
  ] as const satisfies readonly (readonly [string, RequestListener, RegExp])[]) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(readFrom(answer), says);
    });
  }

  it('gives up an answer that never comes (attack)', async () => {
    await assert.rejects(
      readFrom(() => undefined, 50),
      /can’t be fetched \(no answer in time\)/,
    );
  });

  it('refuses other schemes, addresses with a password, and files that are missing', async () => {
    for (const source of ['ftp://example.com/x', 'file:///etc/passwd'])
      await assert.rejects(readMetadata(source), /has another scheme: only files, http and https/);
    await assert.rejects(readMetadata('https://me:secret@example.com/'), {
      message:
        'The metadata can’t be read: the address has a user or password in it: save the metadata to a file first.',
    });
    await assert.rejects(readMetadata('missing.xml'), /missing\.xml does not exist\.$/);
    await assert.rejects(readMetadata('http://127.0.0.1:59999/'), /can’t be fetched \(connect ECONNREFUSED/);
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Koa from 'koa';
import { assetSources } from '../../../src/foundation/http/asset-sources.ts';
import { createAssets } from '../../../src/foundation/http/assets.ts';
import { iconSprite } from '../../../scripts/page-assets.mjs';
import { ICON_NAMES } from '../../../views/icons.ts';

const css = `body{color:#123456}${'/* filler */'.repeat(200)}`;
const files: Record<string, string> = {
  'theme.css': css,
  'page.js': 'void 0',
  'favicon.ico': 'an icon'.repeat(200),
  'apple-touch-icon.png': 'a picture',
};

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

describe('assets', () => {
  let server: Server;
  const reads: string[] = [];
  const assets = createAssets((name) => {
    reads.push(name);
    const text = files[name];
    return text === undefined ? undefined : Buffer.from(text);
  });

  before(async () => {
    const app = new Koa();
    app.use(assets.middleware);
    app.use((ctx) => {
      ctx.body = 'next';
    });
    server = createServer((incoming, outgoing) => void app.callback()(incoming, outgoing)).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    // A server that listens on a host has an address with a port.
    const { port } = server.address() as AddressInfo;
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }).end();
    // `response` carries exactly one IncomingMessage.
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    // Chunks are Buffers because no encoding is set.
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
  }

  it('have addresses that change with their contents', () => {
    assert.match(assets.url('theme.css'), /^\/assets\/theme\.[0-9a-f]{12}\.css$/);
    assert.equal(assets.url('theme.css'), assets.url('theme.css'));
    const other = createAssets(() => Buffer.from('other'));
    assert.notEqual(other.url('theme.css'), assets.url('theme.css'));
    assert.throws(() => assets.url('missing.js'), /missing\.js/);
  });

  it('may be cached for good and are served with their type', async () => {
    const { status, headers, body } = await get(assets.url('theme.css'));
    assert.equal(status, 200);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(headers['content-type'], 'text/css; charset=utf-8');
    assert.equal(headers.vary, 'Accept-Encoding');
    assert.equal(body.toString(), css);
    assert.equal(
      (await get(assets.url('page.js'))).headers['content-type'],
      'text/javascript; charset=utf-8',
    );
  });

  it('are compressed if the browser accepts it, except small ones', async () => {
    const br = await get(assets.url('theme.css'), { 'accept-encoding': 'gzip, deflate, br' });
    assert.equal(br.headers['content-encoding'], 'br');
    assert.equal(brotliDecompressSync(br.body).toString(), css);
    const gz = await get(assets.url('theme.css'), { 'accept-encoding': 'gzip' });
    assert.equal(gz.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(gz.body).toString(), css);
    assert.notEqual(gz.headers.etag, br.headers.etag);
    const small = await get(assets.url('page.js'), { 'accept-encoding': 'br' });
    assert.equal(small.headers['content-encoding'], undefined);
  });

  it('answer 304 to a browser that has them, and HEAD without a body', async () => {
    const { headers } = await get(assets.url('theme.css'));
    const again = await get(assets.url('theme.css'), { 'if-none-match': String(headers.etag) });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    const head = await get(assets.url('theme.css'), {}, 'HEAD');
    assert.equal(head.status, 200);
    assert.equal(head.headers['content-length'], String(css.length));
  });

  it('include the icons at the paths where browsers look for them, for a day and never compressed', async () => {
    const accepting = { 'accept-encoding': 'gzip, deflate, br' };
    for (const [name, type] of [
      ['favicon.ico', 'image/x-icon'],
      ['apple-touch-icon.png', 'image/png'],
    ] as const) {
      const wellKnown = await get(`/${name}`, accepting);
      assert.equal(wellKnown.body.toString(), files[name]);
      assert.equal(wellKnown.headers['content-type'], type);
      assert.equal(wellKnown.headers['content-encoding'], undefined);
      assert.equal(wellKnown.headers['cache-control'], 'public, max-age=86400');
      const again = await get(`/${name}`, { 'if-none-match': String(wellKnown.headers.etag) });
      assert.equal(again.status, 304);
      const linked = await get(assets.url(name));
      assert.equal(linked.headers['cache-control'], 'public, max-age=31536000, immutable');
    }
    assert.equal((await get('/favicon.ico', {}, 'POST')).body.toString(), 'next');
  });

  it('are read once', async () => {
    await get(assets.url('theme.css'));
    await get(assets.url('theme.css'));
    assert.equal(reads.filter((name) => name === 'theme.css').length, 1);
  });

  it('are 404 and never cached under an older hash or an unknown name', async () => {
    for (const path of [
      '/assets/theme.000000000000.css',
      '/assets/nothing.000000000000.css',
      '/assets/theme.css',
      '/assets/',
    ]) {
      const { status, headers } = await get(path);
      assert.equal(status, 404, path);
      assert.equal(headers['cache-control'], 'no-store');
    }
  });

  it('are 404 for a path out of the folder, and nothing is read (attack)', async () => {
    const before = reads.length;
    for (const path of [
      '/assets/../package.json',
      '/assets/..%2fpackage.000000000000.json',
      '/assets/%2e%2e/x.000000000000.css',
    ]) {
      assert.equal((await get(path)).status, 404, path);
    }
    assert.equal(reads.length, before);
  });

  it('leave other addresses and methods to other routes', async () => {
    assert.equal((await get('/other')).body.toString(), 'next');
    assert.equal((await get(assets.url('theme.css'), {}, 'POST')).body.toString(), 'next');
  });
});

describe('the sources of assets', () => {
  const read = assetSources();

  it('include our files and those of the packages', () => {
    assert.match(String(read('theme.css')), /light-dark/);
    assert.match(String(read('favicon.svg')), /^<svg/);
    // An icon file with three pictures, and a PNG of 180 pixels.
    assert.equal(read('favicon.ico')?.readUIntLE(2, 4), 0x3_0001);
    assert.match(String(read('apple-touch-icon.png')?.toString('latin1', 1, 4)), /^PNG$/);
    assert.deepEqual(
      [16, 20].map((at) => read('apple-touch-icon.png')?.readUInt32BE(at)),
      [180, 180],
    );
    assert.match(String(read('tabler.css')), /Tabler v1/);
    assert.ok(!String(read('tabler.css')).includes('sourceMappingURL'));
  });

  it('make a style sheet of its parts, each once, in the order of their names', () => {
    const theme = String(read('theme.css'));
    const firstRules = [
      ':root {',
      '.v-state {',
      '.v-look-sample {',
      '.v-panel {',
      '@media (max-width: 63.99rem)',
    ];
    const places = firstRules.map((rule) => theme.indexOf(`\n${rule}`));
    assert.ok(!places.includes(-1), String(places));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.equal(theme.split('/* --- Frame').length, 2);
  });

  it('make one sprite of every icon that pages use', () => {
    const sprite = String(read('icons.svg'));
    for (const name of ICON_NAMES)
      assert.match(sprite, new RegExp(`<symbol id="${name}" viewBox="0 0 24 24"><(path|circle)`));
    assert.ok(!sprite.includes('M0 0h24v24H0z'));
  });

  it('are the same in a clone that was only started, which has no package of icons', async () => {
    const kept = readFileSync(join(import.meta.dirname, '../../../views/icons.svg'), 'utf8');
    assert.equal(kept, await iconSprite(), 'write views/icons.svg anew: node scripts/page-assets.mjs');
  });

  it('exclude names that lead out of the folder (attack)', () => {
    for (const name of [
      '../assets/theme.css',
      '../../package.json',
      '..%2fx.css',
      '/etc/passwd',
      'a/b.css',
      'theme.css/../x.css',
      'tsconfig.json',
    ]) {
      assert.equal(read(name), undefined);
    }
  });
});

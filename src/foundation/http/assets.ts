import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context, Middleware, Next } from 'koa';
import { assetSources } from './asset-sources.ts';

const YEAR_SECONDS = 31_536_000;
const DAY_SECONDS = 86_400;
/** Below this, compressing costs more than it saves. */
const COMPRESS_FROM_BYTES = 1024;
const ADDRESS = /^\/assets\/([a-z-]+)\.([0-9a-f]{12})\.([a-z]+)$/;

/** Paths at which browsers and phones look for an icon by themselves, also while they show a page of another program. */
const WELL_KNOWN: ReadonlyMap<string, string> = new Map(
  ['favicon.ico', 'apple-touch-icon.png'].map((name) => [`/${name}`, name]),
);

type Encoding = 'identity' | 'gzip' | 'br';

interface Asset {
  hash: string;
  body: Buffer;
  type: string;
  /** Compressed forms, each made on its first use. */
  encoded: Map<Encoding, Promise<Buffer>>;
}

export interface Assets {
  /** The URL path of an asset: `theme.css` → `/assets/theme.<hash>.css`. Throws when no asset has this name. */
  url: (name: string) => string;
  /**
   * Answers GET and HEAD below `/assets/`, with 404 for an unknown asset, and for the site's icons at their well-known
   * paths; passes every other request on.
   */
  middleware: Middleware;
}

/** Reads an asset by its plain name; tests pass their own. */
export type ReadAsset = (name: string) => Buffer | undefined;

/**
 * Serves our style sheets, scripts and icons under paths that contain a hash of the contents, so that browsers may
 * cache them for ever (RFC 8246). Each file is read once, on its first use; nothing is read at start.
 */
export function createAssets(read: ReadAsset = assetSources()): Assets {
  const known = new Map<string, Asset>();

  const load = (name: string): Asset | undefined => {
    const held = known.get(name);
    if (held !== undefined) return held;
    const type = typeOf(name);
    const body = type === undefined ? undefined : read(name);
    if (type === undefined || body === undefined) return undefined;
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
    const asset: Asset = { hash, body, type, encoded: new Map() };
    known.set(name, asset);
    return asset;
  };

  return {
    url(name) {
      const asset = load(name);
      if (asset === undefined)
        throw new Error(`There is no asset ${name}; some are made by \`node scripts/build.mjs\``);
      const dot = name.lastIndexOf('.');
      return `/assets/${name.slice(0, dot)}.${asset.hash}${name.slice(dot)}`;
    },
    async middleware(ctx: Context, next: Next) {
      const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
      const iconName = isRead ? WELL_KNOWN.get(ctx.path) : undefined;
      const icon = iconName === undefined ? undefined : load(iconName);
      // A path without a hash may have other contents tomorrow.
      if (icon !== undefined) return send(ctx, icon, `public, max-age=${DAY_SECONDS}`);
      if (!ctx.path.startsWith('/assets/') || !isRead) {
        await next();
        return;
      }
      const [, base = '', hash, extension = ''] = ADDRESS.exec(ctx.path) ?? [];
      const asset = hash === undefined ? undefined : load(`${base}.${extension}`);
      // Another hash names other contents: answering with this file would put it into caches under the wrong path for
      // a year.
      if (asset === undefined || asset.hash !== hash) notFound(ctx);
      else await send(ctx, asset, `public, max-age=${YEAR_SECONDS}, immutable`);
    },
  };
}

function notFound(ctx: Context): void {
  ctx.status = 404;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = 'There is no such asset.\n';
}

async function send(ctx: Context, asset: Asset, caching: string): Promise<void> {
  const encoding = chooseEncoding(ctx, asset);
  ctx.status = 200;
  ctx.type = asset.type;
  ctx.vary('Accept-Encoding');
  ctx.set('Cache-Control', caching);
  // Each encoding has its own tag, because the octets differ (RFC 9110 §8.8.3.3).
  ctx.etag = encoding === 'identity' ? asset.hash : `${asset.hash}-${encoding}`;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
  ctx.body = await encodedAs(asset, encoding);
}

function chooseEncoding(ctx: Context, asset: Asset): Encoding {
  // Only texts have a character set; the pictures are compressed already.
  if (asset.body.length < COMPRESS_FROM_BYTES || !asset.type.includes('charset')) return 'identity';
  // Brotli is asked for first: browsers list gzip before it, but Brotli is a quarter smaller.
  if (ctx.acceptsEncodings('br') === 'br') return 'br';
  return ctx.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : 'identity';
}

function encodedAs(asset: Asset, encoding: Encoding): Promise<Buffer> {
  const held = asset.encoded.get(encoding);
  if (held !== undefined) return held;
  const made = compress(asset.body, encoding);
  asset.encoded.set(encoding, made);
  return made;
}

function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case 'identity':
      return Promise.resolve(body);
    case 'gzip':
      return promisify(gzip)(body);
    case 'br':
      // The default quality 11 takes over a second for Tabler's style sheet; 5 takes 20 ms and is still smaller than
      // gzip.
      return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  }
}

function typeOf(name: string): string | undefined {
  if (name.endsWith('.css')) return 'text/css; charset=utf-8';
  if (name.endsWith('.js')) return 'text/javascript; charset=utf-8';
  if (name.endsWith('.svg')) return 'image/svg+xml; charset=utf-8';
  if (name.endsWith('.ico')) return 'image/x-icon';
  if (name.endsWith('.png')) return 'image/png';
  return undefined;
}

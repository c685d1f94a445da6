import Koa from 'koa';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAssets } from '../../../src/foundation/http/assets.ts';
import type { RequestState } from '../../../src/foundation/http/context.ts';
import { renderPage } from '../../../src/foundation/http/render.ts';
import { requestId } from '../../../src/foundation/http/request-id.ts';
import { securityHeaders, sendPage } from '../../../src/foundation/http/security-headers.ts';
import { randomIds } from '../../../src/foundation/platform/ids.ts';
import { createLogger } from '../../../src/foundation/platform/logger.ts';
import { pageSamples } from './page-samples.ts';
import { developerPages } from './samples/developers.tsx';

/** Serves every page of `pageSamples` and `developerPages` at `/{its name}`, with the assets and headers of the real server. */
export interface PageServer {
  origin: string;
  stop(): Promise<void>;
}

const samples = { ...pageSamples, ...developerPages };

export async function startPageServer(): Promise<PageServer> {
  const assets = createAssets();
  const koa = new Koa<RequestState>();
  koa.use(requestId({ ids: randomIds, log: await createLogger({ level: 'silent', pretty: false }) }));
  for (const middleware of securityHeaders(new URL('http://localhost'), 'off')) koa.use(middleware);
  koa.use(assets.middleware);
  koa.use((ctx) => {
    const sample = samples[ctx.path.slice(1)];
    if (!sample) {
      // Browsers request an icon on their own.
      ctx.status = 204;
      return;
    }
    const { nonce } = ctx.state;
    const page = { nonce, assets: assets.url, instanceName: 'Example Corp' };
    const html = renderPage(sample(page));
    sendPage(ctx, html, html.includes('<iframe') ? { formAction: 'self', frames: 'self' } : undefined);
  });
  const handle = koa.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A TCP server's address is an object.
  return {
    origin: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

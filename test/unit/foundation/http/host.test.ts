import assert from 'node:assert/strict';
import Koa from 'koa';
import type { RequestState } from '../../../../src/foundation/http/context.ts';
import { errorHandler } from '../../../../src/foundation/http/error-handler.ts';
import { checkHost } from '../../../../src/foundation/http/host.ts';
import { listen, type Listener } from '../../../../src/foundation/http/listener.ts';
import { Browserless } from '../../../support/servers/browserless.ts';

/** Answers `reached` to what checkHost lets through. */
async function listenFor(publicUrl: () => URL, trustProxy = false): Promise<Listener> {
  const koa = new Koa<RequestState>();
  koa.use(errorHandler({ renderPage: (ctx, error) => (ctx.body = error.publicMessage) }));
  koa.use(async (ctx, next) => {
    await checkHost(publicUrl(), trustProxy)(ctx, next);
  });
  koa.use((ctx) => {
    ctx.set('X-Seen-Cookie', ctx.get('cookie') || 'none');
    ctx.body = 'reached';
  });
  const listener = await listen(['127.0.0.1'], 0);
  listener.serve(koa.callback());
  return listener;
}

describe('the Host header', () => {
  let listener: Listener;
  let port: number;
  before(async () => {
    let publicUrl = new URL('http://localhost');
    listener = await listenFor(() => publicUrl);
    port = listener.port;
    publicUrl = new URL(`http://localhost:${port}`);
  });
  after(() => listener.close(0));

  const ask = (host: string, path = '/d-0123456789/start?x=1') =>
    new Browserless(new URL(`http://localhost:${port}`)).get(path, { headers: { host } });

  it('is accepted when it is ours', async () => {
    assert.equal((await ask(`localhost:${port}`)).body, 'reached');
    assert.equal((await ask(`LOCALHOST:${port}`)).body, 'reached');
  });

  it('is redirected from a loopback address to the public URL with method and query kept', async () => {
    for (const host of [`127.0.0.1:${port}`, `[::1]:${port}`]) {
      const answer = await ask(host);
      assert.equal(answer.status, 307);
      assert.equal(answer.headers.get('location'), `http://localhost:${port}/d-0123456789/start?x=1`);
    }
  });

  it('never redirects elsewhere, whatever the path looks like (open redirect)', async () => {
    for (const path of ['//evil.example/x', '/\\evil.example', '/%2F/evil.example', '///evil.example']) {
      const answer = await ask(`127.0.0.1:${port}`, path);
      const to = answer.headers.get('location');
      if (to !== undefined) assert.equal(new URL(to).host, `localhost:${port}`, path);
    }
  });

  it('is refused when it has another name (DNS rebinding, poisoned links)', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `localhost.evil.example:${port}`,
      'localhost',
      `127.0.0.1.nip.io:${port}`,
    ]) {
      const answer = await ask(host);
      assert.equal(host === 'localhost' ? 307 : 400, answer.status, host);
    }
  });

  it('doesn’t matter for health checks and programs, which know us by other names', async () => {
    for (const host of [`127.0.0.1:${port}`, '10.1.2.3:8080', 'vestibule.tests.svc', 'evil.example'])
      for (const path of ['/healthz', '/readyz', '/metrics', '/api/v1/organizations'])
        assert.equal((await ask(host, path)).body, 'reached', `${path} at ${host}`);
  });

  it('doesn’t matter for metadata and certificates, which are read without cookies', async () => {
    for (const host of [`localhost:${port}`, 'vestibule:8080', '172.17.0.2:8080'])
      for (const path of [
        '/d-0123456789/saml/metadata/ins-0123456789abcdef',
        '/demo/saml/certificate/ins-0123456789abcdef',
        '/samples/notes/d-0123456789/metadata',
      ]) {
        const answer = await new Browserless(new URL(`http://localhost:${port}`)).get(path, {
          headers: { host, cookie: 'vestibule-d-0123456789-browser=x' },
        });
        assert.equal(answer.body, 'reached', `${path} at ${host}`);
        assert.equal(answer.headers.get('x-seen-cookie'), 'none', `${path} at ${host}`);
      }
  });

  it('matters for every path that only resembles theirs (DNS rebinding)', async () => {
    for (const path of [
      ...['/', '/api', '/api/start', '/api/v1', '/api/v10/x', '/apis/v1/x', '//api/v1/x', '/API/V1/x'],
      ...[
        '/demo/saml/metadata',
        '/demo/saml/metadata/',
        '/demo/saml/metadata/x/y',
        '/x/demo/saml/metadata/x',
      ],
      ...[
        '/demo/saml/continue/x',
        '/demo/saml/assertion/x',
        '/samples/notes/demo',
        '/samples/notes/demo/acs',
      ],
      ...['/healthz/x', '/healthzz', '/metrics/start', '/demo/start?/healthz', '/demo/healthz'],
    ])
      assert.equal((await ask('evil.example', path)).status, 400, path);
  });
});

describe('the Host header behind a proxy', () => {
  let listener: Listener;
  before(async () => {
    listener = await listenFor(() => new URL('https://sso.example.com'), true);
  });
  after(() => listener.close(0));

  const reached = async (headers: Record<string, string>) =>
    (await new Browserless(new URL(`http://localhost:${listener.port}`)).get('/demo/start', { headers }))
      .status === 200;

  it('may have the default port, which names the same origin (RFC 9110 §4.2.3)', async () => {
    assert.ok(await reached({ host: 'sso.example.com:443' }));
    assert.ok(await reached({ host: 'vestibule:8080', 'x-forwarded-host': 'SSO.example.com:443' }));
    for (const host of ['sso.example.com:80', 'sso.example.com:0443', 'sso.example.com:', 'sso.example.com.'])
      assert.ok(!(await reached({ host })), host);
  });

  it('is replaced by the last X-Forwarded-Host, since a page can send the first (DNS rebinding)', async () => {
    const host = 'vestibule:8080';
    assert.ok(await reached({ host, 'x-forwarded-host': 'evil.example, sso.example.com' }));
    assert.ok(!(await reached({ host, 'x-forwarded-host': 'sso.example.com, evil.example' })));
    assert.ok(!(await reached({ host: 'sso.example.com', 'x-forwarded-host': 'evil.example' })));
  });

  it('has no user before it', async () => {
    assert.ok(!(await reached({ host: 'evil.example@sso.example.com' })));
    assert.ok(!(await reached({ host: 'sso.example.com@evil.example' })));
  });
});

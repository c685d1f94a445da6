import assert from 'node:assert/strict';
import { formOf, type Browserless } from '../../../support/servers/browserless.ts';
import { sendChecked } from '../../../support/mutation/mutation-run.ts';
import type { RawAnswer, RawRequest } from '../../../support/servers/raw-http.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import { targetOf } from '../../../support/saml/single-sign-on.ts';

const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;

/** The only forms that other sites send us: SAML messages, which prove themselves or ask for nothing but a sign-in. */
const FROM_ELSEWHERE = ['/:instance/saml/assertion/:application', '/samples/:sample/:directory/acs'];

/** What the forms of ours need beside their token: one that needs more has to be written down here. */
const FIELDS = { username: 'ana@example.com', password: 'correct-Horse-7' };

describe('what every address must keep, tried on each that there is', () => {
  let server: TestServer;
  let browser: Browserless;
  let values: Record<string, string>;
  let token: string;
  let all: Awaited<ReturnType<TestServer['app']['routes']>>;

  before(async function () {
    this.timeout(30_000); // the keys of a first run
    server = await startServer();
    all = await server.app.routes();
    browser = server.browser();
    const identify = await browser.get('/demo/start', { followRedirects: true });
    const { action } = formOf(identify, '/identify');
    // In another tab, so that this sign-in stays open.
    const portal = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    token = formOf(portal, '/signout').fields['csrf'] ?? assert.fail('no token');
    values = {
      instance: server.instance.directoryId,
      directory: server.instance.directoryId,
      signIn: action.split('/')[3] ?? assert.fail(action),
      application: (await targetOf(server, 'wiki')).id,
      ...{ sample: 'notes', pending: 'x', organization: 'default' },
    };
  });
  after(() => server.stop());

  /** An address of this kind, with names that there are where the test knows some. */
  const fill = (path: string) => path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'x');
  const cookie = () => ['Cookie', [...browser.cookies].map((pair) => pair.join('=')).join('; ')] as const;
  const send = (
    path: string,
    { headers = [], ...request }: Omit<RawRequest, 'target'> = {},
  ): Promise<RawAnswer> =>
    sendChecked(server, { target: fill(path), headers: [cookie(), ...headers], ...request });
  const postForm = (path: string, fields: Record<string, string>, headers: RawRequest['headers'] = []) =>
    send(path, { method: 'POST', headers: [FORM, ...headers], body: new URLSearchParams(fields).toString() });

  const routes = (...methods: string[]) =>
    all.filter(({ method, path }) => methods.includes(method) && !path.startsWith('/api/v1'));
  const changing = () => routes('POST', 'PUT', 'PATCH', 'DELETE');
  const ourForms = () =>
    changing()
      .map(({ path }) => path)
      .filter((path) => !FROM_ELSEWHERE.includes(path));

  it('there are such addresses, and all of them are known to these tests', () => {
    assert.ok(routes('GET').length >= 14);
    assert.ok(ourForms().length >= 6);
    for (const path of FROM_ELSEWHERE)
      assert.ok(
        changing().some((route) => route.path === path),
        path,
      );
    for (const { method } of changing()) assert.equal(method, 'POST');
  });

  it('CSRF: a form with a forged token, of another browser, or from another site is refused', async () => {
    const other = server.browser();
    const foreign = formOf(await other.get('/demo/start', { followRedirects: true })).fields['csrf'] ?? '';
    for (const path of ourForms()) {
      for (const csrf of ['forged', foreign, '']) {
        const answer = await postForm(path, { ...FIELDS, csrf }, [['Sec-Fetch-Site', 'same-origin']]);
        assert.equal(answer.status, 403, `${path}: ${answer.body.slice(0, 300)}`);
      }
      for (const site of ['cross-site', 'same-site']) {
        const answer = await postForm(path, { ...FIELDS, csrf: token }, [['Sec-Fetch-Site', site]]);
        assert.equal(answer.status, 403, path);
      }
      const without = await postForm(path, FIELDS);
      assert.equal(without.status, 400, path);
    }
  });

  it('CSRF: what other sites may send changes nothing for who is signed in', async () => {
    const before = await server.db.read.selectFrom('sessions').selectAll().execute();
    for (const path of FROM_ELSEWHERE) {
      const answer = await postForm(path, { SAMLRequest: 'x', SAMLResponse: 'x' }, [
        ['Sec-Fetch-Site', 'cross-site'],
      ]);
      assert.ok(answer.status === 400 || answer.status === 200, path);
      assert.equal(answer.headers.get('set-cookie'), undefined, path);
    }
    assert.deepEqual(await server.db.read.selectFrom('sessions').selectAll().execute(), before);
  });

  it('content types: a form of ours is a form, never JSON, text or parts', async () => {
    const json = JSON.stringify({ ...FIELDS, csrf: token });
    for (const path of ourForms()) {
      for (const type of [
        'application/json',
        'text/plain',
        'multipart/form-data; boundary=x',
        'application/csp-report',
        '',
      ]) {
        const answer = await send(path, { method: 'POST', headers: [['Content-Type', type]], body: json });
        assert.equal(answer.status, 400, `${path} ${type}`);
      }
    }
  });

  it('body limits: a form of more than its limit is 413, before anything else is looked at', async () => {
    for (const { path } of changing()) {
      const limit = path.endsWith('/acs') ? 1024 * 1024 : 64 * 1024;
      const answer = await send(path, { method: 'POST', headers: [FORM], body: `csrf=${'a'.repeat(limit)}` });
      assert.equal(answer.status, 413, path);
    }
  });

  it('cache headers: nothing but assets is kept, whoever asks and whatever the answer', async () => {
    for (const { path } of routes('GET')) {
      for (const headers of [[cookie()], []]) {
        const answer = await sendChecked(server, { target: fill(path), headers });
        assert.equal(answer.headers.get('cache-control'), 'no-store', path);
      }
    }
    const missing = await send('/assets/theme.000000000000.css');
    assert.deepEqual([missing.status, missing.headers.get('cache-control')], [404, 'no-store']);
    const [asset = ''] = /\/assets\/[^"]+\.css/.exec((await send('/:instance/start')).body) ?? [];
    assert.match((await send(asset)).headers.get('cache-control') ?? '', /immutable/);
  });

  it('compression: nothing with a secret in it is compressed (BREACH)', async () => {
    const accept = [['Accept-Encoding', 'gzip, deflate, br']] as const;
    for (const { path } of routes('GET')) {
      const answer = await send(path, { headers: accept });
      assert.equal(answer.headers.get('content-encoding'), undefined, path);
    }
  });

  it('framing, sniffing, script: every page has the whole policy', async () => {
    for (const { path } of routes('GET')) {
      const { status, headers, body } = await send(path);
      if (status < 400 && status !== 200) continue; // nobody sees a redirect
      if (!/^text\/html/.test(headers.get('content-type') ?? '')) continue;
      const policy = headers.get('content-security-policy') ?? '';
      const [, nonce] = /script-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy) ?? [];
      assert.ok(nonce !== undefined, path);
      assert.match(policy, /base-uri 'none'/);
      // Only the page that carries a response away may send its form anywhere.
      assert.equal(policy.includes("form-action 'self'"), !body.includes('data-deliver'), path);
      for (const [script] of body.matchAll(/<script[^>]*>/g))
        assert.ok(/ src="\/assets\/| nonce="/.test(script), script);
      assert.doesNotMatch(body, /\son\w+="|javascript:|\sstyle="/i, path);
    }
  });

  it('methods: TRACE and what nobody knows are 405 with Allow, OPTIONS lets no other site in, HEAD is bare', async () => {
    for (const path of new Set(all.map((route) => route.path))) {
      for (const method of ['TRACE', 'PROPFIND', 'SEARCH']) {
        const answer = await send(path, { method, headers: [['X-Secret', 'x']] });
        assert.equal(answer.status, 405, path);
        assert.match(answer.headers.get('allow') ?? '', /GET|POST|PUT|DELETE/, path);
        assert.doesNotMatch(answer.body, /X-Secret/);
      }
      const options = await send(path, {
        method: 'OPTIONS',
        headers: [
          ['Origin', 'https://evil.example'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
      });
      assert.equal(options.status, 204, path);
      for (const [name] of options.headers) assert.ok(!name.startsWith('access-control'), `${path}: ${name}`);
    }
    for (const { path } of routes('GET')) assert.equal((await send(path, { method: 'HEAD' })).body, '', path);
  });

  it('methods: no header or field turns one into another', async () => {
    const override = [
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Method-Override', 'DELETE'],
    ] as const;
    const group = '/api/v1/organizations/default';
    const answer = await send(`${group}?_method=DELETE`, {
      method: 'GET',
      headers: [['Authorization', `Bearer ${API_TOKEN}`], ...override],
    });
    assert.ok(answer.status === 200 || answer.status === 400);
    assert.equal((await send(group, { headers: [['Authorization', `Bearer ${API_TOKEN}`]] })).status, 200);
  });

  it('the API: every operation asks for the token, and no cookie, query or field stands for it', async () => {
    const operations = all.filter(({ path, method }) => path.startsWith('/api/v1/') && method !== 'HEAD');
    assert.ok(operations.length >= 25);
    for (const { method, path } of operations) {
      if (path.endsWith('/openapi.json')) continue; // a description, the same for everybody
      for (const headers of [
        [],
        [['Authorization', 'Bearer wrong']],
        [['Authorization', `Basic ${Buffer.from(`:${API_TOKEN}`).toString('base64')}`]],
        [
          ['Authorization', `Bearer ${API_TOKEN}`],
          ['Authorization', 'Bearer wrong'],
        ],
        [['Cookie', `token=${API_TOKEN}; Authorization=Bearer ${API_TOKEN}`]],
      ] as const) {
        const { status } = await send(`${path}?token=${API_TOKEN}&access_token=${API_TOKEN}`, {
          method,
          headers,
        });
        assert.equal(status, 401, `${method} ${path}`);
      }
    }
  });

  it('path tricks: no spelling leads out of a folder, or to a page under another name', async () => {
    const up = [
      '..',
      '%2e%2e',
      '%2E%2E',
      '.%2e',
      '%252e%252e',
      '..;',
      '%c0%ae%c0%ae',
      '%uff0e%uff0e',
      '...',
      '..%00',
      '..%20',
    ];
    const slash = ['/', '%2f', '%5c', '\\', '%252f', '//'];
    for (const dots of up) {
      for (const line of slash) {
        for (const start of ['/assets', '/demo', '/samples/notes', '']) {
          const target = `${start}${line}${`${dots}${line}`.repeat(4)}package.json`;
          const answer = await sendChecked(server, { target });
          assert.ok([400, 404].includes(answer.status), `${target}: ${answer.status}`);
          assert.doesNotMatch(answer.body, /"dependencies"|"name": "vestibule"/);
        }
      }
    }
    const [asset = ''] = /\/assets\/[^"]+\.css/.exec((await send('/:instance/start')).body) ?? [];
    for (const spelled of [
      `${asset}%00`,
      `${asset}.`,
      `${asset}/`,
      `${asset};a`,
      `/assets/./${asset.slice(8)}`,
      `/assets//${asset.slice(8)}`,
      asset.replace('/assets', '/Assets'),
      asset.replace('.css', '.CSS'),
      `/demo/..${asset}`,
      asset.replace('assets', 'asset%73'),
    ])
      assert.ok([400, 404].includes((await sendChecked(server, { target: spelled })).status), spelled);
    for (const spelled of [
      '/API/v1/organizations',
      '/Demo/Start',
      '/demo/START',
      '/demo/start%00',
      '/demo/start%2f',
      '/demo%2fstart',
    ])
      assert.ok([400, 404].includes((await send(spelled)).status), spelled);
  });

  it('open redirects: whatever stands in a query or field, we send nobody elsewhere', async () => {
    const evil = [
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'https:evil.example',
      `${server.publicUrl.origin}@evil.example`,
      ' //evil.example',
      '%2f%2fevil.example',
    ];
    for (const address of evil) {
      for (const { path } of routes('GET')) {
        const names = ['next', 'returnTo', 'redirect', 'redirect_uri', 'RelayState', 'continue', 'url', 'q'];
        const query = new URLSearchParams(names.map((name) => [name, address])).toString();
        const { headers } = await send(`${path}?${query}`);
        assert.ok(!(headers.get('location') ?? '').includes('evil'), `${path}: ${headers.get('location')}`);
      }
      for (const { path } of changing()) {
        const { headers } = await postForm(path, {
          ...FIELDS,
          csrf: 'x',
          next: address,
          RelayState: address,
          SAMLResponse: 'x',
          SAMLRequest: 'x',
        });
        assert.ok(!(headers.get('location') ?? '').includes('evil'), path);
      }
      const straight = await sendChecked(server, { target: encodeURI(address).replace(/^(?!\/)/, '/') });
      assert.ok(!(straight.headers.get('location') ?? '').includes('evil'), address);
    }
  });

  it('open redirects: addresses that would run something or go elsewhere are refused where they come in', async () => {
    const headers = [
      ['Content-Type', 'application/json'],
      ['Authorization', `Bearer ${API_TOKEN}`],
    ] as const;
    const good = {
      displayName: 'R',
      serviceProvider: { entityId: 'https://r.example.com', acsUrls: ['https://r.example.com/acs'] },
    };
    const post = (body: object) =>
      send('/api/v1/organizations/default/applications', {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
    for (const address of [
      'javascript:alert(1)',
      'JaVaScRiPt:x',
      'java\nscript:x',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      '//evil.example',
      'https:evil',
      'https://a:b@evil.example',
      'https://evil.example\\@r',
      'blob:https://x',
      ' ',
    ]) {
      const acs = { ...good, serviceProvider: { ...good.serviceProvider, acsUrls: [address] } };
      assert.equal((await post(acs)).status, 400, address);
      assert.equal((await post({ ...good, startUrl: address })).status, 400, address);
    }
  });

  it('cookies: another directory’s, doubled, many and malformed ones give nobody a session', async () => {
    const made = await send('/api/v1/organizations', {
      method: 'POST',
      headers: [
        ['Content-Type', 'application/json'],
        ['Authorization', `Bearer ${API_TOKEN}`],
      ],
      body: JSON.stringify({ name: 'Other Corp', managementAccountId: '444455556666' }),
    });
    const { directoryId } = JSON.parse(made.body) as { directoryId: string };
    const name = `vestibule-${server.instance.directoryId}-session`;
    const handle = browser.cookies.get(name) ?? assert.fail('no session');
    const ask = (cookies: string, at: string = server.instance.directoryId) =>
      sendChecked(server, { target: `/${at}/start`, headers: [['Cookie', cookies]] });
    assert.equal((await ask(`${name}=${handle}`)).status, 200, 'the real one is one');
    const signedOut = [
      await ask(`vestibule-${directoryId}-session=${handle}`, directoryId),
      await ask(`vestibule-${directoryId}-session=${handle}`),
      await ask(`${name}=${handle.slice(1)}`),
      await ask(`${name}=${handle}a`),
      await ask(`${name}=__proto__`),
      await ask(`${name}={"handle":"${handle}"}`),
      await ask(`${name}=${Buffer.from(JSON.stringify({ handle })).toString('base64')}`),
      await ask(`${name}=`),
      await ask(`${name.toUpperCase()}=${handle}`),
      await ask(`koa.sess=${handle}; koa.sid=${handle}`),
      await ask(`__proto__=${handle}; constructor=${handle}`),
      await ask(Array.from({ length: 800 }, (_, n) => `c${n}=${n}`).join('; ')),
    ];
    for (const [index, { status, headers }] of signedOut.entries()) {
      assert.equal(status, 302, String(index));
      assert.match(headers.get('location') ?? '', /\/signin\//);
    }
    // Which of two the browser meant can't be told: one of them is taken, and it must be good by itself.
    const doubled = await ask(`${name}=${'A'.repeat(43)}; ${name}=${handle}`);
    assert.equal(doubled.status, 302);
  });

  it('JSON: depth costs nothing, and keys that change objects are unknown keys', async () => {
    const headers = [
      ['Content-Type', 'application/json'],
      ['Authorization', `Bearer ${API_TOKEN}`],
    ] as const;
    const post = (body: string) =>
      send('/api/v1/organizations/default/groups', { method: 'POST', headers, body });
    for (const body of [
      '['.repeat(1_000_000),
      '{"a":'.repeat(300_000),
      `{"displayName":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
    ])
      assert.equal((await post(body)).status, 400);
    assert.equal((await post('{"displayName":"p","__proto__":{"description":"x"}}')).status, 400);
    assert.equal((await post('{"displayName":"p","constructor":{"prototype":{"x":1}}}')).status, 400);
    assert.equal(({} as { x?: unknown }).x, undefined);
  });
});

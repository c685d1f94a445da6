import assert from 'node:assert/strict';
import { sendChecked } from '../../../support/mutation/mutation-run.ts';
import { targetOf } from '../../../support/saml/single-sign-on.ts';
import {
  FIELDS,
  FROM_ELSEWHERE,
  startEveryRoute,
  type EveryRoute,
} from '../../../support/servers/every-route.ts';

const STEPS = '/:instance/signin/:signIn';

/** The other routes through which a sign-on leads. */
const SIGN_ON = [
  '/:instance/saml/continue/:pending',
  '/samples/:sample/:directory/signin',
  '/:instance/saml/rehearsal/:token',
  '/:instance/saml/rehearsals',
  '/:instance/saml/rehearsals/end',
  ...FROM_ELSEWHERE,
];

describe('headers of every route', () => {
  let every: EveryRoute;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    every = await startEveryRoute();
  });
  after(() => every.server.stop());

  it('cache headers: only assets are cached, for every user and every answer', async () => {
    for (const { path } of every.routes('GET')) {
      for (const headers of [[every.cookie()], []]) {
        const answer = await sendChecked(every.server, { target: every.fill(path), headers });
        assert.equal(answer.headers.get('cache-control'), 'no-store', path);
      }
    }
    const missing = await every.send('/assets/theme.000000000000.css');
    assert.deepEqual([missing.status, missing.headers.get('cache-control')], [404, 'no-store']);
    const [asset = ''] = /\/assets\/[^"]+\.css/.exec((await every.send('/:instance/start')).body) ?? [];
    assert.match((await every.send(asset)).headers.get('cache-control') ?? '', /immutable/);
  });

  it('compression: no answer with a secret is compressed (BREACH)', async () => {
    const accept = [['Accept-Encoding', 'gzip, deflate, br']] as const;
    for (const { path } of every.routes('GET')) {
      const answer = await every.send(path, { headers: accept });
      assert.equal(answer.headers.get('content-encoding'), undefined, path);
    }
  });

  it('framing, sniffing, scripts: every page has the whole policy', async () => {
    for (const { path } of every.routes('GET')) {
      const { status, headers, body } = await every.send(path);
      if (status < 400 && status !== 200) continue; // browsers don't show the body of a redirect
      if (!/^text\/html/.test(headers.get('content-type') ?? '')) continue;
      const policy = headers.get('content-security-policy') ?? '';
      const [, nonce] = /script-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy) ?? [];
      assert.ok(nonce !== undefined, path);
      assert.match(policy, /base-uri 'none'/);
      // Only the delivery page may send its form to other sites.
      assert.equal(policy.includes("form-action 'self'"), !body.includes('data-deliver'), path);
      for (const [script] of body.matchAll(/<script[^>]*>/g))
        assert.ok(/ src="\/assets\/| nonce="/.test(script), script);
      assert.doesNotMatch(body, /\son\w+="|javascript:|\sstyle="/i, path);
    }
  });

  it('opener: only what a sign-on in a popup passes through keeps its opener', async () => {
    const policies = new Map<string, number>();
    for (const { method, path } of every.routes('GET', 'POST')) {
      for (const fields of [{ csrf: every.token, ...FIELDS }, {}]) {
        const { status, headers } =
          method === 'GET' ? await every.send(path) : await every.postForm(path, fields);
        const isRedirect = status >= 300 && status < 400;
        // Many steps refuse a form that lacks a field before they know where the sign-in leads.
        if (path.startsWith(STEPS) && status === 400) continue;
        const keeps = isRedirect || SIGN_ON.includes(path);
        const policy = headers.get('cross-origin-opener-policy') ?? '';
        assert.equal(policy, keeps ? 'unsafe-none' : 'same-origin', `${method} ${path}: ${status}`);
        policies.set(policy, (policies.get(policy) ?? 0) + 1);
      }
    }
    assert.ok((policies.get('same-origin') ?? 0) >= 20 && (policies.get('unsafe-none') ?? 0) >= 20);
  });

  it('opener: every step of a sign-in that a service provider began keeps it', async () => {
    const wiki = await targetOf(every.server, 'wiki');
    // The browser has a session, which must not be enough.
    const begun = await every.send(wiki.redirect(wiki.request({ attributes: 'ForceAuthn="true"' })));
    const asked = await every.send(begun.headers.get('location') ?? '');
    const [, signIn = ''] = /\/signin\/([0-9a-f-]{36})$/.exec(asked.headers.get('location') ?? '') ?? [];
    const ofSteps = every.routes('GET', 'POST').filter(({ path }) => path.startsWith(STEPS));
    assert.ok(ofSteps.length > 10);
    for (const { method, path } of ofSteps) {
      const target = path.replace(':signIn', signIn);
      for (const fields of [
        {},
        { csrf: 'x'.repeat(43), ...FIELDS },
        { csrf: every.token, username: 'ana' },
      ]) {
        const { status, headers } =
          method === 'GET' ? await every.send(target) : await every.postForm(target, fields);
        assert.equal(
          headers.get('cross-origin-opener-policy'),
          'unsafe-none',
          `${method} ${path}: ${status}`,
        );
      }
    }
    const page = await every.send(STEPS.replace(':signIn', signIn));
    assert.equal(page.status, 200, 'the sign-in is still open');
    assert.match(page.body, /to continue to <strong><bdi[^>]*>Wiki</);
  });

  it('methods: TRACE and unknown methods get 405 with Allow, OPTIONS lets no other site in, HEAD has no body', async () => {
    for (const path of new Set(every.all.map((route) => route.path))) {
      for (const method of ['TRACE', 'PROPFIND', 'SEARCH']) {
        const answer = await every.send(path, { method, headers: [['X-Secret', 'x']] });
        assert.equal(answer.status, 405, path);
        assert.match(answer.headers.get('allow') ?? '', /GET|POST|PUT|DELETE/, path);
        assert.doesNotMatch(answer.body, /X-Secret/);
      }
      const options = await every.send(path, {
        method: 'OPTIONS',
        headers: [
          ['Origin', 'https://evil.example'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
      });
      assert.equal(options.status, 204, path);
      for (const [name] of options.headers) assert.ok(!name.startsWith('access-control'), `${path}: ${name}`);
    }
    for (const { path } of every.routes('GET'))
      assert.equal((await every.send(path, { method: 'HEAD' })).body, '', path);
  });
});

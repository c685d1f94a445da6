import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import {
  FORM,
  FROM_ELSEWHERE,
  FIELDS,
  startEveryRoute,
  type EveryRoute,
} from '../../../support/servers/every-route.ts';
import { formOf } from '../../../support/servers/browserless.ts';
import { API_TOKEN } from '../../../support/servers/server.ts';

/** The forms that take whole messages, mappings, certificates or files. None takes more than 4 MiB as text. */
const LARGE =
  /\/acs$|\/attribute-mappings|\/applications\/add\/|\/metadata$|\/certificates\/|\/imports|\/organization-file|\/classrooms\/(?:add|make)$/;
/** Refused without an operator's session, which the signed-in user has not: `sign-in-attacks.test.ts` has one. */
const OPERATORS = /^\/organizations\/(create$|classrooms\/|:organization\/)/;
/** A form without its token: the console says nothing about its other fields either. */
const statusWithoutToken = (path: string) => (/^\/:instance\/console\//.test(path) ? 403 : 400);

describe('attacks by forms and methods, tried on every route', function () {
  this.timeout(60_000); // hundreds of requests
  let every: EveryRoute;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    every = await startEveryRoute();
  });
  after(() => every.server.stop());

  it('there are enough routes, and these tests know all of them', () => {
    assert.ok(every.routes('GET').length >= 14);
    assert.ok(every.ourForms().length >= 6);
    for (const path of FROM_ELSEWHERE)
      assert.ok(
        every.changing().some((route) => route.path === path),
        path,
      );
    for (const { method } of every.changing()) assert.equal(method, 'POST');
  });

  it('CSRF: a form with a forged token, of another browser, or from another site is refused', async () => {
    const other = every.server.browser();
    const foreign = formOf(await other.get('/demo/start', { followRedirects: true })).fields['csrf'] ?? '';
    for (const path of every.ourForms().filter((each) => !OPERATORS.test(each))) {
      for (const csrf of ['forged', foreign, '']) {
        const answer = await every.postForm(path, { ...FIELDS, csrf }, [['Sec-Fetch-Site', 'same-origin']]);
        assert.equal(answer.status, 403, `${path}: ${answer.body.slice(0, 300)}`);
      }
      for (const site of ['cross-site', 'same-site']) {
        const answer = await every.postForm(path, { ...FIELDS, csrf: every.token }, [
          ['Sec-Fetch-Site', site],
        ]);
        assert.equal(answer.status, 403, path);
      }
      const without = await every.postForm(path, FIELDS);
      assert.equal(without.status, statusWithoutToken(path), path);
    }
  });

  it('CSRF: requests that other sites may send change nothing for a signed-in user', async () => {
    const before = await every.server.db.read.selectFrom('sessions').selectAll().execute();
    for (const path of FROM_ELSEWHERE) {
      const answer = await every.postForm(path, { SAMLRequest: 'x', SAMLResponse: 'x' }, [
        ['Sec-Fetch-Site', 'cross-site'],
      ]);
      assert.ok(answer.status === 400 || answer.status === 200, path);
      assert.equal(answer.headers.get('set-cookie'), undefined, path);
    }
    assert.deepEqual(await every.server.db.read.selectFrom('sessions').selectAll().execute(), before);
  });

  it('content types: our forms are accepted only as forms, never as JSON, text or multipart', async () => {
    const json = JSON.stringify({ ...FIELDS, csrf: every.token });
    for (const path of every.ourForms()) {
      for (const type of [
        'application/json',
        'text/plain',
        'multipart/form-data; boundary=x',
        'application/csp-report',
        '',
      ]) {
        const answer = await every.send(path, {
          method: 'POST',
          headers: [['Content-Type', type]],
          body: json,
        });
        // Forms with a file take multipart, but not this body, which is none.
        const isMalformed = type.startsWith('multipart') && answer.status === 400;
        assert.ok(isMalformed || answer.status === statusWithoutToken(path), `${path} ${type}`);
      }
    }
  });

  it('body limits: a form above its limit gets 413 before anything else is checked', async () => {
    for (const { path } of every.changing()) {
      const limit = LARGE.test(path) ? 4 * 1024 * 1024 : 64 * 1024;
      const answer = await every.send(path, {
        method: 'POST',
        headers: [FORM],
        body: `csrf=${'a'.repeat(limit)}`,
      });
      assert.equal(answer.status, 413, path);
    }
  });

  it('compressed bodies: refused on every route before they are inflated', async () => {
    const bearer = ['Authorization', `Bearer ${API_TOKEN}`] as const;
    // Twenty times the largest form: a server that inflated it would answer 413.
    const bomb = gzipSync(`csrf=${'a'.repeat(20 * 1024 * 1024)}`);
    const changing = every.all.filter(({ method }) => !['GET', 'HEAD'].includes(method));
    assert.ok(changing.some(({ path }) => path.startsWith('/api/v1/')));
    for (const { method, path } of changing) {
      const type = path.startsWith('/api/v1/') ? (['Content-Type', 'application/json'] as const) : FORM;
      const answer = await every.send(path, {
        ...{ method, body: bomb },
        headers: [bearer, type, ['Content-Encoding', 'gzip']],
      });
      assert.equal(answer.status, 415, `${method} ${path}: ${answer.body.slice(0, 300)}`);
      assert.equal(answer.headers.get('accept-encoding'), 'identity', path);
    }
    const identify = '/:instance/signin/:signIn/identify';
    for (const encoding of ['deflate', 'br', 'x-gzip', 'GZIP', 'identity, gzip']) {
      const answer = await every.postForm(identify, FIELDS, [['Content-Encoding', encoding]]);
      assert.equal(answer.status, 415, encoding);
    }
    const plain = await every.postForm(identify, FIELDS, [['Content-Encoding', 'identity']]);
    assert.equal(plain.status, 400); // only its token is missing
  });

  it('methods: no header or field turns one method into another', async () => {
    const override = [
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Method-Override', 'DELETE'],
    ] as const;
    const group = '/api/v1/organizations/default';
    const answer = await every.send(`${group}?_method=DELETE`, {
      method: 'GET',
      headers: [['Authorization', `Bearer ${API_TOKEN}`], ...override],
    });
    assert.ok(answer.status === 200 || answer.status === 400);
    assert.equal(
      (await every.send(group, { headers: [['Authorization', `Bearer ${API_TOKEN}`]] })).status,
      200,
    );
  });

  it('the API: every operation requires the token, and no cookie, query or field replaces it', async () => {
    const operations = every.all.filter(
      ({ path, method }) => path.startsWith('/api/v1/') && method !== 'HEAD',
    );
    assert.ok(operations.length >= 25);
    for (const { method, path } of operations) {
      if (path.endsWith('/openapi.json')) continue; // a description, the same for all callers
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
        const { status } = await every.send(`${path}?token=${API_TOKEN}&access_token=${API_TOKEN}`, {
          method,
          headers,
        });
        assert.equal(status, 401, `${method} ${path}`);
      }
    }
  });
});

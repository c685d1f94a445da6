import assert from 'node:assert/strict';
import { sendChecked } from '../../../support/mutation/mutation-run.ts';
import { FIELDS, startEveryRoute, type EveryRoute } from '../../../support/servers/every-route.ts';
import { API_TOKEN } from '../../../support/servers/server.ts';
import { itAtTwoDepths } from '../../../support/basics/depth.ts';

const PATHS = 'path tricks: no spelling leads out of a folder, or to a page under another name';
const REDIRECTS = 'open redirects: no query or field makes us send a browser elsewhere';

describe('attacks by addresses, cookies and JSON, tried on every route', () => {
  let every: EveryRoute;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    every = await startEveryRoute();
  });
  after(() => every.server.stop());

  // Tries one of `each` combinations; these numbers share no divisor with the numbers of dots and slashes.
  itAtTwoDepths(PATHS, { sample: 13, full: 1 }, async (_, each) => {
    let tried = 0;
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
          tried += 1;
          if (tried % each !== 0) continue;
          const target = `${start}${line}${`${dots}${line}`.repeat(4)}package.json`;
          const answer = await sendChecked(every.server, { target });
          assert.ok([400, 404].includes(answer.status), `${target}: ${answer.status}`);
          assert.doesNotMatch(answer.body, /"dependencies"|"name": "vestibule-idp"/);
        }
      }
    }
    const [asset = ''] = /\/assets\/[^"]+\.css/.exec((await every.send('/:instance/start')).body) ?? [];
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
      assert.ok([400, 404].includes((await sendChecked(every.server, { target: spelled })).status), spelled);
    for (const spelled of [
      '/API/v1/organizations',
      '/Demo/Start',
      '/demo/START',
      '/demo/start%00',
      '/demo/start%2f',
      '/demo%2fstart',
    ])
      assert.ok([400, 404].includes((await every.send(spelled)).status), spelled);
  });

  itAtTwoDepths(REDIRECTS, { sample: 3, full: 10 }, async (context, count) => {
    context.timeout(30_000);
    const evil = [
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'https:evil.example',
      `${every.server.publicUrl.origin}@evil.example`,
      ' //evil.example',
      '%2f%2fevil.example',
    ];
    for (const address of evil.slice(0, count)) {
      for (const { path } of every.routes('GET')) {
        const names = ['next', 'returnTo', 'redirect', 'redirect_uri', 'RelayState', 'continue', 'url', 'q'];
        const query = new URLSearchParams(names.map((name) => [name, address])).toString();
        const { headers } = await every.send(`${path}?${query}`);
        assert.ok(!(headers.get('location') ?? '').includes('evil'), `${path}: ${headers.get('location')}`);
      }
      for (const { path } of every.changing()) {
        const { headers } = await every.postForm(path, {
          ...FIELDS,
          csrf: 'x',
          next: address,
          RelayState: address,
          SAMLResponse: 'x',
          SAMLRequest: 'x',
        });
        assert.ok(!(headers.get('location') ?? '').includes('evil'), path);
      }
      const straight = await sendChecked(every.server, {
        target: encodeURI(address).replace(/^(?!\/)/, '/'),
      });
      assert.ok(!(straight.headers.get('location') ?? '').includes('evil'), address);
    }
  });

  it('open redirects: addresses that run a script or lead elsewhere are refused where they are entered', async () => {
    const headers = [
      ['Content-Type', 'application/json'],
      ['Authorization', `Bearer ${API_TOKEN}`],
    ] as const;
    const good = {
      displayName: 'R',
      serviceProvider: { entityId: 'https://r.example.com', acsUrls: ['https://r.example.com/acs'] },
    };
    const post = (body: object) =>
      every.send('/api/v1/organizations/default/applications', {
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

  it('cookies: another directory’s, doubled, numerous and malformed cookies give no session', async () => {
    const made = await every.send('/api/v1/organizations', {
      method: 'POST',
      headers: [
        ['Content-Type', 'application/json'],
        ['Authorization', `Bearer ${API_TOKEN}`],
      ],
      body: JSON.stringify({ name: 'Other Corp', managementAccountId: '444455556666' }),
    });
    const { directoryId } = JSON.parse(made.body) as { directoryId: string };
    const name = `vestibule-${every.server.instance.directoryId}-session`;
    const handle = every.browser.cookies.get(name) ?? assert.fail('no session');
    const ask = (cookies: string, at: string = every.server.instance.directoryId) =>
      sendChecked(every.server, { target: `/${at}/start`, headers: [['Cookie', cookies]] });
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
    // The server can't know which of two cookies the browser meant: it takes one, which must be valid by itself.
    const doubled = await ask(`${name}=${'A'.repeat(43)}; ${name}=${handle}`);
    assert.equal(doubled.status, 302);
  });

  it('JSON: depth costs nothing, and keys that change prototypes are unknown keys', async () => {
    const headers = [
      ['Content-Type', 'application/json'],
      ['Authorization', `Bearer ${API_TOKEN}`],
    ] as const;
    const post = (body: string) =>
      every.send('/api/v1/organizations/default/groups', { method: 'POST', headers, body });
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

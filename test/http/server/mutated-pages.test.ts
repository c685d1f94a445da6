import assert from 'node:assert/strict';
import { formOf } from '../../support/servers/browserless.ts';
import {
  MUTATION_TIMEOUT_MS,
  overMutatedInput,
  Seen,
  sendChecked,
} from '../../support/mutation/mutation-run.ts';
import {
  mutateOctets,
  mutatePairs,
  mutateText,
  BREAKING_TEXTS,
  type Draw,
} from '../../support/mutation/mutate.ts';
import { consoleLink, enterConsole } from '../../support/servers/console.ts';
import { signIn, startServer, type TestServer } from '../../support/servers/server.ts';
import { targetOf } from '../../support/saml/single-sign-on.ts';

const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const latin1 = (text: string) => text.replace(/[^\x01-\xff]/g, '?');

/** A form, with the cookies of the browser that it was shown to. */
interface KnownForm {
  action: string;
  fields: [string, string][];
  cookie: string;
}

describe('mutated forms, addresses, headers and cookies', () => {
  let server: TestServer;
  let forms: KnownForm[];
  let addresses: string[];
  const seen = new Seen();

  const cookieOf = (browser: { cookies: Map<string, string> }) =>
    [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    const asking = server.browser();
    const identify = await asking.get('/demo/start', { followRedirects: true });
    const password = await asking.submit(identify, { username: 'bo@example.com' }, { followRedirects: true });
    const inside = server.browser();
    const portal = await signIn(inside, 'ana@example.com', 'correct-Horse-7');
    const read = (page: typeof portal, action: string, more: Record<string, string>, cookie: string) => {
      const { fields, ...form } = formOf(page, action);
      return { action: form.action, fields: Object.entries({ ...fields, ...more }), cookie };
    };
    const identified = read(identify, '/identify', { username: 'bo@example.com' }, cookieOf(asking));
    forms = [
      identified,
      read(password, '/password', { password: 'wrong' }, cookieOf(asking)),
      read(password, '/restart', {}, cookieOf(asking)),
      { ...identified, action: identified.action.replace('/identify', '/continue') },
      read(portal, '/signout', {}, cookieOf(inside)),
      {
        action: `/samples/notes/${server.instance.directoryId}/acs`,
        fields: [
          [
            'SAMLResponse',
            Buffer.from('<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>').toString(
              'base64',
            ),
          ],
          ['RelayState', 'r'],
        ],
        cookie: '',
      },
    ];
    const visiting = server.browser();
    const link = await visiting.get(await consoleLink(server));
    const byToken = await visiting.get('/organizations/signin');
    const operator = server.browser();
    await enterConsole(server, operator);
    forms.push(
      read(link, '/organizations/signin', {}, cookieOf(visiting)),
      read(byToken, '/organizations/signin', { token: 'wrong' }, cookieOf(visiting)),
      read(await operator.get('/organizations'), '/signout', {}, cookieOf(operator)),
    );
    const wiki = await targetOf(server, 'wiki');
    const asset = /\/assets\/theme\.[^"]*\.css/.exec(identify.body)?.[0] ?? assert.fail('no style sheet');
    addresses = [
      '/',
      '/demo/start?q=wiki',
      '/demo/signout',
      '/organizations?search=a',
      '/organizations/signin',
      identified.action.replace('/identify', ''),
      `/demo/start/applications/${wiki.id}`,
      wiki.path,
      wiki.metadataPath,
      wiki.certificatePath,
      `/samples/notes/${server.instance.directoryId}`,
      `/samples/notes/${server.instance.directoryId}/pages/today`,
      `/samples/notes/${server.instance.directoryId}/received`,
      `/samples/notes/${server.instance.directoryId}/metadata`,
      `/samples/notes/${server.instance.directoryId}/signin?binding=post`,
      asset,
      '/healthz',
      '/readyz',
      '/metrics',
    ];
  });
  after(() => server.stop());

  it('are answered before any mutation', async () => {
    for (const target of addresses) {
      const answer = await sendChecked(server, { target, headers: [['Cookie', forms[4]?.cookie ?? '']] });
      assert.ok(
        answer.status < 400 || target.includes('/signin/') || target.includes('/applications/'),
        `${target}: ${answer.status}`,
      );
    }
    const browser = server.browser();
    assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
  });

  it('cause no server error, slow answer or leak of internals in forms', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    await overMutatedInput(120, async (draw) => {
      const { pick } = draw;
      const { action, fields, cookie } = pick(forms);
      const good = new URLSearchParams(fields).toString();
      const body = pick<() => string | Buffer>([
        () => mutatePairs(fields, draw),
        () => mutatePairs(fields, draw),
        () => mutatePairs(fields, draw),
        () => mutateText(good, draw),
        () => mutateOctets(Buffer.from(good), draw),
        () => `${good}&x=${'a'.repeat(70_000)}`,
      ])();
      const answer = await sendChecked(server, {
        method: 'POST',
        target: action,
        headers: [
          pick([
            FORM,
            FORM,
            FORM,
            FORM,
            ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-16'],
            ['Content-Type', 'multipart/form-data; boundary=x'],
            ['Content-Type', 'application/json'],
          ] as const),
          ['Cookie', cookie],
          ['Sec-Fetch-Site', pick(['same-origin', 'same-origin', 'same-origin', 'cross-site', 'x'])],
        ],
        body,
      });
      seen.add(String(answer.status));
    });
    seen.assertAll(['303', '400', '403', '413']);
  });

  it('cause no server error, slow answer or leak of internals in addresses and methods', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    await overMutatedInput(120, async (draw) => {
      const { pick } = draw;
      const good = pick(addresses);
      const path = pick([
        () => mutateText(good, draw),
        () => mutatePath(good, draw),
        () => mutatePath(good, draw),
      ])();
      const octets = pick([Buffer.from(path), mutateOctets(Buffer.from(path), draw)]);
      const target = Buffer.from([...octets].filter((octet) => octet > 0x20 && octet !== 0x7f));
      const method = pick([
        'GET',
        'GET',
        'GET',
        'HEAD',
        'OPTIONS',
        'POST',
        'PUT',
        'DELETE',
        'TRACE',
        'PATCH',
        'PROPFIND',
        'get',
      ]);
      await sendChecked(server, { method, target, headers: [['Cookie', forms[4]?.cookie ?? '']] });
    });
  });

  function mutatePath(path: string, { pick, below }: Draw): string {
    const [where = '', query] = path.split('?');
    const parts = where.split('/');
    const index = 1 + below(parts.length - 1);
    const strange = pick([
      ...BREAKING_TEXTS.map((text) => encodeURI(text.replace(/\p{Surrogate}/gu, ''))),
      ...[
        '%2e%2e',
        '%2e%2e%2f%2e%2e',
        '%252e%252e',
        '..;',
        '.',
        '..',
        '%5c..%5c',
        '\\',
        '%00',
        '%2F',
        '~',
        '*',
        '%c0%ae',
        '%ff',
        ';a=b',
        'a%0d%0ab',
        ':instance',
      ],
    ]);
    const changed = pick([
      () => parts.toSpliced(index, 1, strange),
      () => parts.toSpliced(index, 0, strange),
      () => parts.toSpliced(index, 1, `${parts[index] ?? ''}${strange}`),
      () => parts.toSpliced(index, 1),
      () => parts.toSpliced(index, 0, ''),
      () => ['', '', ...parts],
      () => [...parts, '', '.', '..'],
      () => [...parts, ...Array.from({ length: 1000 }, () => 'a')],
    ])().join('/');
    return query === undefined ? changed : `${changed}?${query}`;
  }

  it('cause no server error, slow answer or leak of internals in headers and cookies', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    const names = [
      'Cookie',
      'Host',
      'Origin',
      'Referer',
      'User-Agent',
      'Accept',
      'Accept-Encoding',
      'Accept-Language',
      'If-None-Match',
      'If-Modified-Since',
      'Range',
      'Authorization',
      'X-Forwarded-For',
      'X-Forwarded-Host',
      'X-Forwarded-Proto',
      'Forwarded',
      'Sec-Fetch-Site',
      'Connection',
      'Upgrade',
      'Transfer-Encoding',
      'Content-Length',
      'Content-Type',
      'Content-Encoding',
      'X-Request-Id',
      'X-HTTP-Method-Override',
      'X-Original-URL',
      '__proto__',
      'constructor',
    ];
    await overMutatedInput(120, async (draw) => {
      const { pick } = draw;
      const good = forms[4]?.cookie ?? '';
      const strange = () =>
        latin1(
          pick([
            pick(BREAKING_TEXTS),
            mutateText(good, draw),
            `${pick(BREAKING_TEXTS)}=${pick(BREAKING_TEXTS)}`,
            '*/*;q=1,'.repeat(100),
            '1,'.repeat(2000),
            'W/"'.repeat(1000),
          ]),
        );
      const headers = Array.from({ length: 1 + draw.below(3) }, () => [pick(names), strange()] as const);
      const cookie = pick([
        () => good,
        () => `${good}; ${good}`,
        () => good.replace(/=[^;]*/g, `=${latin1(pick(BREAKING_TEXTS))}`),
        () => good.replace(/d-[0-9a-f]{10}/g, 'd-0000000000'),
        () => mutateText(good, draw),
        () => Array.from({ length: 500 }, (_, index) => `c${index}=${index}`).join('; '),
      ])();
      await sendChecked(server, {
        target: pick(addresses),
        headers: [['Cookie', latin1(cookie)], ...headers],
      });
    });
  });

  it('leave the server healthy: a user signs in', async () => {
    assert.equal((await sendChecked(server, { target: '/healthz' })).status, 200);
    assert.equal((await signIn(server.browser(), 'ana@example.com', 'correct-Horse-7')).status, 200);
  });
});

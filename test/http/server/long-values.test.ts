import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { encodePost } from '../../../src/protocols/saml/bindings/post.ts';
import { describeOnEachDatabase } from '../../support/databases/each-database.ts';
import { postForm, redirectRequest, targetOf, type Target } from '../../support/saml/single-sign-on.ts';
import { formOf, type Answer } from '../../support/servers/browserless.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../support/servers/server.ts';

/** More than any page here says by itself, with its style. */
const PAGE_BYTES = 32 * 1024;
/** A message of 1,024 characters, a User-Agent of 512, and the rest of an event. */
const EVENT_BYTES = 4 * 1024 + 2 * 512 + 1024;
/** Four octets in UTF-8, two code units in JavaScript; also allowed in an XML name. */
const WIDE = '\u{10000}';

describeOnEachDatabase('what strangers send is short before it is kept or echoed', (open) => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(60_000); // the first run generates keys
    server = await startServer({ db: open(), trustProxy: true });
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const longest = async () => {
    const events = (await server.events()).map((event) => Buffer.byteLength(JSON.stringify(event)));
    return Math.max(...events);
  };
  /** The answer isn't a failure of ours, is a page of the usual size, and left no large event. */
  const assertShort = async (answer: Answer, statuses: readonly number[] = [400, 404, 413, 414, 431]) => {
    assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.body.slice(0, 2000)}`);
    assert.ok(Buffer.byteLength(answer.body) <= PAGE_BYTES, `${Buffer.byteLength(answer.body)} octets`);
    assert.ok((await longest()) <= EVENT_BYTES, `an event of ${await longest()} octets`);
  };
  const byQuery = (xml: string) => server.browser().get(wiki.redirect(xml), { site: 'cross-site' });
  const byForm = (xml: string, relayState?: string) =>
    postForm(server, wiki.path, {
      SAMLRequest: encodePost(xml),
      ...(relayState !== undefined && { RelayState: relayState }),
    });

  const long = 'A'.repeat(60 * 1024);
  const requests: [string, () => Promise<Answer>][] = [
    ['an Issuer of 60 KiB', () => byQuery(wiki.request({ issuer: long }))],
    ['an Issuer of 250 KiB', () => byQuery(wiki.request({ issuer: 'A'.repeat(250 * 1024) }))],
    ['a Destination of 60 KiB', () => byQuery(wiki.request({ destination: long }))],
    ['a version of 60 KiB', () => byQuery(wiki.request({ version: long }))],
    ['an element with a name of 60 KiB', () => byQuery(`<${long}/>`)],
    ['an unknown attribute of 60 KiB', () => byQuery(wiki.request({ attributes: `${long}=""` }))],
    ['an IssueInstant of 60 KiB', () => byQuery(wiki.request().replace(/IssueInstant="/, `$&${long}`))],
    [
      'an address of 60 KiB',
      () => byQuery(wiki.request({ attributes: `AssertionConsumerServiceURL="https://${long}"` })),
    ],
    ...[1500, 3000, 5000, 15_000].map((octets): [string, () => Promise<Answer>] => [
      `an ID of ${2 * octets} random digits`,
      () => byForm(wiki.request({ id: `_${randomBytes(octets).toString('hex')}` })),
    ]),
    ['an ID of 257 characters', () => byForm(wiki.request({ id: `_${WIDE.repeat(256)}` }))],
  ];
  for (const [what, send] of requests) {
    it(`a request with ${what}`, async () => assertShort(await send()));
  }

  it('the longest values, all of four octets, are kept and answered', async () => {
    const browser = server.browser();
    browser.userAgent = '\xff'.repeat(600);
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const id = WIDE.repeat(256);
    const attributes = `ProviderName="${WIDE.repeat(1024)}" Consent="${WIDE.repeat(1024)}"`;
    const relayState = '\u{10FFFF}'.repeat(2048);
    const request = wiki.request({ id, attributes });
    const answer = await browser.get((await byForm(request, relayState)).location ?? assert.fail(), {
      followRedirects: true,
    });
    assert.equal(answer.status, 200);
    assert.match(answer.body, /SAMLResponse/);
    assert.ok(answer.body.includes(relayState));
    await assertShort(await byForm(request), [200]); // used before: a status
    const status = await redirectRequest(
      browser,
      wiki,
      wiki.request({ content: `<samlp:NameIDPolicy SPNameQualifier="${WIDE.repeat(1024)}"/>` }),
    );
    await assertShort(status, [200]);
  });

  it('text that is not text: lone surrogates, invalid UTF-8, NUL', async () => {
    const message = `SAMLRequest=${encodeURIComponent(encodePost(wiki.request()))}`;
    await assertShort(await postForm(server, wiki.path, `${message}&RelayState=%ED%A0%80`));
    for (const path of ['/de%00mo/start', '/%ff/start', '/%ED%A0%80/start', '/demo/signin/%00'])
      await assertShort(await server.browser().get(path));
    for (const path of ['/demo/saml/continue/%00', '/demo/reset-password/%00abc', '/demo/saml/assertion/%00'])
      await assertShort(await server.browser().get(path));
  });

  it('user names and captchas, in all forms that need no session', async () => {
    const names = [
      '%ED%A0%80',
      '%FF%FE',
      encodeURIComponent('\u{1F600}'.repeat(512)),
      'a'.repeat(1025),
      long,
    ];
    for (const username of names) {
      const browser = server.browser();
      const first = await browser.get('/demo/start', { followRedirects: true });
      const { action, fields } = formOf(first, '/identify');
      const csrf = encodeURIComponent(fields['csrf'] ?? '');
      const next = await browser.post(action, `csrf=${csrf}&username=${username}`, { site: 'same-origin' });
      await assertShort(next);
      const forgotten = await browser.get('/demo/forgot-password');
      const form = formOf(forgotten, 'forgot-password');
      const token = encodeURIComponent(form.fields['csrf'] ?? '');
      const body = `csrf=${token}&username=${username}&captcha=x&challenge=${encodeURIComponent(form.fields['challenge'] ?? '')}`;
      await assertShort(await browser.post('/demo/forgot-password', body, { site: 'same-origin' }));
    }
  });

  it('headers: the address of the client, the browser, cookies', async () => {
    for (const forwardedFor of ['1'.repeat(16_000), `fe80::1%${'a'.repeat(16_000)}`, '']) {
      const browser = server.browser();
      browser.forwardedFor = forwardedFor;
      browser.userAgent = '\x80\xff'.repeat(300);
      browser.cookies.set(`vestibule-${server.instance.directoryId}-browser`, 'a'.repeat(8000));
      const page = await browser.get('/demo/start', { followRedirects: true });
      const answer = await browser.submit(page, { username: 'ana@example.com' }, { followRedirects: true });
      await assertShort(await browser.submit(answer, { password: 'wrong-Password-1' }), [401, 429]);
    }
  });

  it('addresses that lead nowhere, and fields that occur twice', async () => {
    const browser = server.browser();
    const path = 'a'.repeat(20_000);
    for (const target of [`/${path}`, `/demo/${path}`, `/demo/${path}?${path}`, `/samples/${path}/x`])
      await assertShort(await browser.get(target));
    await assertShort(await browser.get(`/api/v1/${path}`), [404]);
    const { directoryId } = server.instance;
    await assertShort(await browser.get(`/samples/notes/${directoryId}/signin?${path}=1&${path}=2`));
  });

  it('responses to the samples, which show why they refuse them', async () => {
    const acs = `/samples/notes/${server.instance.directoryId}/acs`;
    const post = (xml: string, relayState = '') =>
      postForm(server, acs, { SAMLResponse: encodePost(xml), RelayState: relayState });
    const answers = [
      await post(`<Response xmlns="urn:x">${'&amp;"'.repeat(80_000)}</Response>`),
      await post(`<Response xmlns="urn:x" ID="${'a'.repeat(500_000)}"/>`),
      await post(`<a/>`, 'a'.repeat(500_000)),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 400);
      assert.ok(body.length < 512 * 1024, `${body.length} characters`);
    }
  });

  it('cursors and filters of the API', async () => {
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const cursor = (key: string) => Buffer.from(key).toString('base64url');
    const path = '/api/v1/organizations/default/users';
    for (const [query, status] of [
      [`cursor=${cursor('["\\u0000","a"]')}`, 400],
      [`cursor=${cursor('["\\ud800","a"]')}`, 400],
      [`cursor=${cursor(JSON.stringify(['a'.repeat(9000), 'a']))}`, 400],
      ['userName=%ED%A0%80', 400],
      [`userName=${encodeURIComponent(WIDE.repeat(128))}`, 200],
      [`${'a'.repeat(9000)}=1`, 400],
    ] as const)
      await assertShort(await server.browser().get(`${path}?${query}`, { headers }), [status]);
    for (const [field, value, status] of [
      ['givenName', '\ud800x', 400],
      ['userName', 'sur\ud800', 400],
      ['displayName', '\u{1F600}'.repeat(512), 201],
      ['a'.repeat(9000), 'x', 400],
    ] as const) {
      const person = {
        userName: `u${status}`,
        email: 'a@b.c',
        givenName: 'a',
        familyName: 'b',
        displayName: 'c',
      };
      const json = { ...person, [field]: value };
      const answer = await server.browser().send('POST', path, { headers, json });
      assert.equal(answer.status, status, answer.body.slice(0, 500));
    }
  });
});

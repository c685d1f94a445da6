import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { openCaptcha } from '../../../../src/flows/signin/password/captcha.ts';
import { browserCookie, browserOf } from '../../../../src/flows/visit/visit.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { linkTo, mailsTo } from '../../../support/mail/mailbox.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const PATH = '/demo/forgot-password';

describe('a forgotten password', () => {
  let server: TestServer;
  let browser: Browserless;
  beforeEach(async () => {
    server = await startServer();
    browser = server.browser();
  });
  afterEach(() => server.stop());

  /** The characters of the image, as a person reads them. */
  const answerOf = (page: Answer, of = browser): string => {
    const secret = of.cookies.get(browserCookie(server.instance)) ?? '';
    const { challenge = '' } = formOf(page, 'forgot-password').fields;
    const place = { instanceId: server.instance.id, browserId: browserOf(secret).id };
    const opened = openCaptcha(server.sealer, place, challenge, server.clock.now());
    return opened?.answers[0] ?? assert.fail('the answer does not open');
  };
  const ask = async (username: string, path = PATH) => {
    const page = await browser.get(path);
    return browser.submit(page, { username, captcha: answerOf(page) });
  };
  const mails = async () => {
    await server.app.operationNeeds.deferred.settle();
    return (await server.db.read.selectFrom('mails').selectAll().execute()).length;
  };

  it('has a page that the sign-in pages link to, and mails a link to a user who exists', async () => {
    const identify = await browser.get('/demo/start', { followRedirects: true });
    assert.match(identify.body, /href="\/demo\/forgot-password"/);
    const password = await browser.submit(
      identify,
      { username: 'ana@example.com' },
      { followRedirects: true },
    );
    assert.match(password.body, /href="\/demo\/forgot-password"/);
    const answer = await ask('ANA@example.com');
    assert.equal(answer.location, `${PATH}/sent`);
    const [mail] = await mailsTo(server, 'ana@example.com');
    assert.equal(mail?.subject, 'Reset Password Request for Example Corp');
    const page = await browser.get(await linkTo(server, 'ana@example.com'));
    const done = await browser.submit(page, {
      newPassword: 'brand-New-Horse-1',
      confirmPassword: 'brand-New-Horse-1',
    });
    assert.equal(done.location, '/demo/password-changed');
    const sent = (await server.events()).find(({ eventName }) => eventName === 'SendPasswordLink');
    assert.equal(sent?.userIdentity['userName'], 'ana@example.com');
  });

  it('gets the same answer for a known, an unknown and a disabled user', async () => {
    const answers = [];
    for (const username of ['ana@example.com', 'nobody@example.com', 'dora@example.com']) {
      const answer = await ask(username);
      const { status, location, body, setCookies } = answer;
      const headers = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id');
      const sent = textOf(await browser.get(location ?? '')).replace(/Request [\w-]+/, '');
      answers.push(JSON.stringify([status, location, body, setCookies, headers, sent]));
    }
    assert.equal(new Set(answers).size, 1, answers.join('\n'));
    assert.equal(await mails(), 1);
    assert.ok(!JSON.stringify(await server.events()).includes('nobody@example.com'));
  });

  it('puts our own address into the link, whatever host the request names', async () => {
    const page = await browser.get(PATH);
    const { action, fields } = formOf(page, 'forgot-password');
    const form = { ...fields, username: 'ana@example.com', captcha: answerOf(page) };
    const headers = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    assert.equal((await browser.post(action, form, { site: 'same-origin', headers })).status, 303);
    const [mail] = await mailsTo(server, 'ana@example.com');
    assert.ok(mail);
    assert.ok(mail.text.includes(`${server.publicUrl.origin}/demo/reset-password/`));
    assert.ok(!mail.text.includes('evil') && !mail.html.includes('evil'));
  });

  it('asks again with another image when the characters are wrong, and keeps the name', async () => {
    const page = await browser.get(PATH);
    const again = await browser.submit(page, { username: 'ana@example.com', captcha: 'WRONG' });
    assert.equal(again.status, 400);
    const first = formOf(page, 'forgot-password').fields;
    const second = formOf(again, 'forgot-password').fields;
    assert.equal(second['username'], 'ana@example.com');
    assert.equal(second['captcha'], '');
    assert.notEqual(second['challenge'], first['challenge']);
    assert.match(textOf(again), /don’t match the image/);
    assert.equal((await browser.submit(page, { username: '', captcha: 'x' })).status, 400);
    assert.equal(await mails(), 0);
  });

  it('allows one answer to an image, right or wrong, within ten minutes and only in its own browser', async () => {
    const right = await browser.get(PATH);
    const fields = { username: 'ana@example.com', captcha: answerOf(right) };
    assert.equal((await browser.submit(right, fields)).status, 303);
    assert.equal((await browser.submit(right, fields)).status, 400, 'a second time');

    const wrong = await browser.get(PATH);
    const captcha = answerOf(wrong);
    await browser.submit(wrong, { ...fields, captcha: 'WRONG' });
    assert.equal((await browser.submit(wrong, { ...fields, captcha })).status, 400, 'after a wrong try');

    const other = server.browser();
    const theirs = formOf(await other.get(PATH), 'forgot-password');
    const mine = await browser.get(PATH);
    const { challenge = '' } = formOf(mine, 'forgot-password').fields;
    const taken = { ...theirs.fields, ...fields, challenge, captcha: answerOf(mine) };
    const answer = await other.post(theirs.action, taken, { site: 'same-origin' });
    assert.equal(answer.status, 400, 'in another browser');

    const late = await browser.get(PATH);
    const lateAnswer = answerOf(late);
    server.clock.advance(10 * MINUTE_MS);
    assert.equal((await browser.submit(late, { ...fields, captcha: lateAnswer })).status, 400, 'too late');
    assert.equal(await mails(), 1);
  });

  it('can be reset after a question in words instead of an image', async () => {
    const page = await browser.get(`${PATH}?alternative=words`);
    assert.match(textOf(page), /How much is \w+ plus \w+\?/);
    const again = await browser.submit(page, { username: 'ana@example.com', captcha: 'no' });
    assert.match(textOf(again), /How much is \w+ plus \w+\?/, 'and again in words');
    assert.equal((await ask('ana@example.com', `${PATH}?alternative=words`)).status, 303);
    assert.equal(await mails(), 1);
  });

  it('is throttled by user name, whether or not the user exists', async () => {
    for (const name of ['ana@example.com', 'nobody@example.com']) {
      for (let tries = 0; tries < 10; tries++) assert.equal((await ask(name)).status, 303);
      const answer = await ask(name);
      assert.equal(answer.status, 429);
      assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
      assert.match(textOf(answer), /Too many attempts/);
    }
    assert.equal(await mails(), 10);
  });
});

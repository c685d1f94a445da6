import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import {
  addApp,
  addKey,
  afterPassword,
  ANA,
  choose,
  codeNow,
  isSignedIn,
  mailedCode,
  organizationWith,
  userOf,
  wrongCode,
  type Mfa,
} from '../../../support/mfa/mfa.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const ALWAYS = { mode: 'always-on' } as const;

describe('attacks on second factors', () => {
  let server: TestServer;
  const start = async (mfa: Mfa, attempts?: number) => {
    server = await startServer({ organization: organizationWith(mfa, attempts) });
  };
  afterEach(() => server.stop());

  const atFactor = async () => {
    const browser = server.browser();
    return { browser, page: await afterPassword(browser) };
  };
  const refused = async (browser: Browserless, answer: Answer, status = 401) => {
    assert.equal(answer.status, status, textOf(answer));
    assert.ok(!(await isSignedIn(browser)));
  };

  describe('codes of an app', () => {
    it('a code works only once, in all sign-ins together (replay)', async () => {
      await start(ALWAYS);
      await addApp(server);
      const code = codeNow(server);
      const [first, second] = [await atFactor(), await atFactor()];
      await first.browser.submit(first.page, { code });
      assert.ok(await isSignedIn(first.browser));
      const replayed = await second.browser.submit(second.page, { code });
      await refused(second.browser, replayed);
      assert.match(textOf(replayed), /used already/);
      await refused(second.browser, await second.browser.submit(second.page, { code: codeNow(server, -1) }));
    });

    it('only one of two sign-ins that send the same code at once succeeds', async () => {
      await start(ALWAYS);
      await addApp(server);
      const all = await Promise.all([atFactor(), atFactor(), atFactor()]);
      const code = codeNow(server);
      await Promise.all(all.map(({ browser, page }) => browser.submit(page, { code })));
      const signedIn = await Promise.all(all.map(({ browser }) => isSignedIn(browser)));
      assert.equal(signedIn.filter(Boolean).length, 1);
    });

    it('the codes of a resynchronization work once, and codes from before the last used one don’t work', async () => {
      await start(ALWAYS);
      await addApp(server);
      const [first, second] = [await atFactor(), await atFactor()];
      const codes = { code: codeNow(server, -3), secondCode: codeNow(server, -2) };
      const older = { code: codeNow(server, -5), secondCode: codeNow(server, -4) };
      for (const { browser, page } of [first, second]) await choose(browser, page, 'RESYNC_TOTP');
      const page = await first.browser.get(formOf(first.page, '/challenge').action.replace('/challenge', ''));
      await first.browser.submit(page, codes);
      assert.ok(await isSignedIn(first.browser));
      const other = await second.browser.get(
        formOf(second.page, '/challenge').action.replace('/challenge', ''),
      );
      for (const old of [codes, older])
        await refused(second.browser, await second.browser.submit(other, old));
    });

    it('guesses from any address are throttled by user, and then even the right code is refused', async () => {
      await start(ALWAYS, 4);
      await addApp(server);
      const all = [];
      for (let each = 0; each < 6; each += 1) all.push(await atFactor());
      const statuses = [];
      for (const { browser, page } of all)
        statuses.push((await browser.submit(page, { code: wrongCode(server) })).status);
      assert.deepEqual(statuses, [401, 401, 401, 401, 429, 429]);
      const late = await atFactor();
      const right = await late.browser.submit(late.page, { code: codeNow(server) });
      await refused(late.browser, right, 429);
      assert.equal(right.headers.get('retry-after'), '900');
      server.clock.advance(15 * MINUTE_MS);
      const again = await atFactor();
      await again.browser.submit(again.page, { code: codeNow(server) });
      assert.ok(await isSignedIn(again.browser));
    });

    it('guesses sent at once are all counted, and a success isn’t counted', async () => {
      await start(ALWAYS, 5);
      await addApp(server);
      for (let round = 0; round < 7; round += 1) {
        const { browser, page } = await atFactor();
        await browser.submit(page, { code: codeNow(server) });
        assert.ok(await isSignedIn(browser));
        server.clock.advance(MINUTE_MS);
      }
      const { browser, page } = await atFactor();
      const code = wrongCode(server);
      const answers = await Promise.all(Array.from({ length: 12 }, () => browser.submit(page, { code })));
      const count = (status: number) => answers.filter((answer) => answer.status === status).length;
      assert.equal(count(429), 7);
      assert.ok(!(await isSignedIn(browser)));
    });
  });

  describe('codes by mail', () => {
    const MAIL = { withoutDevice: 'email-code' } as const;
    const anotherCode = async (browser: Browserless, page: Answer) => {
      const { action, fields } = formOf(page, '/email-code/send');
      return browser.post(action, fields, { site: 'same-origin', followRedirects: true });
    };
    const notThis = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

    it('five attempts are allowed, then even the right code is refused; a new code works, the old one doesn’t', async () => {
      await start(MAIL);
      const { browser, page } = await atFactor();
      const code = await mailedCode(server);
      for (let guess = 0; guess < 5; guess += 1)
        await refused(browser, await browser.submit(page, { code: notThis(code) }));
      const over = await browser.submit(page, { code });
      await refused(browser, over);
      assert.match(textOf(over), /tried too often/);
      const again = await anotherCode(browser, over);
      const fresh = await mailedCode(server);
      if (code !== fresh) await refused(browser, await browser.submit(again, { code }));
      await browser.submit(again, { code: fresh });
      assert.ok(await isSignedIn(browser));
    });

    it('a code is valid only in its own sign-in, and only once', async () => {
      await start(MAIL);
      const mine = await atFactor();
      const code = await mailedCode(server);
      const other = await atFactor();
      if (code !== (await mailedCode(server)))
        await refused(other.browser, await other.browser.submit(other.page, { code }));
      await mine.browser.submit(mine.page, { code });
      assert.ok(await isSignedIn(mine.browser));
      mine.browser.cookies.delete(`vestibule-${server.instance.directoryId}-session`);
      await mine.browser.submit(mine.page, { code });
      assert.ok(!(await isSignedIn(mine.browser)));
    });

    it('beginning again gives no more guesses, and doesn’t flood the mailbox', async () => {
      await start(MAIL, 6);
      const statuses = [];
      for (let round = 0; round < 8; round += 1) {
        const { browser, page } = await atFactor();
        // The page has a field only when a code was sent; an attacker doesn’t need the page’s field.
        const { action, fields } = formOf(page, '/email-code');
        const guess = { ...fields, code: 'x' };
        statuses.push(
          (await browser.post(action.replace('/send', ''), guess, { site: 'same-origin' })).status,
        );
      }
      assert.deepEqual(statuses, [401, 401, 401, 401, 401, 401, 429, 429]);
      const mails = await server.db.read.selectFrom('mails').select('id').execute();
      assert.equal(mails.length, 6);
      const { browser, page } = await atFactor();
      assert.match(textOf(page), /No code was sent/);
      assert.equal((await anotherCode(browser, page)).status, 429);
      server.clock.advance(14 * MINUTE_MS + 59_000);
      const late = await atFactor();
      server.clock.advance(1000);
      const sent = await anotherCode(late.browser, late.page);
      await late.browser.submit(sent, { code: await mailedCode(server) });
      assert.ok(await isSignedIn(late.browser));
    });
  });

  describe('steps', () => {
    it('the address of a sign-in is useless in another browser (stolen handle)', async () => {
      await start(ALWAYS);
      await addApp(server);
      const { page } = await atFactor();
      const thief = server.browser();
      await afterPassword(thief, { userName: 'bo@example.com', password: 'correct-Horse-8' });
      thief.cookies.delete(`vestibule-${server.instance.directoryId}-session`);
      const { action, fields } = formOf(page, '/challenge');
      const stolen = await thief.post(action, { ...fields, code: codeNow(server) }, { site: 'same-origin' });
      assert.equal(stolen.status, 403);
      assert.ok(!(await isSignedIn(thief)));
    });

    it('a handle planted before the second factor leads nowhere (session fixation)', async () => {
      await start(ALWAYS);
      await addApp(server);
      const { browser, page } = await atFactor();
      const name = `vestibule-${server.instance.directoryId}-session`;
      const planted = 'A'.repeat(43);
      browser.cookies.set(name, planted);
      await browser.submit(page, { code: codeNow(server) });
      assert.ok(await isSignedIn(browser));
      const attacker = server.browser();
      attacker.cookies.set(name, planted);
      assert.ok(!(await isSignedIn(attacker)));
    });

    it('a form can’t choose a type that the user lacks or the settings don’t allow', async () => {
      await start({ ...ALWAYS, types: ['totp'] });
      await addApp(server);
      const key = softwareKey();
      await addKey(server, key);
      const { browser, page } = await atFactor();
      for (const type of ['WEBAUTHN', 'EMAIL_OTP', 'PASSWORD', 'TOTP', '', '__proto__', 'register']) {
        const same = await choose(browser, page, type);
        assert.match(same.body, /name="code"/, type);
        assert.doesNotMatch(same.body, /secondCode|data-security-key/, type);
      }
      const assertion = JSON.stringify(key.get({ challenge: 'x', rpId: 'localhost' }, 'http://localhost'));
      const { action, fields } = formOf(page, '/challenge');
      await browser.post(action, { ...fields, assertion }, { site: 'same-origin' });
      assert.ok(!(await isSignedIn(browser)));
    });

    it('no step can be skipped: a form sent before its turn changes nothing', async () => {
      await start(ALWAYS);
      await addApp(server);
      const { browser, page } = await atFactor();
      const { action, fields } = formOf(page, '/challenge');
      const path = action.replace('/challenge', '');
      const all = { code: codeNow(server), secondCode: codeNow(server, 1), newPassword: 'Aa1-aaaaaa' };
      for (const step of ['continue', 'email-code', 'email-code/send', 'resync', 'change-password']) {
        const given = { ...fields, ...all, confirmPassword: 'Aa1-aaaaaa', password: ANA.password };
        const answer = await browser.post(`${path}/${step}`, given, { site: 'same-origin' });
        assert.equal(answer.status, 303, step);
        assert.ok(!(await isSignedIn(browser)), step);
      }
      assert.equal((await server.db.read.selectFrom('mails').select('id').execute()).length, 0);
    });

    it('a user disabled after the password isn’t signed in by the second factor, and no device becomes trusted', async () => {
      await start({});
      await addApp(server);
      const { browser, page } = await atFactor();
      const { id } = await userOf(server, ANA.userName);
      // The user is disabled in the middle: the page was shown, and the code is right.
      const code = codeNow(server);
      await server.db.transaction((tx) =>
        tx.updateTable('users').set({ enabled: 0 }).where('id', '=', id).execute(),
      );
      const denied = await browser.submit(page, { code, trustDevice: 'on' }, { followRedirects: true });
      assert.equal(denied.status, 403);
      assert.ok(!(await isSignedIn(browser)));
      const trusted = await server.db.read.selectFrom('trusted_devices').select('id').execute();
      assert.equal(trusted.length, 0);
    });
  });
});

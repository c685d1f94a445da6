import assert from 'node:assert/strict';
import { openCaptcha } from '../../../../src/flows/signin/password/captcha.ts';
import { browserCookie, browserOf } from '../../../../src/flows/visit/visit.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { statementsDuring } from '../../../support/databases/queries.ts';
import { control, mailsTo } from '../../../support/mail/mailbox.ts';
import { addApp } from '../../../support/mfa/mfa.ts';
import { countHashes } from '../../../support/people/count-hashes.ts';
import { formOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const KNOWN = 'ana@example.com';
/** A user with an app, a disabled one, one without a password, and a name that nobody has. */
const NAMES = [KNOWN, 'bo@example.com', 'dora@example.com', 'nopass', 'nobody@example.com'];

/** Time can't reveal who exists where the work is the same: this counts the work, since a clock is never exact. */
describeOnEachDatabase(
  'before its answer, for every name the same work is done',
  (open) => {
    let server: TestServer;
    before(async () => {
      server = await startServer({ db: open() });
      const user = {
        userName: 'nopass',
        email: 'n@example.com',
        givenName: 'N',
        familyName: 'P',
        displayName: 'N',
      };
      assert.equal((await control(server, 'POST', '/users', user)).status, 201);
      await addApp(server, 'bo@example.com');
    });
    after(() => server.stop());

    /** The statements and hashes of `act`. */
    const workOf = async (act: () => Promise<Answer>, status: number): Promise<string[]> => {
      const hashes = countHashes();
      try {
        const statements = await statementsDuring(server.db, async () =>
          assert.equal((await act()).status, status),
        );
        return [...statements, ...hashes.stop().map((cost) => `a hash of cost ${cost}`)];
      } finally {
        hashes.stop();
      }
    };
    /** Checks that an action does the same for each name, and returns what it does. */
    const sameForAll = async (workFor: (name: string) => Promise<string[]>): Promise<string[]> => {
      const works = [];
      for (const name of NAMES) works.push(await workFor(name));
      const [known] = works;
      for (const [index, work] of works.entries()) assert.deepEqual(work, known, NAMES[index]);
      return known ?? [];
    };
    const identify = (browser: Browserless) => browser.get('/demo/start', { followRedirects: true });

    it('at the step of the user name, and when the next page is shown', async () => {
      await sameForAll(async (name) => {
        const browser = server.browser();
        const page = await identify(browser);
        let path = '';
        const sent = await workOf(async () => {
          const answer = await browser.submit(page, { username: name });
          path = answer.location ?? '';
          return answer;
        }, 303);
        return [...sent, ...(await workOf(() => browser.get(path), 200))];
      });
    });

    it('at the step of the password', async () => {
      const work = await sameForAll(async (name) => {
        const browser = server.browser();
        const page = await browser.submit(
          await identify(browser),
          { username: name },
          { followRedirects: true },
        );
        return workOf(() => browser.submit(page, { password: 'wrong-Horse-1' }), 401);
      });
      assert.equal(work.filter((each) => each.startsWith('a hash')).length, 1);
    });

    it('at “Forgot Password?”; the mail is written afterwards, and a mailbox that is read then has it', async () => {
      await sameForAll(async (name) => {
        const browser = server.browser();
        const page = await browser.get('/demo/forgot-password');
        const { challenge = '' } = formOf(page, 'forgot-password').fields;
        const { id: browserId } = browserOf(browser.cookies.get(browserCookie(server.instance)) ?? '');
        const place = { instanceId: server.instance.id, browserId };
        const captcha = openCaptcha(server.sealer, place, challenge, server.clock.now())?.answers[0] ?? '';
        const work = await workOf(() => browser.submit(page, { username: name, captcha }), 303);
        assert.ok(
          !work.some((each) => /"users"|"mails"/.test(each)),
          'the name is looked up after the answer',
        );
        await server.app.operationNeeds.deferred.settle();
        return work;
      });
      assert.deepEqual((await mailsTo(server, KNOWN)).length, 1);
      assert.deepEqual(await mailsTo(server, 'dora@example.com'), []);
    });
  },
  { isPostgresInSample: false },
);

import assert from 'node:assert/strict';
import { afterPassword, ANA, isSignedIn, mailedCode, organizationWith } from '../../../support/mfa/mfa.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

describe('limits of mail', () => {
  let server: TestServer;
  afterEach(() => server.stop());

  it('apply to links that anybody can request, but not to the codes that users sign in with', async () => {
    server = await startServer({ organization: organizationWith({ withoutDevice: 'email-code' }, 3) });
    const stranger = server.browser();
    const statuses = [];
    for (let each = 0; each < 5; each += 1) {
      const page = await stranger.get('/demo/forgot-password?alternative=words');
      const [, a = '', b = ''] = /How much is (\w+) plus (\w+)\?/.exec(page.body) ?? [];
      const captcha = String(NUMBERS.indexOf(a) + NUMBERS.indexOf(b) + 2);
      statuses.push((await stranger.submit(page, { username: ANA.userName, captcha })).status);
    }
    assert.deepEqual(statuses, [303, 303, 303, 429, 429]);
    const browser = server.browser();
    const page = await afterPassword(browser);
    await browser.submit(page, { code: await mailedCode(server) });
    assert.ok(await isSignedIn(browser));
  });
});

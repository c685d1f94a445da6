import assert from 'node:assert/strict';
import { setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import { hashPassword } from '../../../../src/domain/credentials/passwords/password.ts';
import { openInstance } from '../../../../src/administration/operations/open-organization.ts';
import { type Answer, type Browserless, formOf, textOf } from '../../../support/servers/browserless.ts';
import {
  addApp,
  afterPassword,
  ANA,
  codeNow,
  isSignedIn,
  organizationWith,
  userOf,
  type Mfa,
} from '../../../support/mfa/mfa.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const ADMIN = {
  ...{ actor: { type: 'operator', name: 'control-api' } as const, requestId: 'x' },
  ...{ ip: '127.0.0.1', userAgent: 'test' },
};
const NEW = { newPassword: 'Another-horse-9', confirmPassword: 'Another-horse-9' };

describe('a sign-in under way whose password is replaced', () => {
  let server: TestServer;
  const start = async (mfa: Mfa = {}) => {
    server = await startServer({ organization: organizationWith(mfa) });
  };
  afterEach(() => server.stop());

  /** Replaces the password as an administrator does. */
  const replace = async (password: string, mustChange: boolean) => {
    const { operationNeeds } = server.app;
    const { id } = await userOf(server, ANA.userName);
    const hash = await hashPassword(password, 4);
    const { run } = await openInstance(operationNeeds, ADMIN, 'default');
    await run((work) => setPassword(work, server.instance, id, { hash, declaredMac: null, mustChange }));
  };
  const identifies = async (browser: Browserless, page: Answer) => {
    const { action } = formOf(page, '/signin/');
    const shown = await browser.get(action.replace(/\/[a-z-]+$/, ''));
    assert.match(shown.body, /name="username"/, textOf(shown));
    assert.ok(!(await isSignedIn(browser)));
  };

  it('begins again: a person who found the first one-time password can’t choose the password after the second', async () => {
    await start();
    await replace('One-time-pass-1', true);
    const thief = server.browser();
    const page = await afterPassword(thief, { ...ANA, password: 'One-time-pass-1' });
    assert.match(page.body, /name="newPassword"/);
    await replace('One-time-pass-2', true);
    await thief.submit(page, NEW, { followRedirects: true });
    await identifies(thief, page);
    const ana = server.browser();
    const changing = await afterPassword(ana, { ...ANA, password: 'One-time-pass-2' });
    await ana.submit(changing, NEW);
    assert.ok(await isSignedIn(ana));
  });

  it('begins again: a one-time password is useless once another sign-in has changed it', async () => {
    await start();
    await replace('One-time-pass-1', true);
    const [thief, ana] = [server.browser(), server.browser()];
    const stolen = await afterPassword(thief, { ...ANA, password: 'One-time-pass-1' });
    const own = await afterPassword(ana, { ...ANA, password: 'One-time-pass-1' });
    await ana.submit(own, NEW);
    assert.ok(await isSignedIn(ana), 'the sign-in that changes it goes on');
    await identifies(thief, stolen);
  });

  it('begins again before the second factor, and still leads to the original destination', async () => {
    await start({ mode: 'always-on' });
    await addApp(server);
    const browser = server.browser();
    const page = await afterPassword(browser);
    await replace('Other-horse-3', false);
    await browser.submit(page, { code: codeNow(server) });
    await identifies(browser, page);
    const path = formOf(page, '/challenge').action.replace('/challenge', '');
    const asked = await browser.submit(
      await browser.get(path),
      { username: ANA.userName },
      { followRedirects: true },
    );
    const challenged = await browser.submit(asked, { password: 'Other-horse-3' }, { followRedirects: true });
    await browser.submit(challenged, { code: codeNow(server) });
    assert.ok(await isSignedIn(browser));
  });
});

import assert from 'node:assert/strict';
import { formOf, type Browserless } from '../../../support/servers/browserless.ts';
import { control, linkTo } from '../../../support/mail/mailbox.ts';
import { afterPassword, isSignedIn, userOf } from '../../../support/mfa/mfa.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const ANA = { userName: 'ana@example.com', password: 'correct-Horse-7' };
const chosen = (password: string) => ({ newPassword: password, confirmPassword: password });

describe('the sessions of a user who gets another password', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
  });
  after(() => server.stop());

  const signedIn = async (password: string): Promise<Browserless> => {
    const browser = server.browser();
    await signIn(browser, ANA.userName, password);
    assert.ok(await isSignedIn(browser));
    return browser;
  };
  const reset = async (how: Record<string, true>) => {
    const { id } = await userOf(server, ANA.userName);
    const { status, body } = await control(server, 'POST', `/users/${id}/password`, how);
    assert.equal(status, 200);
    return body;
  };

  it('end by a reset link, also where it was opened, and the user signs in with the new one', async () => {
    const [elsewhere, here] = [await signedIn(ANA.password), await signedIn(ANA.password)];
    await reset({ sendLink: true });
    assert.ok(await isSignedIn(elsewhere), 'the link alone ends nothing');
    const form = await here.get(await linkTo(server, ANA.userName));
    const changed = await here.submit(form, chosen('brand-New-Horse-1'), { followRedirects: true });
    assert.equal(changed.status, 200);
    assert.deepEqual([await isSignedIn(elsewhere), await isSignedIn(here)], [false, false]);
    assert.equal((await server.organization.sessions.list(ANA.userName)).length, 0);
    const events = (await server.events()).map(({ eventName }) => eventName);
    assert.deepEqual(events.slice(-2), ['UpdatePassword', 'BatchDeleteSession']);
    await signedIn('brand-New-Horse-1');
  });

  it('end by a one-time password, and again by the choice of the next, which keeps its own session', async () => {
    const first = await signedIn('brand-New-Horse-1');
    const { oneTimePassword } = await reset({ oneTimePassword: true });
    assert.equal(await isSignedIn(first), false);
    await server.organization.signIn(ANA.userName); // a session without pages, meanwhile
    const browser = server.browser();
    const page = await afterPassword(browser, { ...ANA, password: String(oneTimePassword) });
    assert.ok('newPassword' in formOf(page, '/change-password').fields);
    await browser.submit(page, chosen('brand-New-Horse-2'));
    assert.ok(await isSignedIn(browser));
    assert.equal((await server.organization.sessions.list(ANA.userName)).length, 1);
  });

  it('go on when only the cost of its hash changes', async () => {
    const first = await signedIn('brand-New-Horse-2');
    await server.organization.settings.update({ signIn: { passwordHashCost: 5 } });
    await signedIn('brand-New-Horse-2');
    const { hash } = await server.db.read
      .selectFrom('passwords')
      .innerJoin('users', 'users.id', 'passwords.user_id')
      .select('hash')
      .where('user_name', '=', ANA.userName)
      .executeTakeFirstOrThrow();
    assert.match(hash, /ln=5,/);
    assert.ok(await isSignedIn(first));
  });
});

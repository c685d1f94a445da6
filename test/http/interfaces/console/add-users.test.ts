import assert from 'node:assert/strict';
import { textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, type TestServer } from '../../../support/servers/server.ts';
import { startUsersConsole, USERS, type UsersConsole } from '../../../support/servers/users-console.ts';

const EVA = {
  userName: 'eva@example.com',
  password: 'email',
  email: 'eva@example.com',
  confirmEmail: 'EVA@example.com',
  givenName: 'Eva',
  familyName: 'Evans',
  displayName: 'Eva Evans',
};

describe('users that are added in the console', () => {
  let console: UsersConsole;
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    console = await startUsersConsole();
    ({ server, ana } = console);
  });
  after(() => server.stop());

  const hrefOf: UsersConsole['hrefOf'] = (name) => console.hrefOf(name);
  const send: UsersConsole['send'] = (...given) => console.send(...given);
  const state = () => console.state();

  it('are added with an email, in two steps, to the chosen groups', async () => {
    const groups = await send(await ana.get(`${USERS}/add`), '/add', { ...EVA, 'attributes.title': 'Pilot' });
    assert.match(textOf(groups), /Add this user to groups/);
    const back = await send(groups, '/add', { goto: 'details' });
    assert.match(back.body, /name="attributes\.title"[^>]*value="Pilot"/);
    const found = await send(groups, '/add', { find: 'groups', 'groups.q': 'ngin' });
    const added = await send(found, '/add', { groups: 'Engineering' });
    assert.equal(added.location, `${await hrefOf('eva')}?done=added`);
    const page = await ana.get(added.location);
    const mailbox = /<a href="([^"]+)">Show it in the mailbox/.exec(page.body)?.[1] ?? '';
    assert.match(textOf(await ana.get(mailbox)), /Invitation .*eva@example\.com/);
    const shown = textOf(page);
    assert.match(shown, /An email with password setup instructions was sent\./);
    assert.match(shown, /no password yet.*Title Pilot/);
    const again = await send(await ana.get(added.location), '/invite');
    assert.match(textOf(await ana.get(again.location ?? '')), /Another invitation was sent\./);
    const mails = await server.organization.mailbox.list({ to: EVA.email });
    assert.deepEqual(
      mails.map(({ kind }) => kind),
      ['invitation', 'invitation'],
    );
    assert.deepEqual(
      (await server.organization.groups.members('Engineering')).map(({ userName }) => userName).sort(),
      ['ana@example.com', 'eva@example.com'],
    );
  });

  it('are added with a one-time password, which is shown once and works', async () => {
    const fay = {
      ...EVA,
      userName: 'fay@example.com',
      email: 'fay@example.com',
      confirmEmail: 'fay@example.com',
    };
    const groups = await send(await ana.get(`${USERS}/add`), '/add', { ...fay, password: 'generate' });
    const added = await send(groups, '/add');
    assert.equal(added.status, 200);
    assert.match(added.headers.get('cache-control') ?? '', /no-store/);
    const [, password = ''] = /One-time password: (\S+)/.exec(textOf(added)) ?? [];
    assert.match(textOf(added), new RegExp(`User portal: http://localhost:${server.port}/demo/start`));
    const signedIn = await signIn(server.browser(), fay.userName, password);
    assert.match(textOf(signedIn), /new password/i);
    assert.doesNotMatch(
      (await ana.get(await hrefOf('fay'))).body,
      new RegExp(password.replace(/\W/g, '\\$&')),
    );
  });

  it('are checked again after the second step, whose answers come from the browser', async () => {
    const groups = await send(await ana.get(`${USERS}/add`), '/add', {
      ...EVA,
      ...{ userName: 'hal', email: 'hal@example.com', confirmEmail: 'hal@example.com' },
    });
    const before = await state();
    const unknown = await send(groups, '/add', { groups: 'Nowhere' });
    assert.equal(unknown.status, 400);
    assert.match(textOf(unknown), /There is no group Nowhere/);
    assert.equal(await state(), before);
  });
});

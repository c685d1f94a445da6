import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, type TestServer } from '../../../support/servers/server.ts';
import {
  startUsersConsole,
  USERS,
  WRONG_NAMES,
  type UsersConsole,
} from '../../../support/servers/users-console.ts';

const EVA = {
  userName: 'eva@example.com',
  password: 'email',
  email: 'eva@example.com',
  confirmEmail: 'EVA@example.com',
  givenName: 'Eva',
  familyName: 'Evans',
  displayName: 'Eva Evans',
};

/** What a name may be, and what a page must show as text. */
const ODD_NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'ليلى الحسيني',
  'Ana \u202Enimda',
  '\u200B',
  '👩🏽‍🚀',
];

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

  it('are refused with a message at the field, and with what was typed', async function () {
    this.timeout(30_000); // two dozen forms
    const page = await ana.get(`${USERS}/add`);
    const before = await state();
    const wrong: [field: string, value: string, message: RegExp][] = [
      ...WRONG_NAMES.map(([value, message]): [string, string, RegExp] => ['displayName', value, message]),
      ...[
        ['givenName', '', /must have 1 to/],
        ['familyName', 'two\nlines', /single line/],
        ['userName', '', /must have 1 to 128/],
        ['userName', 'x'.repeat(129), /must have 1 to 128/],
        ['userName', 'two words', /spaces/],
        ['userName', 'BO@example.com', /taken/],
        ['email', '', /must have 3 to 254/],
        ['email', 'eva', /Expected an email address/],
        ['email', 'eva@ex\u200Bample.com', /Expected an email address/],
        ['email', '<script>@x', /Expected an email address/],
        ['confirmEmail', 'other@example.com', /the same email address/],
        ['password', '', /Choose how/],
        ['password', 'correct-Horse-7', /Choose how/],
        ['attributes.title', 'x'.repeat(1025), /must have 1 to 1024/],
        ['attributes.locale', 'two\nlines', /single line/],
      ].map(([field, value, message]): [string, string, RegExp] => [
        field as string,
        value as string,
        message as RegExp,
      ]),
    ];
    const gail = { ...EVA, userName: 'gail', email: 'gail@example.com', confirmEmail: 'gail@example.com' };
    for (const [field, value, message] of wrong) {
      const refused = await send(page, '/add', { ...gail, [field]: value });
      const about = `${field} ${JSON.stringify(value.slice(0, 20))}`;
      assert.ok([400, 409].includes(refused.status), about);
      const error = new RegExp(`id="add-${field.replace('.', '\\.')}-error"[^>]*>(.*?)</p>`, 's').exec(
        refused.body,
      );
      assert.match(textOf({ ...refused, body: error?.[1] ?? '' }), message, about);
      assert.match(refused.body, /<title>Nothing was saved: Add user/, about);
      if (field !== 'displayName')
        assert.match(refused.body, /name="displayName"[^>]*value="Eva Evans"/, about);
    }
    assert.equal((await send(page, '/add', { ...gail, step: 'review' })).status, 400);
    const twice = `${new URLSearchParams({ ...formOf(page, '/add', ['csrf']).fields, ...gail }).toString()}&userName=x`;
    assert.equal((await ana.post(`${USERS}/add`, twice, { site: 'same-origin' })).status, 400);
    assert.equal(await state(), before);
  });

  it('are checked again after the second step, whose answers come from the browser', async () => {
    const groups = await send(await ana.get(`${USERS}/add`), '/add', {
      ...EVA,
      ...{ userName: 'hal', email: 'hal@example.com', confirmEmail: 'hal@example.com' },
    });
    const before = await state();
    assert.match(textOf(await send(groups, '/add', { userName: '' })), /Username: The user name must have/);
    const taken = await send(groups, '/add', { userName: 'bo@example.com' });
    assert.equal(taken.status, 409);
    assert.match(textOf(taken), /Username: .*taken/);
    const unknown = await send(groups, '/add', { groups: 'Nowhere' });
    assert.equal(unknown.status, 400);
    assert.match(textOf(unknown), /There is no group Nowhere/);
    assert.equal(await state(), before);
  });

  it(inConformance('show odd names as text everywhere, and never as markup'), async function () {
    this.timeout(30_000); // nine pages for each name
    for (const [index, displayName] of ODD_NAMES.entries()) {
      const name = `odd${index}@example.com`;
      const details = {
        ...EVA,
        userName: name,
        email: name,
        confirmEmail: name,
        displayName,
        password: 'email',
      };
      const groups = await send(await ana.get(`${USERS}/add`), '/add', details);
      const added = await send(groups, '/add', { displayName });
      const href = added.location?.replace(/\?.*/, '') ?? assert.fail(textOf(added));
      const pages = [USERS, href, `${href}/groups`, `${href}/groups/add`, `${href}/sessions`, `${href}/edit`];
      for (const path of [...pages, `${href}/disable`, `${href}/delete`, `${href}/reset-password`]) {
        const page = await ana.get(path);
        assert.equal(page.status, 200, path);
        assert.doesNotMatch(page.body, /<script>alert|<img src=x/, path);
      }
      await server.organization.users.delete(name);
    }
  });
});

import assert from 'node:assert/strict';
import { listUsers } from '../../../../src/domain/directory/user-list-store.ts';
import { inConformance } from '../../../support/basics/depth.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const USERS = '/demo/console/users';

const EVA = {
  userName: 'eva@example.com',
  password: 'email',
  email: 'eva@example.com',
  confirmEmail: 'EVA@example.com',
  givenName: 'Eva',
  familyName: 'Evans',
  displayName: 'Eva Evans',
};

/** What no name may be: each with the message at the field. */
const WRONG_NAMES: [value: string, message: RegExp][] = [
  ['', /must have 1 to/],
  [' \t ', /must have 1 to/],
  ['x'.repeat(1025), /must have 1 to/],
  ['two\nlines', /single line/],
  ['a\u0007b', /can't be used/],
  ['\uD83D\uFFFE', /can't be used/],
];

/** What a name may be, and what a page must show as text. */
const ODD_NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'ليلى الحسيني',
  'Ana \u202Enimda',
  '\u200B',
  '👩🏽‍🚀',
];

describe('the console’s users', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  const idOf = async (userName: string) =>
    (await server.organization.users.get(userName))?.id ?? assert.fail(`${userName} is missing`);
  const hrefOf = async (name: string) => `${USERS}/${await idOf(`${name}@example.com`)}`;
  /** Sends the form of a page whose action ends like this. */
  const send = async (page: Answer, action: string, values: Record<string, string> = {}) => {
    const form = formOf(page, action, ['csrf']);
    return ana.post(form.action, { ...form.fields, ...values }, { site: 'same-origin' });
  };
  const state = async () => {
    const { items } = await listUsers(server.db.read, server.instance.id, {}, { limit: 1000 });
    return JSON.stringify(items);
  };

  it('are listed, found by parts of their names, filtered and sorted', async () => {
    const rows = (page: Answer) =>
      [...page.body.matchAll(/aria-label="Select ([^"]*)"/g)].map(([, name]) => name);
    assert.deepEqual(rows(await ana.get(USERS)), ['ana@example.com', 'bo@example.com', 'dora@example.com']);
    assert.deepEqual(rows(await ana.get(`${USERS}?q=BERG`)), ['bo@example.com']);
    assert.deepEqual(rows(await ana.get(`${USERS}?status=disabled`)), ['dora@example.com']);
    assert.equal(rows(await ana.get(`${USERS}?order=descending`))[0], 'dora@example.com');
    assert.match(textOf(await ana.get(`${USERS}?q=%25`)), /No user found/);
    for (const wrong of ['?status=all', '?order=up', '?cursor=x', '?before=W10', `?q=${'x'.repeat(201)}`])
      assert.equal((await ana.get(`${USERS}${wrong}`)).status, 400, wrong);
    assert.equal((await ana.get(`${USERS}/nobody`)).status, 404);
  });

  it('are added with an email, in two steps, to the chosen groups', async () => {
    const groups = await send(await ana.get(`${USERS}/add`), '/add', { ...EVA, 'attributes.title': 'Pilot' });
    assert.match(textOf(groups), /Add this user to groups/);
    const back = await send(groups, '/add', { goto: 'details' });
    assert.match(back.body, /name="attributes\.title"[^>]*value="Pilot"/);
    const found = await send(groups, '/add', { find: 'groups', 'groups.q': 'ngin' });
    const added = await send(found, '/add', { groups: 'Engineering' });
    assert.equal(added.location, `${await hrefOf('eva')}?done=added`);
    const shown = textOf(await ana.get(added.location ?? ''));
    assert.match(shown, /An email with password setup instructions was sent\./);
    assert.match(shown, /no password yet.*Title Pilot/);
    const [mail] = await server.organization.mailbox.list({ to: EVA.email });
    assert.equal(mail?.kind, 'invitation');
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

  it('are edited, and refused beside the field', async () => {
    const href = await hrefOf('bo');
    const page = await ana.get(`${href}/edit`);
    const before = await state();
    const wrong: [field: string, value: string, message: RegExp][] = [
      ...WRONG_NAMES.map(([value, message]): [string, string, RegExp] => ['displayName', value, message]),
      ['email', 'ANA@example.com', /Another user has/],
      ['email', 'bob', /Expected an email address/],
      ['attributes.title', 'a\u0000b', /NUL/],
      ['attributes.title', 'a\u0007b', /can't be used/],
    ];
    for (const [field, value, message] of wrong) {
      const refused = await send(page, '/edit', { familyName: 'Typed', [field]: value });
      assert.ok([400, 409].includes(refused.status), value);
      assert.match(textOf(refused), message);
      if (!value.includes('\0')) assert.match(refused.body, /name="familyName"[^>]*value="Typed"/);
    }
    assert.equal(await state(), before);
    const saved = await send(page, '/edit', { displayName: 'Bo B.', 'attributes.title': ' Cook ' });
    assert.equal(saved.location, `${href}?done=edited`);
    assert.match(textOf(await ana.get(saved.location ?? '')), /The changes were saved\..*Bo B\..*Title Cook/);
  });

  it('are not overwritten by somebody who didn’t see the last change', async () => {
    const href = await hrefOf('bo');
    const page = await ana.get(`${href}/edit`);
    await server.organization.users.update('bo@example.com', { displayName: 'Bo Theirs' });
    const refused = await send(page, '/edit', { displayName: 'Bo Mine' });
    assert.equal(refused.status, 409);
    assert.match(refused.body, /<title>Changed meanwhile: Edit user details/);
    assert.match(textOf(refused), /library changed this at .*Display name Bo Mine Bo Theirs/);
    assert.equal((await server.organization.users.get('bo@example.com'))?.displayName, 'Bo Theirs');
    assert.equal((await send(refused, '/edit')).location, `${href}?done=edited`);
    assert.equal((await server.organization.users.get('bo@example.com'))?.displayName, 'Bo Mine');
    assert.equal((await send(await ana.get(`${href}/edit`), '/edit', { version: 'x' })).status, 400);
    for (const act of ['disable', 'delete']) {
      const stale = await send(await ana.get(`${href}/${act}`), `/${act}`, {
        version: '1',
        confirmation: 'DELETE',
      });
      assert.equal(stale.status, 409, act);
      assert.match(textOf(stale), /The user changed meanwhile/);
    }
  });

  it('show read-only administrators neither buttons nor forms', async () => {
    await server.organization.users.setConsoleAccess('bo@example.com', 'read-only');
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    const href = await hrefOf('ana');
    for (const path of [USERS, href, `${href}/groups`, `${href}/sessions`]) {
      const page = await bo.get(path);
      assert.equal(page.status, 200, path);
      const posts = [...page.body.matchAll(/<form method="post" action="([^"]*)"/g)].map(
        ([, action]) => action,
      );
      assert.deepEqual(posts, ['/demo/signout'], path);
      assert.doesNotMatch(
        page.body,
        /type="checkbox"|href="[^"]*\/(add|edit|disable|delete|reset-password)"/,
        path,
      );
    }
    const forms = ['edit', 'disable', 'delete', 'reset-password', 'groups/add'].map(
      (form) => `${href}/${form}`,
    );
    for (const path of [...forms, `${USERS}/add`]) assert.equal((await bo.get(path)).status, 403, path);
    await server.organization.users.setConsoleAccess('bo@example.com', null);
  });

  it('are disabled with their sessions, and enabled by undoing it', async () => {
    await server.organization.settings.update({ session: { revocation: 'immediate' } });
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    const href = await hrefOf('bo');
    const asked = await ana.get(`${href}/disable`);
    assert.match(textOf(asked), /Sessions end at once/);
    const disabled = await ana.get((await send(asked, '/disable')).location ?? '');
    assert.match(textOf(disabled), /The user was disabled\. Undo/);
    assert.equal((await bo.get('/demo/start')).status, 302);
    for (const page of ['edit', 'reset-password', 'groups/add'])
      assert.ok((await ana.get(`${href}/${page}`)).location?.startsWith(href), page);
    assert.match(textOf(await ana.get(`${href}/groups`)), /Enable the user to see the groups/);
    await send(disabled, '/enable');
    assert.equal((await server.organization.users.get('bo@example.com'))?.enabled, true);
    await server.organization.settings.update({ session: { revocation: 'as-aws' } });
  });

  it('get another password by email, or a one-time password', async () => {
    const href = await hrefOf('bo');
    const page = await ana.get(`${href}/reset-password`);
    for (const how of ['', 'none', '<script>']) {
      const refused = await send(page, '/reset-password', { how });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), /Password: Choose one of them\./);
    }
    assert.equal((await send(page, '/reset-password', { how: 'email' })).location, `${href}?done=reset-sent`);
    const [mail] = await server.organization.mailbox.list({ to: 'bo@example.com' });
    assert.match(mail?.text ?? '', /reset-password/);
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    const reset = await send(page, '/reset-password', { how: 'generate' });
    assert.match(textOf(reset), /Password reset .*One-time password/);
    assert.equal((await bo.get('/demo/start')).status, 302, 'the sessions ended');
    assert.match(textOf(await ana.get(href)), /One-time password, to be changed/);
  });

  it('are freed from a throttle, which their page shows', async () => {
    const href = await hrefOf('bo');
    assert.doesNotMatch(textOf(await ana.get(href)), /Refused after too many attempts/);
    for (let tries = 0; tries < 10; tries += 1) await signIn(server.browser(), 'bo@example.com', 'wrong');
    const page = await ana.get(href);
    assert.match(textOf(page), /Refused after too many attempts/);
    const freed = await ana.get((await send(page, '/unblock')).location ?? '');
    assert.match(textOf(freed), /The user can try again at once\./);
    assert.doesNotMatch(textOf(freed), /Refused after too many attempts/);
  });

  it('are added to groups that are found, and removed', async () => {
    await server.organization.groups.create({ displayName: 'Sales' });
    const href = await hrefOf('bo');
    assert.match(textOf(await ana.get(`${href}/groups`)), /In no group/);
    const page = await ana.get(`${href}/groups/add?q=SAL`);
    assert.doesNotMatch(textOf(page), /Engineering/);
    const [, selected = ''] = /name="selected" value="([^"]*)"/.exec(page.body) ?? [];
    for (const [value, status] of [
      ['', 400],
      ['nowhere', 404],
      ['x'.repeat(70), 400],
    ] as const) {
      const refused = await send(page, '/groups/add', value === '' ? {} : { selected: value });
      assert.equal(refused.status, status, value);
    }
    // Twice: who is a member already stays one.
    for (let times = 0; times < 2; times += 1)
      assert.equal((await send(page, '/groups/add', { selected })).location, `${href}/groups?done=added`);
    const groups = await ana.get(`${href}/groups`);
    assert.match(textOf(groups), /Sales/);
    assert.equal((await send(groups, '/remove')).location, `${href}/groups?done=removed`);
    assert.equal((await send(groups, '/remove')).status, 404);
  });

  it('have their sessions ended, one or all, and trust in browsers forgotten', async () => {
    const href = await hrefOf('ana');
    const others = [server.browser(), server.browser()];
    for (const other of others) {
      server.clock.advance(1000);
      await signIn(other, 'ana@example.com', 'correct-Horse-7');
    }
    const page = await ana.get(`${href}/sessions`);
    const [newest = ''] = [...page.body.matchAll(/sessions\/[\w-]+\/end/g)].map(([path]) => path);
    const ended = await send(page, newest);
    assert.equal(ended.location, `${href}/sessions?done=ended`);
    const left = await Promise.all(others.map((other) => other.get('/demo/start')));
    assert.deepEqual(left.map(({ status }) => status).sort(), [200, 302]);
    assert.equal((await send(page, newest)).status, 404);
    await send(await ana.get(`${href}/sessions`), '/sessions/end');
    assert.match((await ana.get(USERS)).location ?? '', /signin/);
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });

  it('are disabled, enabled and deleted together, more than twenty at once', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `many${index}@example.com`);
    for (const name of names)
      await server.organization.users.create({ ...UNLISTED, userName: name, email: name });
    const page = await ana.get(`${USERS}?q=many`);
    const ids = [...page.body.matchAll(/name="selected" value="([^"]*)"/g)].map(([, id = '']) => id);
    assert.equal(ids.length, 25);
    const { action, fields } = formOf(page, '/selected');
    const act = (from: Record<string, string>, extra: Record<string, string>) => {
      const selected = ids.map((id) => `selected=${id}`).join('&');
      return ana.post(action, `${new URLSearchParams({ ...from, ...extra })}&${selected}`, {
        site: 'same-origin',
      });
    };
    assert.equal(
      (await ana.post(action, { ...fields, act: 'disable' }, { site: 'same-origin' })).location,
      `${USERS}?done=none-selected`,
    );
    assert.equal((await act(fields, { act: 'promote' })).status, 400);
    const asked = await act(fields, { act: 'disable' });
    assert.match(textOf(asked), /Disable 25 users.*many0@example\.com/);
    const confirm = { csrf: fields['csrf'] ?? '', confirmed: 'yes' };
    assert.equal((await act(confirm, { act: 'disable' })).location, `${USERS}?done=disabled&count=25`);
    assert.match(textOf(await ana.get(`${USERS}?done=disabled&count=25`)), /25 users disabled\./);
    assert.equal((await act(confirm, { act: 'enable' })).location, `${USERS}?done=enabled&count=25`);
    for (const confirmation of ['', 'delete', 'DELETE ']) {
      const refused = await act(confirm, { act: 'delete', confirmation });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), /Type DELETE\./);
    }
    const deleted = await act(confirm, { act: 'delete', confirmation: 'DELETE' });
    assert.equal(deleted.location, `${USERS}?done=deleted&count=25`);
    assert.match(textOf(await ana.get(`${USERS}?q=many`)), /No user found/);
  });

  it('are deleted after the word, and then are nobody', async () => {
    const href = await hrefOf('bo');
    const page = await ana.get(`${href}/delete`);
    for (const confirmation of ['', 'delete', '<b>DELETE</b>'])
      assert.equal((await send(page, '/delete', { confirmation })).status, 400, confirmation);
    assert.equal(
      (await send(page, '/delete', { confirmation: 'DELETE' })).location,
      `${USERS}?done=deleted&count=1`,
    );
    assert.equal((await ana.get(href)).status, 404);
    const events = await server.organization.events({ eventName: 'DeleteUser' });
    assert.ok(events.some(({ userIdentity }) => JSON.stringify(userIdentity).includes('ana@example.com')));
  });
});

const UNLISTED = { givenName: 'Many', familyName: 'Others', displayName: 'One of many' };

import assert from 'node:assert/strict';
import { insertTrust } from '../../../../src/domain/sessions/trusted-device-store.ts';
import type { BrowserId, TrustedDeviceId, UserId } from '../../../../src/foundation/platform/ids.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, type TestServer } from '../../../support/servers/server.ts';
import { startUsersConsole, USERS, type UsersConsole } from '../../../support/servers/users-console.ts';

describe('the console’s users', () => {
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

  it('are edited', async () => {
    const href = await hrefOf('bo');
    const page = await ana.get(`${href}/edit`);
    const saved = await send(page, '/edit', { displayName: 'Bo B.', 'attributes.title': ' Cook ' });
    assert.equal(saved.location, `${href}?done=edited`);
    assert.match(textOf(await ana.get(saved.location)), /The changes were saved\..*Bo B\..*Title Cook/);
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
    assert.doesNotMatch(textOf(asked), /This is you/);
    assert.match(textOf(await ana.get(`${await hrefOf('ana')}/disable`)), /This is you/);
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

  it('have trusted devices forgotten, one or all', async () => {
    const { db, instance } = server;
    const href = await hrefOf('ana');
    const userId = href.split('/').at(-1) as UserId; // from the address
    for (const [index, ip] of ['203.0.113.7', '203.0.113.8', '203.0.113.9'].entries()) {
      const device = {
        ...{ id: `trust-${index}` as TrustedDeviceId, browserId: `b-${index}` as BrowserId }, // only compared
        ...{ userId, ip, browserFamily: 'Firefox', userAgent: '', trustedAt: index },
      };
      await db.transaction((tx) => insertTrust(tx, instance.id, device));
    }
    const page = await ana.get(`${href}/sessions`);
    const forgotten = await send(page, 'trust-1/forget');
    const left = textOf(await ana.get(forgotten.location ?? ''));
    assert.match(left, /The trusted device was forgotten\..*203\.0\.113\.9.*203\.0\.113\.7/);
    assert.doesNotMatch(left, /203\.0\.113\.8/);
    assert.equal((await send(page, 'trust-1/forget')).status, 404);
    const none = await ana.get((await send(page, 'trusted-devices/forget')).location ?? '');
    assert.match(textOf(none), /No trusted devices/);
  });

  it('have their sessions ended, one or all', async () => {
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
    assert.doesNotMatch(textOf(asked), /You are one of these users/);
    ids.push((await server.organization.users.get('ana@example.com'))?.id ?? '');
    for (const doom of ['disable', 'delete'])
      assert.match(
        textOf(await act(fields, { act: doom })),
        /You are one of these users: you lose your access/,
      );
    ids.pop();
    const confirm = { csrf: fields['csrf'] ?? '', confirmed: 'yes' };
    assert.equal((await act(confirm, { act: 'disable' })).location, `${USERS}?done=disabled&count=25`);
    assert.match(textOf(await ana.get(`${USERS}?done=disabled&count=25`)), /25 users disabled\./);
    assert.equal((await act(confirm, { act: 'enable' })).location, `${USERS}?done=enabled&count=25`);
    for (const confirmation of ['', 'delete', 'DELETE ']) {
      const refused = await act(confirm, { act: 'delete', confirmation });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), /Type DELETE, exactly as it is shown/);
    }
    const deleted = await act(confirm, { act: 'delete', confirmation: 'DELETE' });
    assert.equal(deleted.location, `${USERS}?done=deleted&count=25`);
    assert.match(textOf(await ana.get(`${USERS}?q=many`)), /No user found/);
  });

  it('are deleted after the word with their sessions, and then are nobody', async () => {
    await server.organization.settings.update({ session: { revocation: 'immediate' } });
    await server.organization.users.setPassword('bo@example.com', 'correct-Horse-1');
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-1');
    assert.equal((await bo.get('/demo/start')).status, 200);
    const href = await hrefOf('bo');
    const page = await ana.get(`${href}/delete`);
    assert.equal(
      (await send(page, '/delete', { confirmation: 'DELETE' })).location,
      `${USERS}?done=deleted&count=1`,
    );
    assert.equal((await ana.get(href)).status, 404);
    assert.equal((await bo.get('/demo/start')).status, 302);
    const events = await server.organization.events({ eventName: 'DeleteUser' });
    assert.ok(events.some(({ userIdentity }) => JSON.stringify(userIdentity).includes('ana@example.com')));
  });
});

const UNLISTED = { givenName: 'Many', familyName: 'Others', displayName: 'One of many' };

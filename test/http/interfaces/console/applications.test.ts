import assert from 'node:assert/strict';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const APPLICATIONS = '/demo/console/applications';

describe('the console’s applications', () => {
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

  before(async () => {
    const serviceProvider = { entityId: 'urn:ledger', acsUrls: ['https://ledger.example.com/acs'] };
    await server.organization.applications.create({ key: 'ledger', displayName: 'Ledger', serviceProvider });
  });

  const idOf = async (key: string) => (await server.organization.applications.get(key))?.id ?? '';

  /** Sends the form of a page whose address ends so. */
  const press = (page: Answer, end: string, values: Record<string, string> = {}) => {
    const form = formOf(page, end, Object.keys(values));
    return ana.post(form.action, { ...form.fields, ...values }, { site: 'same-origin' });
  };

  /** Sends what the button of a list sends, with the rows that are checked. */
  const act = (page: Answer, path: string, values: Record<string, string> = {}) =>
    ana.post(
      path,
      { csrf: formOf(page, '', ['csrf']).fields['csrf'] ?? '', ...values },
      { site: 'same-origin' },
    );

  it('are listed with their certificates, found and filtered', async () => {
    assert.match(textOf(await ana.get(APPLICATIONS)), /Wiki Enabled Custom SAML 2\.0 application .*, valid/);
    assert.match(textOf(await ana.get(`${APPLICATIONS}?q=WIK&status=enabled`)), /Wiki Enabled/);
    assert.match(textOf(await ana.get(`${APPLICATIONS}?status=disabled`)), /No application found/);
    assert.equal((await ana.get(`${APPLICATIONS}?status=other`)).status, 400);
  });

  it('are shown by id or key with what their service provider needs, and disabled and enabled', async () => {
    const id = await idOf('wiki');
    const shown = await ana.get(`${APPLICATIONS}/${id}`);
    assert.match(textOf(shown), /AWS SSO sign-in URL http.*\/saml\/assertion\/ins-/);
    const disabled = await press(shown, '/disable');
    assert.equal(disabled.location, `${APPLICATIONS}/${id}?done=disabled`);
    const after = await ana.get(disabled.location);
    assert.match(textOf(after), /The application is disabled.*Disabled/);
    assert.equal((await server.organization.applications.get('wiki'))?.enabled, false);
    assert.equal((await press(after, '/enable')).location, `${APPLICATIONS}/${id}?done=enabled`);
    assert.equal((await ana.get(`${APPLICATIONS}/wiki`)).status, 200);
    assert.equal((await ana.get(`${APPLICATIONS}/nothing`)).status, 404);
  });

  it('are assigned to users, groups and everyone, and taken away again after a page that names them', async () => {
    const here = `${APPLICATIONS}/${await idOf('ledger')}`;
    const bo = await server.organization.users.get('bo@example.com');
    const choice = await ana.get(`${here}/assign/users?q=BO%20example`);
    assert.match(textOf(choice), /bo@example\.com .* none/);
    assert.match(textOf(await act(choice, `${here}/assign/users`)), /Select at least one name/);
    const assigned = await act(choice, `${here}/assign/users`, { selected: bo?.id ?? '' });
    assert.equal(assigned.location, `${here}/users?done=assigned-1`);
    const list = await ana.get(assigned.location);
    assert.match(textOf(list), /1 assignment changed: they got access.*bo@example\.com Bo/);
    assert.match(textOf(await ana.get(`${here}/assign/users?q=bo`)), /bo@example\.com .* Assigned/);
    assert.equal((await press(choice, '/assign-everyone')).location, `${here}/users?done=everyone`);
    assert.match(textOf(await ana.get(`${here}/users`)), /Everyone may use this application/);
    const groups = await ana.get(`${here}/assign/groups`);
    const { id = '' } = (await server.organization.groups.list())[0] ?? {};
    assert.match(
      (await act(groups, `${here}/assign/groups`, { selected: id })).location ?? '',
      /groups\?done=assigned-1/,
    );
    assert.match(textOf(await ana.get(`${here}/groups?q=ENG`)), /Engineering/);
    for (const principal of [bo?.id ?? '', id, server.instance.id]) {
      const asked = await ana.get(`${here}/remove-access/${principal}`);
      assert.match(textOf(asked), /Verify who loses access/);
      assert.match((await press(asked, '/remove-access')).location ?? '', /done=removed-1$/);
      assert.match((await ana.get(`${here}/remove-access/${principal}`)).location ?? '', /done=removed-0$/);
    }
    assert.match(textOf(await ana.get(`${here}/users`)), /No users assigned/);
  });

  it('show instructions with their values, and are removed by a word at the version that was shown', async () => {
    const here = `${APPLICATIONS}/${await idOf('ledger')}`;
    assert.match(textOf(await ana.get(`${here}/instructions`)), /Sign-on URL.*http/);
    const shown = await ana.get(`${here}/remove`);
    for (const confirmation of ['', 'REMOVE', 'removed', '\u200Bremove', '<script>alert(1)</script>', '🗑️']) {
      const refused = await press(shown, '/remove', { confirmation });
      assert.equal(refused.status, 400, confirmation);
      assert.match(textOf(refused), /Type “remove” exactly as shown/);
    }
    await server.organization.applications.get('ledger').then((it) => it?.update({ description: 'other' }));
    const late = await press(shown, '/remove', { confirmation: 'remove' });
    assert.equal(late.status, 409);
    assert.match(late.body, /<title>Nothing was removed: /);
    assert.ok(await idOf('ledger'));
    const removed = await press(late, '/remove', { confirmation: 'remove' });
    assert.equal(removed.location, `${APPLICATIONS}?done=removed`);
    assert.equal(await server.organization.applications.get('ledger'), undefined);
  });
});

import assert from 'node:assert/strict';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { METADATA } from '../control-api/valid-requests.ts';
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
    await server.organization.applications.get('ledger').then((it) => it?.update({ description: 'other' }));
    const late = await press(shown, '/remove', { confirmation: 'remove' });
    assert.equal(late.status, 409);
    assert.match(late.body, /<title>Nothing was removed: /);
    assert.ok(await idOf('ledger'));
    const removed = await press(late, '/remove', { confirmation: 'remove' });
    assert.equal(removed.location, `${APPLICATIONS}?done=removed`);
    assert.equal(await server.organization.applications.get('ledger'), undefined);
  });

  const add = (entry: string, values: Record<string, string>) =>
    ana.get(`${APPLICATIONS}/add/${entry}`).then((page) => press(page, `/add/${entry}`, values));

  it('are chosen from the catalogue, configured, reviewed and added', async () => {
    assert.match(textOf(await ana.get(`${APPLICATIONS}/add?q=sla`)), /Slack By the vendor’s documentation/);
    const review = await add('slack', { displayName: 'Our Slack', 'variable-workspace': 'example-corp' });
    assert.match(textOf(review), /Application ACS URL https:\/\/example-corp\.slack\.com\/sso\/saml/);
    const back = await act(review, `${APPLICATIONS}/add/slack`, {
      ...formOf(review, '/add/slack', ['variable-workspace']).fields,
      goto: 'configure',
    });
    assert.match(back.body, /value="example-corp"/);
    const saved = await press(review, '/add/slack');
    assert.match(saved.location ?? '', /\/applications\/ins-[0-9a-f]+\?done=added$/);
    const added = await ana.get(saved.location ?? '');
    assert.match(textOf(added), /The application was added.*Slack, from the catalogue/);
    const next = [...added.body.matchAll(/<li><a href="([^"]+)">[^<]+<\/a><span class="v-soft">/g)];
    assert.equal(next.length, 3);
    for (const [, href] of next) assert.equal((await ana.get(href ?? '')).status, 200);
    const { attributes } = (await server.organization.applications.get('our-slack')) ?? {};
    assert.deepEqual(
      attributes?.map(({ name }) => name),
      ['User.Email'],
    );
    assert.match(
      textOf(await add('slack', { displayName: 'Our Slack', 'variable-workspace': 'b' })),
      /our-slack/,
    );
  });

  it('are added from a file of metadata, from pasted metadata, and from typed values', async () => {
    const configure = await ana.get(`${APPLICATIONS}/add/custom`);
    const { fields } = formOf(configure, '/add/custom');
    const review = await ana.post(
      `${APPLICATIONS}/add/custom`,
      { ...fields, displayName: 'From a file', sessionDuration: '2', 'sessionDuration.unit': 'hours' },
      { site: 'same-origin', files: { metadata: METADATA } },
    );
    assert.match(
      textOf(review),
      /Session duration 2 hours .*Application SAML audience https:\/\/sp\.example\.com/,
    );
    const answers = { ...fields, displayName: 'From a file', step: 'review', metadataXml: METADATA };
    const saved = await act(review, `${APPLICATIONS}/add/custom`, { ...answers, sessionDuration: '2' });
    assert.match(saved.location ?? '', /done=added$/);
    const made = await server.organization.applications.get('from-a-file');
    assert.deepEqual(
      [made?.sessionDuration, made?.serviceProvider.acsUrls],
      ['PT2H', ['https://sp.example.com/acs']],
    );
    assert.match(
      textOf(await add('custom', { displayName: 'Pasted', metadataXml: METADATA })),
      /Review custom/,
    );
    const typed = { acsUrl: 'https://typed.example.com/acs', audience: 'urn:typed' };
    assert.match(textOf(await add('custom', { displayName: 'ليلى 👩🏽‍🚀', ...typed })), /urn:typed/);
  });

  it('take metadata or typed values, not both, and only entries of the catalogue', async () => {
    const before = (await server.organization.applications.list()).length;
    const typed = { displayName: 'Typed', acsUrl: 'https://typed.example.com/acs', audience: 'urn:typed' };
    const refused = await add('custom', { ...typed, metadataXml: METADATA });
    assert.equal(refused.status, 400);
    assert.match(textOf(refused), /Application SAML metadata file: .*only one of these/);
    assert.equal((await ana.get(`${APPLICATIONS}/add/nothing-like-this`)).status, 404);
    // Nor is a large form answered with many times its size: each quotation mark would take six octets.
    const { csrf = '' } = formOf(await ana.get(`${APPLICATIONS}/add/custom`), '/add/custom').fields;
    const marks = '"'.repeat(700_000);
    for (const names of [['metadataXml'], ['displayName', 'description', 'startUrl', 'relayState']]) {
      const sent = names.map((name) => `${name}=${marks}`).join('&');
      const refused = await ana.post(`${APPLICATIONS}/add/custom`, `csrf=${csrf}&${sent}`, {
        site: 'same-origin',
      });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), /is too long to be shown again \(700,000 characters\)/);
      assert.ok(refused.body.length < 200_000, String(refused.body.length));
    }
    assert.equal((await server.organization.applications.list()).length, before);
  });

  it('are edited, and not overwritten when somebody else has changed them', async () => {
    const here = `${APPLICATIONS}/${await idOf('wiki')}`;
    const form = await ana.get(`${here}/edit`);
    const first = await press(form, '/edit', { displayName: 'ليلى', relayState: '/a' });
    assert.equal(first.location, `${here}?done=saved`);
    const late = await press(form, '/edit', { displayName: 'Wiki 2' });
    assert.equal(late.status, 409);
    assert.match(textOf(late), /ana@example\.com changed this .* Display name Wiki 2 ليلى/);
    assert.equal((await press(late, '/edit', { displayName: 'Wiki' })).location, `${here}?done=saved`);
    assert.equal((await server.organization.applications.get('wiki'))?.displayName, 'Wiki');
  });

  it('get another service provider after a review, from metadata or from typed values', async () => {
    const here = `${APPLICATIONS}/${await idOf('wiki')}`;
    const form = await ana.get(`${here}/metadata`);
    const values = { acsUrl: 'https://new.example.com/acs', audience: 'urn:new' };
    const review = await press(form, '/metadata', values);
    assert.match(textOf(review), /Application SAML audience .* urn:new/);
    assert.notEqual(
      (await server.organization.applications.get('wiki'))?.serviceProvider.entityId,
      'urn:new',
    );
    assert.equal((await press(review, '/metadata')).location, `${here}?done=metadata`);
    assert.equal((await server.organization.applications.get('wiki'))?.serviceProvider.entityId, 'urn:new');
    assert.equal((await press(review, '/metadata')).status, 409);
  });
});

import assert from 'node:assert/strict';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const WIKI = '/demo/console/applications/wiki/attribute-mappings';

describe('the console’s attribute mappings', () => {
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

  const stored = async () => {
    const wiki = await server.organization.applications.get('wiki');
    assert.ok(wiki);
    return { attributes: wiki.attributes, subject: wiki.subject, version: wiki.version };
  };
  /** Sends the form of a page as the button `act` does. */
  const send = (page: Answer, values: Record<string, string>) => {
    const { action, fields } = formOf(page, 'attribute-mappings');
    return ana.post(action, { ...fields, ...values }, { site: 'same-origin' });
  };
  const fill = async (values: Record<string, string>) => send(await ana.get(WIKI), values);

  it('are added, previewed for a user, saved, and received by the service provider', async () => {
    const before = await stored();
    const added = await fill({ act: 'add' });
    const row = before.attributes.length;
    const typed = {
      [`name-${row}`]: 'Username',
      [`value-${row}`]: '${user:email}',
      [`format-${row}`]: 'uri',
    };
    const previewed = await send(added, { ...typed, act: 'preview', user: 'bo@example.com' });
    assert.match(textOf(previewed), /At a sign-on of bo@example\.com.*Username uri bo@example\.com/);
    assert.deepEqual(await stored(), before);
    const saved = await send(previewed, {});
    assert.match(
      saved.location ?? '',
      /^\/demo\/console\/applications\/ins-\w+\/attribute-mappings\?done=saved$/,
    );
    assert.match(textOf(await ana.get(saved.location ?? '')), /The attribute mappings were saved\./);
    const wiki = await server.organization.applications.get('wiki');
    const { xml } = (await wiki?.respond({ user: 'ana@example.com' })) ?? {};
    assert.match(xml ?? '', /Name="Username" NameFormat="[^"]*:uri"><saml:AttributeValue>ana@example\.com</);
    const removed = await fill({ act: `remove-${row}` });
    assert.doesNotMatch(textOf(removed), /Mapping 5/);
    await send(removed, {});
    assert.deepEqual((await stored()).attributes, before.attributes);
  });

  it('are previewed with odd texts, and for no user who isn’t there', async () => {
    const before = await stored();
    for (const odd of ['<script>alert(1)</script>', '</textarea>"><b>', 'שלום', '👩🏽‍🚀', 'a.b', 'a\u200Bb']) {
      const previewed = await fill({ 'name-0': odd, 'value-0': odd, act: 'preview' });
      assert.equal(previewed.status, 200, odd);
      assert.ok(textOf(previewed).includes(odd.replace('\u200B', ' U+200B ')), odd);
      assert.doesNotMatch(previewed.body, /<script>alert|"><b>/);
    }
    for (const user of ['nobody', '', 'x'.repeat(129), '<b>'])
      assert.match(textOf(await fill({ user, act: 'preview' })), /There is no user|Type the name|user name/);
    assert.equal((await ana.get(`${WIKI}?user=nobody`)).status, 400);
    assert.equal((await ana.get('/demo/console/applications/other/attribute-mappings')).status, 404);
    assert.deepEqual(await stored(), before);
  });

  it('that somebody else changed meanwhile are compared, and saved over theirs only when that is meant', async () => {
    const opened = await ana.get(WIKI);
    const wiki = await server.organization.applications.get('wiki');
    await wiki?.update({ attributes: [{ name: 'theirs', value: 'x' }] });
    const { version } = await stored();
    const refused = await send(opened, { 'value-0': 'mine' });
    assert.equal(refused.status, 409);
    assert.match(
      textOf(refused),
      /Changed meanwhile.*Attribute email mine \(unspecified\).*Attribute theirs empty x/,
    );
    assert.equal((await stored()).version, version);
    assert.equal((await send(refused, {})).status, 303);
    assert.equal((await stored()).attributes[0]?.value, 'mine');
  });

  it('generate a subject that is left empty, if its format allows that', async () => {
    const saved = await fill({ 'value-subject': '', 'format-subject': 'persistent' });
    assert.equal(saved.status, 303);
    assert.deepEqual((await stored()).subject, { value: null, format: 'persistent' });
  });

  it('are only shown to those with read-only access, with a preview', async () => {
    await server.organization.users.setConsoleAccess('bo@example.com', 'read-only');
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    const page = await bo.get(`${WIKI}?user=ana%40example.com`);
    assert.match(textOf(page), /At a sign-on of ana@example\.com/);
    assert.doesNotMatch(page.body, /Save changes|method="post" action="[^"]*attribute-mappings|Exchanges/);
    const { action, fields } = { action: WIKI, fields: { csrf: 'x', version: '1', 'name-0': 'x' } };
    assert.equal((await bo.post(action, fields, { site: 'same-origin' })).status, 403);
  });
});

import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const GROUPS = '/demo/console/groups';

describe('the console’s groups', () => {
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

  const create = async (displayName: string, description = '') =>
    ana.submit(await ana.get(`${GROUPS}/create`), { displayName, description });

  it('are created, listed and found', async () => {
    const created = await create('Örchard', 'Grows apples');
    assert.match(created.location ?? '', /^\/demo\/console\/groups\/[\w-]+\?done=created$/);
    assert.match(textOf(await ana.get(GROUPS)), /Örchard Grows apples/);
    assert.match(textOf(await ana.get(`${GROUPS}?q=${encodeURIComponent('öRCH')}`)), /Örchard/);
    assert.match(textOf(await ana.get(`${GROUPS}?q=%25`)), /No group found/);
    assert.equal((await ana.get(`${GROUPS}?q=${'x'.repeat(201)}`)).status, 400);
  });

  it('are refused beside the field, with what was typed', async () => {
    for (const [displayName, message] of [
      ['', /Group name: .*empty|Group name: /],
      ['x'.repeat(1025), /Group name: /],
      ['öRCHARD', /Group name: .*taken/],
      ['a\u0007b', /Group name: /],
    ] as const) {
      const refused = await create(displayName, '<b>&');
      assert.ok([400, 409].includes(refused.status), displayName.slice(0, 20));
      assert.match(textOf(refused), message);
      assert.match(refused.body, /<title>Nothing was saved: Create group/);
      assert.match(refused.body, /&lt;b>&amp;<\/textarea>|&lt;b&gt;&amp;<\/textarea>/);
      assert.equal(formOf(refused, '/create').action, `${GROUPS}/create`);
    }
    assert.equal((await server.organization.groups.list()).length, 2);
  });
});

import assert from 'node:assert/strict';
import { enterConsole } from '../../../support/servers/console.ts';
import { textOf } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

describe('the console of an instance', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
  after(() => server.stop());
  const linkToConsole = 'href="/demo/console"';

  it('is linked from the portal, for those alone who have access to it', async () => {
    for (const [userName, password, has] of [
      ['ana@example.com', 'correct-Horse-7', true],
      ['bo@example.com', 'correct-Horse-8', false],
    ] as const) {
      const browser = server.browser();
      const portal = await signIn(browser, userName, password);
      assert.equal(portal.body.includes(linkToConsole), has, userName);
      assert.equal((await browser.get('/demo/console/groups')).status, has ? 200 : 403, userName);
    }
  });

  it('opens for operators, who read that they are operators, and is recorded as theirs', async () => {
    const operator = server.browser();
    await enterConsole(server, operator);
    const page = await operator.get('/demo/console/groups/create');
    assert.match(textOf(page), /Operator of all organizations of this server until .* All organizations/);
    await operator.submit(page, { displayName: 'By an operator' });
    const [event] = await server.organization.events({ eventName: 'CreateGroup' });
    assert.match(JSON.stringify(event), /user\/console/);
  });

  it('says nothing for a word in an address that none of its pages knows', async () => {
    const ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    for (const page of [
      'groups',
      'users',
      'applications',
      'applications/wiki',
      'settings',
      'settings/time',
    ]) {
      const { status, body } = await ana.get(`/demo/console/${page}?done=constructor`);
      assert.equal(status, 200, page);
      assert.doesNotMatch(body, /native code|v-banner-success/, page);
    }
  });
});

import assert from 'node:assert/strict';
import { ANA, libraries, refusal } from '../../../support/servers/library.ts';

describe('the configuration of an organization of the library', () => {
  const { inFolder, start } = libraries();

  it('keeps events, mail and clock when its configuration is deleted, and is enabled at a new address', async () => {
    const server = await start();
    const { organization } = server;
    const portalUrl = await organization.customizeUrl('acme');
    assert.equal((await refusal(organization.customizeUrl('other'))).code, 'ConflictException');
    const { password: _, ...eva } = { ...ANA, userName: 'eva', email: 'eva@example.com' };
    await organization.users.create({ ...eva, invite: true });
    await organization.users.create(ANA);
    await organization.users.setConsoleAccess(ANA.userName, 'full');
    const [granted] = await organization.consoleAccess();
    assert.deepEqual(
      [granted?.principalType, granted?.name, granted?.access],
      ['USER', ANA.userName, 'full'],
    );
    await organization.clock.freeze();
    const frozenAt = await organization.clock.now();
    const browser = await organization.signIn(ANA.userName);
    assert.equal((await browser.visit(portalUrl)).status, 200);
    await organization.deleteConfiguration();
    for (const url of [portalUrl, organization.portalUrl])
      assert.equal((await browser.visit(url)).status, 404);
    assert.equal((await refusal(organization.users.list())).code, 'ResourceNotFoundException');
    assert.equal((await organization.mailbox.list()).length, 1);
    assert.equal(await organization.clock.now(), frozenAt);
    assert.equal((await organization.events())[0]?.eventName, 'DeleteInstance');
    const enabled = await organization.enable({ alias: 'acme' });
    assert.notEqual(enabled.directoryId, organization.directoryId);
    assert.deepEqual(await enabled.users.list(), []);
    assert.match((await browser.visit(portalUrl)).url, /\/signin\//, 'the session was of the old directory');
    assert.equal((await browser.visit(organization.portalUrl)).status, 404);
  });

  it('that was deleted is enabled when the next server opens the database', async () => {
    const data = inFolder('data');
    const first = await start({ data });
    await first.organization.deleteConfiguration();
    await first.stop();
    const { organization } = await start({ data });
    assert.notEqual(organization.directoryId, first.organization.directoryId);
    await organization.users.create(ANA);
  });
});

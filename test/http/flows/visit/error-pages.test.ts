import assert from 'node:assert/strict';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';
import { formOf, textOf } from '../../../support/servers/browserless.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

describe('an error page', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    await server.db.transaction((tx) =>
      tx
        .updateTable('organizations')
        .set({ clock_offset_ms: 3 * HOUR_MS })
        .execute(),
    );
  });
  after(() => server.stop());

  it('shows the instance’s name and that its clock differs when a form of the instance is refused', async () => {
    const browser = server.browser();
    const page = await browser.get('/demo/start', { followRedirects: true });
    const { action, fields } = formOf(page);
    const refused = await browser.post(action, { ...fields, csrf: 'forged', username: 'ana@example.com' });
    assert.equal(refused.status, 403);
    assert.match(textOf(refused), /Example Corp/);
    assert.match(textOf(refused), /3 hours ahead/);
    assert.match(refused.body, /href="\/demo\/start"/);
  });

  it('shows the difference of the clock also when the address itself is refused', async () => {
    const refused = await server.browser().get(`/demo/signin/${'x'.repeat(300)}`);
    assert.equal(refused.status, 400);
    assert.match(textOf(refused), /3 hours ahead/);
  });

  it('shows neither outside of an instance', async () => {
    for (const path of ['/nowhere', `/nobody/signin/${randomIds.uuid()}`]) {
      const missing = await server.browser().get(path);
      assert.equal(missing.status, 404);
      assert.doesNotMatch(textOf(missing), /hours ahead|Example Corp/);
    }
  });

  it('explains the problem to people without pointers into forms', async () => {
    const browser = server.browser();
    const page = await browser.get('/demo/start', { followRedirects: true });
    const { action } = formOf(page);
    const refused = await browser.post(action, { username: 'ana@example.com' }, { site: 'same-origin' });
    assert.equal(refused.status, 400);
    assert.match(textOf(refused), /The form is incomplete\./);
    assert.doesNotMatch(textOf(refused), /\/csrf|csrf:/);
  });
});

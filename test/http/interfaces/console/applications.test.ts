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

  const idOf = async (key: string) => (await server.organization.applications.get(key))?.id ?? '';

  /** Sends the form of a page whose address ends so. */
  const press = (page: Answer, end: string, values: Record<string, string> = {}) => {
    const form = formOf(page, end, Object.keys(values));
    return ana.post(form.action, { ...form.fields, ...values }, { site: 'same-origin' });
  };

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
});

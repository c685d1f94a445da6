import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { enterConsole } from '../../../support/servers/console.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const SETTINGS = '/demo/console/settings';
describe('the console’s settings', () => {
  let server: TestServer;
  let ana: Browserless;
  let operator: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    [ana, operator] = [server.browser(), server.browser()];
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    await enterConsole(server, operator);
  });
  after(() => server.stop());

  const settings = () => server.organization.settings.get();

  it('are shown at a glance, and each form says what it did', async () => {
    const overview = await ana.get(SETTINGS);
    for (const title of ['Identity source', 'Multi-factor authentication', 'User portal', 'Time', 'Mail'])
      assert.match(overview.body, new RegExp(`<h2[^>]*>${title}</h2>`));
    const saved = await ana.submit(await ana.get(`${SETTINGS}/mfa`), {
      mode: 'always-on',
      withoutDevice: 'block',
    });
    assert.equal(saved.location, `${SETTINGS}?done=mfa`);
    const after = textOf(await ana.get(saved.location));
    assert.match(after, /settings of multi-factor authentication were saved/);
    assert.doesNotMatch(after, /with their password only/);
    assert.deepEqual((await settings()).mfa.mode, 'always-on');
    const form = await ana.get(`${SETTINGS}/mfa`);
    assert.doesNotMatch(textOf(form), /have not registered an MFA device sign in/);
    // MFA is on, but asks nobody who has no device: the page says so.
    const allowed = await ana.submit(form, { mode: 'context-aware', withoutDevice: 'allow' });
    for (const path of [allowed.location ?? '', `${SETTINGS}/mfa`])
      assert.match(
        textOf(await ana.get(path)),
        /have not registered an MFA device sign in with their password/,
      );
    const session = await ana.submit(await ana.get(`${SETTINGS}/session`), {
      ...{ lifetime: '1.5', 'lifetime.unit': 'hours' },
    });
    assert.equal(session.status, 303);
    assert.equal((await settings()).session.lifetime, 'PT90M');
    assert.match((await ana.get(`${SETTINGS}/session`)).body, /value="90"/);
  });

  it('aren’t overwritten when somebody else has changed them meanwhile', async () => {
    const page = await ana.get(`${SETTINGS}/session`);
    await server.organization.settings.update({ session: { revocation: 'immediate' } });
    const late = await ana.submit(page, { lifetime: '2', 'lifetime.unit': 'days' });
    assert.equal(late.status, 409);
    assert.match(late.body, /<title>Changed meanwhile: Portal session/);
    assert.match(textOf(late), /Session duration 2 days .*90 minutes/);
    assert.match(textOf(late), /deleted user end After up to an hour At once/);
    assert.equal((await settings()).session.lifetime, 'PT90M');
    const over = await ana.submit(late, { revocation: 'as-aws' });
    assert.equal(over.status, 303);
    assert.deepEqual((await settings()).session, { lifetime: 'P2D', revocation: 'as-aws' });
  });

  it('that cost the whole server are operators’: administrators see them', async () => {
    const shown = await ana.get(`${SETTINGS}/limits`);
    assert.match(textOf(shown), /Only an operator of the server .*Events that are kept 100,000/);
    assert.doesNotMatch(shown.body, /name="events"/);
    const page = await operator.get(`${SETTINGS}/limits`);
    const { csrf: _, ...values } = formOf(page, '', ['events']).fields;
    const { csrf = '' } = formOf(await ana.get(`${SETTINGS}/mfa`), '', ['mode']).fields;
    const denied = await ana.post(
      `${SETTINGS}/limits`,
      { ...values, csrf, events: '5' },
      { site: 'same-origin' },
    );
    assert.equal(denied.status, 403);
    assert.equal((await settings()).retention.events, 100_000);
    assert.equal((await operator.submit(page, { events: '12,345' })).status, 303);
    assert.equal((await settings()).retention.events, 12_345);
  });

  it('are shown and not changed by somebody whose access is read-only', async () => {
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
    const overview = await ana.get(SETTINGS);
    assert.doesNotMatch(overview.body, /Customize<|Configure<|settings\/delete/);
    const shown = await ana.get(`${SETTINGS}/mfa`);
    assert.match(textOf(shown), /Your access is read-only.*Allow them to sign in/);
    assert.doesNotMatch(shown.body, /Save changes/);
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
});

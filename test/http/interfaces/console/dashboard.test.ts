import assert from 'node:assert/strict';
import { textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const HOME = '/demo/console';

describe('the console’s dashboard', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    await signIn(server.browser(), 'ana@example.com', 'wrong-Horse-7');
  });
  after(() => server.stop());

  it('shows counts, sign-ins, what to do next and what happened last', async () => {
    const text = textOf(await ana.get(HOME));
    assert.match(text, /3 Users 1 Groups \d Applications/);
    assert.match(text, /Sign-ins: 1 Wrong passwords, codes and keys: 1/);
    assert.match(text, /What to do next .*Add a name or a logo/);
    assert.match(text, /CredentialVerification ana@example\.com .*? Failed/);
    assert.doesNotMatch(text, /about to expire/);
  });

  it('has no link that leads nowhere', async () => {
    const page = await ana.get(HOME);
    const hrefs = new Set(
      [...page.body.matchAll(/href="(\/demo\/console[^"]*)"/g)].map(([, href = '']) => href),
    );
    assert.ok(hrefs.size > 10);
    for (const href of hrefs) assert.equal((await ana.get(href)).status, 200, href);
  });

  it('names certificates that end soon, and leads to the application', async () => {
    await server.organization.clock.advance('P1800D');
    const again = server.browser();
    await signIn(again, 'ana@example.com', 'correct-Horse-7');
    const page = await again.get(HOME);
    assert.match(
      textOf(page),
      /Rotate certificates .* Certificates about to expire .* ends in 90 days or less/,
    );
    assert.match(page.body, /href="\/demo\/console\/applications\/ins-/);
    await server.organization.clock.reset();
  });

  it('shows no links to forms to somebody whose access is read-only', async () => {
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
    const page = await ana.get(HOME);
    assert.match(textOf(page), /Add a name or a logo/);
    assert.doesNotMatch(page.body, /<a href="[^"]*">Add a name or a logo/);
  });
});

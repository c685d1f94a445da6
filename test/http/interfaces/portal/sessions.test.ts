import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { BO, signedIn } from '../../../support/mfa/registration.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const AT = '/demo/start/sessions';
const sameOrigin = { site: 'same-origin' } as const;

describe('sessions in the portal', () => {
  let server: TestServer;
  let browser: Browserless;
  beforeEach(async () => {
    server = await startServer();
    browser = await signedIn(server);
  });
  afterEach(() => server.stop());
  const isSignedIn = async (who: Browserless) => (await who.get('/demo/start')).status === 200;
  const endActions = (body: string) =>
    [...body.matchAll(/action="([^"]*\/sessions\/[^"]*\/end)"/g)].map(([, action]) => action ?? '');
  const tokenOf = async (who: Browserless) =>
    formOf(await who.get('/demo/start'), '/signout').fields['csrf'] ?? '';

  it('are listed with browser, address, time, factors and end', async () => {
    const page = await browser.get(AT);
    const text = textOf(page);
    assert.match(
      text,
      /This browser from (127\.0\.0\.1|::1) · signed in .* UTC with password · until .* UTC/,
    );
    assert.match(text, /To end it, sign out/);
    assert.deepEqual(endActions(page.body), []);
    assert.doesNotMatch(page.body, /end-others/);
  });

  it('end at once, one by one, each with an event', async () => {
    const other = await signedIn(server);
    const page = await browser.get(AT);
    const [action = ''] = endActions(page.body);
    const done = await browser.post(action, formOf(page, action).fields, sameOrigin);
    assert.equal(done.location, AT);
    assert.deepEqual([await isSignedIn(other), await isSignedIn(browser)], [false, true]);
    assert.equal((await server.events()).at(-1)?.eventName, 'BatchDeleteSession');
    assert.equal((await browser.post(action, formOf(page, action).fields, sameOrigin)).status, 404);
  });

  it('end all together except this one and those of other users', async () => {
    const others = [await signedIn(server), await signedIn(server)];
    const bo = await signedIn(server, BO);
    const page = await browser.get(AT);
    const form = formOf(page, '/end-others');
    assert.equal((await browser.post(form.action, form.fields, sameOrigin)).location, AT);
    assert.deepEqual(await Promise.all([...others, browser, bo].map(isSignedIn)), [false, false, true, true]);
    assert.deepEqual(endActions((await browser.get(AT)).body), []);
  });

  it('attack: another user’s session can’t be ended or seen', async () => {
    const bo = await signedIn(server, BO);
    await signedIn(server);
    const [action = ''] = endActions((await browser.get(AT)).body);
    assert.ok(action);
    assert.equal((await bo.post(action, { csrf: await tokenOf(bo) }, sameOrigin)).status, 404);
    assert.equal(endActions((await browser.get(AT)).body).length, 1);
    assert.ok(!(await bo.get(AT)).body.includes(action));
  });

  it('are shown a page at a time', async () => {
    const [row] = await server.db.read.selectFrom('sessions').selectAll().execute();
    assert.ok(row);
    await server.db.transaction(async (tx) => {
      for (let index = 0; index < 60; index += 1) {
        const id = `old-${index}` as typeof row.id; // any new id
        const copy = { ...row, id, handle_hash: id, authenticated_at: row.authenticated_at - 1000 - index };
        await tx.insertInto('sessions').values(copy).execute();
      }
    });
    const first = await browser.get(AT);
    assert.equal(endActions(first.body).length, 49);
    const [, older = ''] = /href="([^"]*cursor=[^"]*)"/.exec(first.body) ?? [];
    const second = await browser.get(older);
    assert.equal(endActions(second.body).length, 11);
    assert.match(second.body, /end-others/);
    assert.equal((await browser.get(`${AT}?cursor=x`)).status, 400);
  });

  it('aren’t shown once they have expired', async () => {
    await signedIn(server);
    server.clock.advance(8 * 60 * 60 * 1000 - 1000);
    const late = await signedIn(server);
    assert.equal(endActions((await late.get(AT)).body).length, 2);
    server.clock.advance(1000);
    assert.deepEqual(endActions((await late.get(AT)).body), []);
  });

  it('are for signed-in users: others are sent to sign in', async () => {
    for (const path of [AT, '/demo/start/trusted-devices', '/demo/start/mfa-devices']) {
      const answer = await server.browser().get(path);
      assert.match(answer.location ?? '', /\/demo\/signin\//, path);
    }
  });
});

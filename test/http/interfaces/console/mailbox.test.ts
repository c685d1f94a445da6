import assert from 'node:assert/strict';
import { linkTo, mailsTo } from '../../../support/mail/mailbox.ts';
import { textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const MAILBOX = '/demo/console/mailbox';
const EVE = {
  ...{ userName: 'eve', email: 'eve@example.com', givenName: 'Eve', familyName: 'Evans' },
  displayName: 'Eve Evans',
};

describe('the console’s mailbox', () => {
  let server: TestServer;
  let ana: Browserless;
  let mail: string;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    const { users } = server.organization;
    await users.setConsoleAccess('ana@example.com', 'full');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    await users.create({ ...EVE, invite: true });
    const [sent] = await mailsTo(server, EVE.email);
    mail = `${MAILBOX}/${sent?.id ?? ''}`;
  });
  after(() => server.stop());

  it('shows what was sent, found by address, subject, kind and status', async () => {
    assert.match(
      textOf(await ana.get(MAILBOX)),
      /Invitation to join Example Corp eve@example\.com Kept here/,
    );
    for (const query of ['q=EVE%40', 'q=invitation+corp', 'kind=invitation', 'status=kept'])
      assert.ok((await ana.get(`${MAILBOX}?${query}`)).body.includes(`href="${mail}"`), query);
    for (const query of ['q=nobody', 'kind=password-reset', 'status=failed'])
      assert.match(textOf(await ana.get(`${MAILBOX}?${query}`)), /No message found/);
    for (const query of ['kind=x', 'status=constructor', `q=${'x'.repeat(201)}`, 'cursor=x'])
      assert.equal((await ana.get(`${MAILBOX}?${query}`)).status, 400, query);
  });

  it('shows a message with its link, its user and the event that caused it', async () => {
    const page = await ana.get(mail);
    const href = await linkTo(server, EVE.email);
    assert.ok(page.body.includes(`${href}" target="_blank" rel="noopener noreferrer"`), page.body);
    const [, user = '', event = ''] =
      /href="(\/demo\/console\/users\/[\w-]+)">[\s\S]*href="(\/demo\/console\/events\/[\w-]+)"/.exec(
        page.body,
      ) ?? [];
    assert.match(textOf(await ana.get(user)), /Eve Evans/);
    assert.match(textOf(await ana.get(event)), /SendPasswordLink/);
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-src 'self'/);
    assert.match(textOf(await ana.get(`${mail}/text`)), /Hello Eve Evans,/);
    assert.match((await ana.get(`${mail}/source`)).body, /&lt;!DOCTYPE html/);
  });

  it('shows the HTML in a frame that runs, sends and loads nothing (attack)', async () => {
    const { headers, body } = await ana.get(`${mail}/html`);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'self'/);
    assert.match(policy, /sandbox allow-popups allow-popups-to-escape-sandbox$/);
    assert.doesNotMatch(policy, /script|allow-same-origin|img-src|form-action 'self'/);
    assert.match(body, /<head><base target="_blank">/);
    const list = await ana.get(MAILBOX);
    assert.doesNotMatch(list.headers.get('content-security-policy') ?? '', /frame-src/);
  });

  it('warns of a link that leads to another address', async () => {
    const { operationNeeds } = server.app;
    const text = 'Hello,\n\nhttps://old.example/demo/invitation/x';
    const sent = {
      kind: 'invitation',
      to: 'old@example.com',
      subject: 'Old',
      text,
      html: '<p>x</p>',
    } as const;
    const id = await server.db.transaction((tx) =>
      operationNeeds.postMail(tx, server.instance.organization.id, sent, server.clock.now()),
    );
    assert.match(textOf(await ana.get(`${MAILBOX}/${id}`)), /This link leads to old\.example/);
  });

  it('lets somebody with read-only access see that a message exists, and no more (attack)', async () => {
    const { users } = server.organization;
    await users.setConsoleAccess('ana@example.com', 'read-only');
    const token = (await linkTo(server, EVE.email)).split('/').at(-1) ?? '';
    assert.match(textOf(await ana.get(MAILBOX)), /eve@example\.com/);
    const page = await ana.get(mail);
    assert.equal(page.status, 200);
    assert.match(textOf(page), /To eve@example\.com .*only for those who may change something/);
    for (const path of ['', '/text', '/source', '/html', '/delete']) {
      const answer = await ana.get(`${mail}${path}`);
      assert.equal(answer.status, path === '' ? 200 : 403, path);
      assert.ok(!answer.body.includes(token), path);
    }
    await users.setConsoleAccess('ana@example.com', 'full');
  });

  it('deletes one message and all, after the word', async () => {
    for (const path of [`${mail}/delete`, `${MAILBOX}/delete`])
      for (const confirmation of [
        '',
        'delete',
        'DELETE ',
        '<script>alert(1)</script>',
        '\u202eDELETE',
        '👩‍👩‍👧',
      ]) {
        const refused = await ana.submit(await ana.get(path), { confirmation });
        assert.equal(refused.status, 400, confirmation);
        assert.match(refused.body, /<title>Nothing was deleted: /);
        assert.match(textOf(refused), /Type DELETE, exactly as it is shown/);
      }
    const confirmation = 'DELETE';
    const deleted = await ana.submit(await ana.get(`${mail}/delete`), { confirmation });
    assert.equal(deleted.location, `${MAILBOX}?done=deleted`);
    assert.match(textOf(await ana.get(deleted.location)), /The message was deleted\./);
    assert.equal((await ana.get(mail)).status, 404);
    assert.equal((await ana.get(`${mail}/html`)).status, 404);
    const emptied = await ana.submit(await ana.get(`${MAILBOX}/delete`), { confirmation });
    assert.match(textOf(await ana.get(emptied.location ?? '')), /All messages were deleted\. .*No mail yet/);
    const events = (await server.organization.events()).map(({ eventName }) => eventName);
    assert.deepEqual(events.slice(0, 2), ['DeleteMailbox', 'DeleteMail']);
  });
});

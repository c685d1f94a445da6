import assert from 'node:assert/strict';
import { textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const EVENTS = '/demo/console/events';

describe('the console’s events', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    await server.organization.groups.create({ displayName: '<b>Örchard</b> \u202Edlog' });
    await assert.rejects(server.organization.groups.create({ displayName: '<b>örchard</b> \u202Edlog' }));
  });
  after(() => server.stop());

  const list = async (query: string) => textOf(await ana.get(`${EVENTS}?${query}`));

  it('are listed, found and narrowed down, with read-only access too', async () => {
    assert.match(
      await list(''),
      /CreateGroup library .* Failed CreateGroup library .* Done Authenticate ana/,
    );
    assert.match(await list('q=authentic'), /\d events? match/);
    assert.match(await list('name=CreateGroup&result=failed&time=PT1H'), /1 event matches/);
    assert.match(await list('name=CreateGroup&result=succeeded'), /2 events match/);
    assert.match(await list('q=nobody&name=DeleteUser'), /No event found .*nobody.*Event name: DeleteUser/);
    server.clock.advance(2 * 3_600_000);
    assert.match(await list('name=CreateGroup&time=PT1H'), /No event found/);
  });

  for (const [what, query, status] of [
    ['a search that is too long', `q=${'x'.repeat(201)}`, 400],
    ['an unknown name', 'name=Nothing', 400],
    ['an unknown time', 'time=P1Y', 400],
    ['an unknown result', 'result=perhaps', 400],
    ['a name given twice', 'name=CreateUser&name=CreateGroup', 400],
    ['a cursor of another list', 'cursor=WyJhIl0', 400],
    ['no cursor', 'cursor=%22%3E%3Cscript%3E', 400],
    ['NUL', 'q=%00', 400],
    ['markup', 'q=%3Cscript%3Ealert(1)%3C/script%3E', 200],
    ['right-to-left text, emoji and patterns', `q=${encodeURIComponent('\u202Eليلى👩🏽‍🚀%_!')}`, 200],
  ] as const) {
    it(`are asked for by ${what}: ${status}`, async () => {
      const answer = await ana.get(`${EVENTS}?${query}`);
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.body, /<script>alert/);
    });
  }

  it('are shown as JSON in which nothing runs and nothing is hidden', async () => {
    const [event] = await server.organization.events({ eventName: 'CreateGroup', failed: true });
    const page = await ana.get(`${EVENTS}/${event?.eventID ?? ''}`);
    assert.match(page.body, /&lt;b&gt;örchard|&lt;b>örchard/);
    assert.ok(!page.body.includes('\u202E') && page.body.includes('\\u202Edlog'));
    assert.match(textOf(page), /ConflictException/);
    const [, json = ''] = /data-copy="([^"]*eventVersion[^"]*)"/.exec(page.body) ?? [];
    const copied: unknown = JSON.parse(
      json.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
    );
    assert.deepEqual(copied, event);
    for (const id of ['nothing', '%27%20or%201=1', 'x'.repeat(65)]) {
      assert.ok([400, 404].includes((await ana.get(`${EVENTS}/${id}`)).status), id);
    }
  });
});

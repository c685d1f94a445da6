import assert from 'node:assert/strict';
import { textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { enterConsole } from '../../../support/servers/console.ts';
import { API_TOKEN, startServer, type TestServer } from '../../../support/servers/server.ts';

const API = '/api/v1/organizations';

describe('the list of organizations', () => {
  let server: TestServer;
  let operator: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    operator = server.browser();
    await enterConsole(server, operator);
  });
  after(() => server.stop());
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const create = async (number: number) => {
    const json = { name: `Örchard 100% ${number}`, managementAccountId: String(200_000_000_000 + number) };
    assert.equal((await server.browser().send('POST', API, { headers, json })).status, 201);
    server.clock.advance(1);
  };
  const list = async (query = '') => {
    const page = await operator.get(`/organizations${query}`);
    assert.equal(page.status, 200);
    return page;
  };
  const namesOf = ({ body }: { body: string }) =>
    [...body.matchAll(/<th scope="row"><a [^>]*><bdi class="v-break">(.*?)<\/bdi>/g)].map(([, name = '']) =>
      name.replaceAll(/<[^>]*>/g, ''),
    );

  it('shows each with its portal, how much is in it, and when something happened last', async () => {
    const page = await list();
    assert.deepEqual(namesOf(page), ['Example Corp']);
    assert.match(textOf(page), /Example Corp default o-\w{10} demo 3 2 \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    assert.match(page.body, /<a href="\/demo\/start">demo/);
    assert.doesNotMatch(page.body, /name="q"/, 'one needs no search');
  });

  it('finds by a part of the name in any letter case, or by id or alias, and pages', async () => {
    for (let number = 1; number <= 27; number++) await create(number);
    const first = await list('?q=100%25');
    assert.equal(namesOf(first).length, 25);
    const [, more = ''] = /href="(\/organizations\?q=[^"]*cursor=[^"]*)"/.exec(first.body) ?? [];
    const second = await operator.get(more.replaceAll('&amp;', '&'));
    assert.deepEqual(namesOf(second), ['Örchard 100% 26', 'Örchard 100% 27']);
    assert.match(second.body, /First page/);
    const { instance } = server;
    for (const [search, expected] of [
      ['example corp', ['Example Corp']],
      ['demo', ['Example Corp']],
      [instance.directoryId, ['Example Corp']],
      [instance.organization.id, ['Example Corp']],
      ['Örchard 100% 13', ['Örchard 100% 13']],
      ['ORCHARD', []],
      ['_', []],
      ['%', Array.from({ length: 25 }, (_, index) => `Örchard 100% ${index + 1}`)],
      ["'; drop table users --", []],
      ['<script>alert(1)</script>', []],
    ] as const) {
      const found = await list(`?q=${encodeURIComponent(search)}`);
      assert.deepEqual(namesOf(found), expected, search);
      assert.ok(!found.body.includes('<script>alert'));
    }
    assert.match(textOf(await list('?q=nobody')), /No organization found/);
    for (const wrong of ['?cursor=forged', `?q=${'x'.repeat(201)}`])
      assert.equal((await operator.get(`/organizations${wrong}`)).status, 400);
  });

  it('shows one without an instance, and says what to do when there is none at all', async () => {
    await server.db.transaction((tx) => tx.deleteFrom('instances').execute());
    assert.match(textOf(await list()), /Example Corp default o-\w{10} no instance – –/);
    const { body } = await server.browser().get(`${API}?limit=100`, { headers });
    const { items } = JSON.parse(body) as { items: { id: string }[] }; // the API's list
    for (const { id } of items)
      assert.equal((await server.browser().send('DELETE', `${API}/${id}`, { headers })).status, 204);
    assert.match(textOf(await list()), /There is no organization .* vestibule apply/);
  });
});

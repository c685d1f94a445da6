import assert from 'node:assert/strict';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { API_TOKEN, EXAMPLE, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const ORGANIZATION = '/api/v1/organizations/default';

interface Shown {
  id: string;
  version: number;
  presentVersion: number;
  directoryId: string;
  alias: string;
  entityId: string;
  isDefault: boolean;
  name: string;
  items: Shown[];
  title: string;
  detail: string;
  session: { lifetime: string };
  retention: { events: number };
  denial: string;
  eventName: string;
  counts: Record<string, Record<string, number>>;
  errors: { pointer: string; detail: string; line?: number; column?: number }[];
}

describeOnEachDatabase('changes by the control API', (open) => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first server generates keys
    server = await startServer({ db: open() });
  });
  after(() => server.stop());

  const authorization = { authorization: `Bearer ${API_TOKEN}` };
  const call = async (method: string, path: string, body?: unknown, type?: string) => {
    const answer = await server.browser().send(method, `${ORGANIZATION}${path}`, {
      headers: { ...authorization, ...(type !== undefined && { 'content-type': type }) },
      ...(typeof body === 'string' ? { form: body } : body !== undefined && { json: body }),
    });
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    // The operation's own tests compare the whole answer with its schema; only checked parts are read here.
    return { ...answer, shown: (isJson ? JSON.parse(answer.body) : {}) as Shown };
  };
  const only = async (list: string) => {
    const [first] = (await call('GET', `${list}?limit=1`)).shown.items;
    assert.ok(first);
    return first;
  };

  it('of one version by two requests at once succeed once, and the other request gets the current version', async () => {
    const user = (await call('GET', '/users?userName=bo%40example.com')).shown.items[0]!;
    const group = await only('/groups');
    const application = await only('/applications');
    for (const [path, change] of [
      ['', { name: 'X' }],
      ['/settings', { denial: 'status' }],
      [`/users/${user.id}`, { displayName: 'X' }],
      [`/users/${user.id}`, { enabled: false }],
      [`/users/${user.id}`, { enabled: true }],
      [`/groups/${group.id}`, { description: 'X' }],
      [`/applications/${application.id}`, { description: 'X' }],
    ] as const) {
      const { version } = (await call('GET', path)).shown;
      const both = await Promise.all([1, 2].map(() => call('PATCH', path, { ...change, version })));
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], `${path} ${both[0]?.body}`);
      const [won, lost] = both[0]?.status === 200 ? both : [...both].reverse();
      assert.equal(lost?.shown.presentVersion, won?.shown.version, path);
      const stale = await call('PATCH', path, { ...change, version });
      assert.deepEqual([stale.status, stale.shown.presentVersion], [409, won?.shown.version], path);
    }
  });

  it('of a membership by two requests at once succeed twice', async () => {
    const bo = (await call('GET', '/users?userName=bo%40example.com')).shown.items[0]!;
    const made = await call('POST', '/groups', { displayName: 'Crowded' });
    assert.equal(made.status, 201);
    const path = `/groups/${made.shown.id}/members/${bo.id}`;
    for (let round = 0; round < 10; round += 1) {
      const both = await Promise.all([1, 2, 3, 4].map(() => call('PUT', path)));
      assert.deepEqual(
        both.map(({ status }) => status),
        [204, 204, 204, 204],
        both.map(({ body }) => body).join(),
      );
      assert.equal((await call('DELETE', path)).status, 204);
    }
  });

  it('of settings merge, and keep what isn’t given', async () => {
    const before = (await call('GET', '/settings')).shown;
    const { shown } = await call('PATCH', '/settings', { session: { lifetime: 'PT1H' } });
    assert.equal(shown.session.lifetime, 'PT1H');
    assert.equal(shown.denial, before.denial);
    const kept = await call('PATCH', '/settings', { retention: { events: 5000 } });
    assert.equal(kept.shown.retention.events, 5000);
    const wrong = await call('PATCH', '/settings', { session: { lifetime: 'PT1S', more: 1 }, denial: 'x' });
    assert.equal(wrong.status, 400);
    assert.deepEqual(
      wrong.shown.errors.map(({ pointer }) => pointer),
      ['/session/lifetime', '/session/more', '/denial'],
    );
  });

  it('end sessions at once', async () => {
    const browser = server.browser();
    const home = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    assert.match(home.body, /Ana Souza/);
    const ana = (await call('GET', '/users?userName=ana%40example.com')).shown.items[0]!;
    const bo = (await call('GET', '/users?userName=bo%40example.com')).shown.items[0]!;
    const { items } = (await call('GET', `/users/${ana.id}/sessions`)).shown;
    assert.equal(items.length, 1);
    // Another user's address doesn't lead to this session.
    assert.equal((await call('DELETE', `/users/${bo.id}/sessions/${items[0]!.id}`)).status, 404);
    assert.equal((await browser.get('/demo/start')).status, 200);
    assert.equal((await call('DELETE', `/users/${ana.id}/sessions`)).status, 204);
    assert.equal((await browser.get('/demo/start')).status, 302);
    assert.deepEqual((await call('GET', `/users/${ana.id}/sessions`)).shown.items, []);
    assert.equal((await call('DELETE', '/users/unknown/sessions')).status, 404);
  });

  it('by a file happen completely or not at all, with line and column, and never read a file of the server', async () => {
    const users = (await call('GET', '/users')).shown.items.length;
    const wrong = await call('PUT', '/file', `${EXAMPLE}\nmore: 1\n`, 'application/yaml');
    assert.equal(wrong.status, 400);
    const [fault] = wrong.shown.errors;
    assert.deepEqual(
      [fault?.pointer, fault?.line, fault?.column],
      ['/more', EXAMPLE.split('\n').length + 1, 1],
    );

    const metadata = EXAMPLE.replace('{sample: notes}', '{metadata: /etc/passwd}');
    const refused = await call('PUT', '/file', metadata, 'text/yaml');
    assert.equal(refused.status, 400);
    assert.deepEqual(
      refused.shown.errors.map(({ pointer }) => pointer),
      ['/applications/1/serviceProvider/metadata'],
    );
    // The server refuses every path and never opens the file.
    assert.match(refused.shown.errors[0]!.detail, /no folder/);
    assert.doesNotMatch(refused.body, /root:/);
    assert.equal((await call('PUT', '/file', EXAMPLE, 'text/plain')).status, 415);
    assert.equal((await call('PUT', '/file', 'x'.repeat(9 * 1024 * 1024), 'text/yaml')).status, 413);
    const crowded = await call('PUT', '/file', `users: [${'{},'.repeat(340_000)}]`, 'text/yaml');
    assert.equal(crowded.status, 400);
    assert.match(crowded.body, /at most 100,000 words and marks/);
    assert.equal((await call('GET', '/users')).shown.items.length, users);
  });

  it('by a reset empty the organization, and the same file then gives the same addresses', async () => {
    const before = (await call('GET', '')).shown;
    const { text, addresses } = {
      text: (await call('GET', '/file?secrets=true')).body,
      addresses: (await call('GET', '/applications')).shown.items.map(({ entityId }) => entityId),
    };
    assert.equal((await call('POST', '/reset', { version: before.version + 1 })).status, 409);
    const { status, shown } = await call('POST', '/reset', {});
    assert.equal(status, 200);
    assert.deepEqual(shown, { ...before, version: before.version + 1 });
    for (const list of ['/users', '/groups', '/applications']) {
      assert.deepEqual((await call('GET', list)).shown.items, [], list);
    }
    assert.equal((await call('GET', '/settings')).shown.session.lifetime, 'PT8H');
    const names = (await call('GET', '/events')).shown.items.map(({ eventName }) => eventName);
    assert.deepEqual(names, ['ResetOrganization']);

    const applied = await call('PUT', '/file', text, 'application/yaml');
    assert.equal(applied.status, 200, applied.body);
    assert.deepEqual(
      (await call('GET', '/applications')).shown.items.map(({ entityId }) => entityId),
      addresses,
    );
  });

  it('are refused for a missing resource, and the answer links to the list of all operations', async () => {
    const { status, shown } = await call('GET', '/nothing');
    assert.equal(status, 404);
    assert.match(shown.detail, /\/api\/v1\/openapi\.json/);
    const wrong = await call('PUT', '/users', {});
    assert.equal(wrong.status, 405);
    assert.match(wrong.headers.get('allow') ?? '', /GET.*POST/);
  });
});

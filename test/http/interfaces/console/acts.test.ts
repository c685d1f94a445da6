import assert from 'node:assert/strict';
import { INSTANCE_CALLS, SERVER_CALLS } from '../../../../src/interfaces/console/frame/api-calls.ts';
import { OPERATIONS } from '../../../../src/interfaces/console/frame/api-operations.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const INSTANCE = '/:instance/console';
const SERVER = '/organizations';
const ENTRIES = [INSTANCE_CALLS, SERVER_CALLS].flatMap((calls) => Object.entries(calls));
/** The pages of the sign-in come before the API token or an operator's session: no call does the same. */
const SIGN_IN = /^\/organizations\/sign(in|out)(\/|$)/;

describe('the calls that do the same as a page of the console', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
  });
  after(() => server.stop());

  it('are named for every page and form, and for nothing else', async () => {
    const paths = (await server.app.routes())
      .filter(({ method, path }) => (method === 'GET' || method === 'POST') && !SIGN_IN.test(path))
      .map(({ path }) => path);
    const below = (root: string) => [
      ...new Set(
        paths
          .filter((path) => path === root || path.startsWith(`${root}/`))
          .map((path) => path.slice(root.length + 1)),
      ),
    ];
    assert.deepEqual(below(INSTANCE).sort(), Object.keys(INSTANCE_CALLS).sort());
    assert.deepEqual(below(SERVER).sort(), Object.keys(SERVER_CALLS).sort());
    for (const [path, calls] of ENTRIES) assert.notEqual(calls.length, 0, path);
  });

  it('are operations that the control API describes, with the parameters of their paths', async () => {
    const { body } = await server.browser().get('/api/v1/openapi.json');
    // What the server describes: paths with methods, each with its operationId.
    const { paths } = JSON.parse(body) as {
      paths: Record<string, Record<string, { operationId?: string }>>;
    };
    const described = new Map<string | undefined, string[]>();
    for (const [path, methods] of Object.entries(paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
      for (const { operationId } of Object.values(methods)) described.set(operationId, names);
    }
    for (const [id, parameters] of Object.entries(OPERATIONS))
      assert.deepEqual([...parameters].sort(), described.get(id)?.sort(), id);
    const linked = ENTRIES.flatMap(([, calls]) => calls);
    assert.deepEqual([...new Set(linked)].sort(), Object.keys(OPERATIONS).sort());
  });

  it('are linked from the page with the ids that it knows, also for read-only access', async () => {
    const { organization } = server;
    await organization.users.setConsoleAccess('ana@example.com', 'read-only');
    const ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    const user = (await organization.users.get('ana@example.com'))?.id;
    const { body } = await ana.get(`/demo/console/users/${user}`);
    const links = [...body.matchAll(/href="(\/api\/[^"]+)"/g)].map(([, href]) =>
      href?.replaceAll('&amp;', '&'),
    );
    assert.deepEqual(
      links,
      INSTANCE_CALLS['users/:user']?.map((id) => `/api/${id}?organization=${organization.id}&user=${user}`),
    );
  });

  it('are linked from a form that is shown again, with no id of another page', async () => {
    const { organization } = server;
    await organization.users.setConsoleAccess('ana@example.com', 'full');
    const ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    const refused = await ana.submit(await ana.get('/demo/console/groups/create'), { displayName: '' });
    assert.equal(refused.status, 400);
    assert.match(refused.body, new RegExp(`href="/api/createGroup\\?organization=${organization.id}"`));
  });
});

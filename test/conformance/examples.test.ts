import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { Browserless, formOf, textOf } from '../support/servers/browserless.ts';
import { API_TOKEN, startServer, type TestServer } from '../support/servers/server.ts';
import { skipAloud } from '../support/basics/skip.ts';

const examples = join(import.meta.dirname, '../../examples');
const EXAMPLES = [
  { name: 'service-provider-node', command: process.execPath, file: 'server.mjs', needs: undefined },
  {
    name: 'service-provider-python',
    // Debian's Python, which has Debian's packages; another Python on the path may lack them.
    command: '/usr/bin/python3',
    file: 'app.py',
    needs: ['-c', 'import saml2, shutil; assert shutil.which("xmlsec1")'],
  },
] as const;

/** A program does what the README tells a person to do. */
describe('the example service providers', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.stop());

  for (const { name, command, file, needs } of EXAMPLES) {
    it(`${name}: works when it is registered by the API and started with our metadata`, async function () {
      this.timeout(30_000);
      if (needs && spawnSync(command, needs).status !== 0)
        skipAloud(this, 'python3-pysaml2 or xmlsec1 is not installed');
      const port = await freePort();
      const metadataUrl = await register(server, name, `http://localhost:${port}`);
      const child = spawn(command, [join(examples, name, file), metadataUrl], {
        env: { ...process.env, PORT: String(port) },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        await ready(child);
        assert.match(await signInThere(server, port), /Hello, ana@example\.com/);
      } finally {
        child.kill();
      }
    });
  }
});

async function register(server: TestServer, displayName: string, base: string): Promise<string> {
  const api = server.browser();
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const made = await api.send('POST', '/api/v1/organizations/default/applications', {
    headers,
    json: { displayName, serviceProvider: { entityId: `${base}/metadata`, acsUrls: [`${base}/acs`] } },
  });
  assert.equal(made.status, 201, made.body);
  const { id, metadataUrl } = z
    .object({ id: z.string(), metadataUrl: z.string() })
    .parse(JSON.parse(made.body));
  const assigned = await api.send('PUT', `/api/v1/organizations/default/applications/${id}/assignments`, {
    headers,
    json: { users: ['ana@example.com'], groups: [] },
  });
  assert.equal(assigned.status, 200, assigned.body);
  return metadataUrl;
}

async function signInThere(server: TestServer, port: number): Promise<string> {
  const there = new Browserless(new URL(`http://localhost:${port}`));
  const here = server.browser();
  const begun = await there.get('/');
  const { pathname, search } = new URL(begun.location ?? '');
  const identify = await here.get(`${pathname}${search}`, { followRedirects: true });
  const asked = await here.submit(identify, { username: 'ana@example.com' }, { followRedirects: true });
  const delivery = await here.submit(asked, { password: 'correct-Horse-7' }, { followRedirects: true });
  const { action, fields } = formOf(delivery);
  assert.equal(action, `http://localhost:${port}/acs`);
  return textOf(await there.post('/acs', fields, { site: 'cross-site', followRedirects: true }));
}

async function ready(child: ChildProcess): Promise<void> {
  const { stdout } = child;
  if (!stdout) throw new Error('The example has no output.');
  await Promise.race([
    once(stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('The example ended before it listened.');
    }),
  ]);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  // The address of a TCP server is never a string.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

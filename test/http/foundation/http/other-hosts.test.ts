import assert from 'node:assert/strict';
import { Browserless } from '../../../support/servers/browserless.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import { targetOf } from '../../../support/saml/single-sign-on.ts';

/** Containers know each other by names that no browser uses. */
const HOSTS = ['vestibule:8080', 'host.docker.internal:8080', '172.17.0.2:8080', 'evil.example'];

describe('metadata and certificates under another host name', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.stop());

  it('are those of the public URL, and no cookie is read or set, also for an address without an application', async () => {
    const { metadataPath, certificatePath, ssoUrl } = await targetOf(server, 'wiki');
    const { directoryId } = server.instance;
    const cookie = `vestibule-${directoryId}-browser=${'a'.repeat(43)}; vestibule-${directoryId}-address=nonsense`;
    const missing = `/${directoryId}/saml/metadata/ins-0000000000000000`;
    for (const path of [metadataPath, certificatePath, `/samples/notes/${directoryId}/metadata`, missing]) {
      const own = await server.browser().get(path);
      for (const host of HOSTS) {
        const answer = await new Browserless(server.publicUrl).get(path, { headers: { host, cookie } });
        assert.equal(answer.status, path === missing ? 404 : 200, path);
        assert.deepEqual(answer.setCookies, []);
        assert.ok(!answer.body.includes(host.split(':')[0] ?? host), `${host}: ${answer.body}`);
        if (path !== missing) assert.equal(answer.body, own.body);
        if (path === metadataPath) assert.ok(answer.body.includes(`Location="${ssoUrl}"`));
      }
    }
  });
});

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { nodeProgram, nodeVersions, oldNodeVersions } from '../../scripts/nodes.mjs';
import { inConformance } from '../support/basics/depth.ts';
import { skipAloud } from '../support/basics/skip.ts';
import { deliveryOf } from '../support/saml/delivery.ts';
import type { Browserless } from '../support/servers/browserless.ts';
import { builtServers, type BuiltServer } from '../support/servers/built-server.ts';
import { API_TOKEN } from '../support/servers/server.ts';
import { nodeSaml } from '../support/service-providers/node-saml.ts';
import type { ServiceProvider } from '../support/service-providers/service-provider.ts';

const EXAMPLE_TESTS = join(import.meta.dirname, '../../examples/library/single-sign-on.test.mjs');
const WIKI = '/api/v1/organizations/default/applications/wiki';

describe(inConformance('each supported version of Node.js'), () => {
  const servers = builtServers();

  for (const version of nodeVersions) {
    /** The executable of this version, which `npm run conformance` downloads. */
    const programFor = (test: Mocha.Context) =>
      nodeProgram(version) ?? skipAloud(test, `Node.js ${version} is not unpacked`);

    it(`${version}: the built server signs a user on to a service provider`, async function () {
      this.timeout(60_000);
      const node = programFor(this);
      const server = servers.serve(
        ['--memory', '--org', 'organization.yaml'],
        { VESTIBULE_API_TOKEN: API_TOKEN },
        node,
      );
      const believed = await signOn(server);
      assert.equal(believed.nameId, 'ana@example.com');
      assert.equal(await server.exit('SIGTERM'), 0);
      assert.doesNotMatch(server.output, /warning|deprecat/i);
    });

    it(`${version}: the example’s tests pass with the library`, async function () {
      this.timeout(60_000);
      const args = ['--test', '--test-reporter=tap', EXAMPLE_TESTS];
      const { stdout, stderr } = await promisify(execFile)(programFor(this), args);
      assert.match(stdout, /^# pass 3$/m);
      assert.equal(stderr, '');
    });
  }
});

describe(inConformance('an older version of Node.js'), () => {
  const root = join(import.meta.dirname, '../..');
  const inDist = (name: string) => join(root, 'dist', name);
  const ways = {
    'the command': [inDist('vestibule.cjs')],
    require: ['-e', `require(${JSON.stringify(inDist('library.cjs'))})`],
    import: ['--input-type=module', '-e', `import ${JSON.stringify(inDist('library.mjs'))}`],
    'npm start': ['-r', './src/refuse-old-node.cjs', 'scripts/start.mjs'],
  };
  for (const version of oldNodeVersions) {
    for (const [way, args] of Object.entries(ways)) {
      // Below 14.8 a module can't wait for another one at its top level.
      if (way === 'import' && version.startsWith('12.')) continue;
      it(`${version}: is refused with a sentence by ${way}`, function () {
        const node = nodeProgram(version) ?? skipAloud(this, `Node.js ${version} is not unpacked`);
        const { status, stderr } = spawnSync(node, args, { cwd: root, encoding: 'utf8' });
        assert.equal(status, 1);
        assert.match(
          stderr,
          new RegExp(`Vestibule needs Node\\.js 20\\.19 or later\\. \\S+ is ${version}\\.`),
        );
        assert.doesNotMatch(stderr, /SyntaxError/);
      });
    }
  }
});

/** The NameID that node-saml accepts after a sign-on that it requested. */
async function signOn(server: BuiltServer) {
  const browser = await server.ready();
  const serviceProvider = await trustingServiceProvider(browser);
  const { id, url } = await requestOf(serviceProvider);
  const { pathname, search } = new URL(url);
  const identify = await browser.get(`${pathname}${search}`, { site: 'cross-site', followRedirects: true });
  const asked = await browser.submit(identify, { username: 'ana@example.com' }, { followRedirects: true });
  const delivery = await browser.submit(asked, { password: 'correct-Horse-7' }, { followRedirects: true });
  return serviceProvider.validate(deliveryOf(delivery).samlResponse, id);
}

/** node-saml in the role of the application `wiki`. */
async function trustingServiceProvider(browser: Browserless): Promise<ServiceProvider> {
  const shown = await browser.send('GET', WIKI, { headers: { authorization: `Bearer ${API_TOKEN}` } });
  const { ssoUrl, metadataUrl } = z
    .object({ ssoUrl: z.string(), metadataUrl: z.string() })
    .parse(JSON.parse(shown.body));
  const { body: metadataXml } = await browser.get(new URL(metadataUrl).pathname);
  const [, certificate = ''] = /<ds:X509Certificate>([^<]+)</.exec(metadataXml) ?? [];
  const serviceProvider = nodeSaml({
    entityId: 'https://wiki.example.com/saml',
    acsUrl: 'https://wiki.example.com/saml/acs',
    signing: { response: true, assertion: true },
    signsRequests: false,
  });
  await serviceProvider.trust({
    ...{ entityId: ssoUrl, ssoUrl, metadataXml },
    certificatePem: new X509Certificate(Buffer.from(certificate, 'base64')).toString(),
  });
  return serviceProvider;
}

async function requestOf(serviceProvider: ServiceProvider): Promise<{ id: string; url: string }> {
  const made = await serviceProvider.request('redirect', '');
  return made.binding === 'redirect' ? made : assert.fail('it posts');
}

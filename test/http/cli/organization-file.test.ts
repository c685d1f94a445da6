import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browserless } from '../../support/servers/browserless.ts';
import { deliveryOf } from '../../support/saml/delivery.ts';
import { builtServers } from '../../support/servers/built-server.ts';
import { runCommand } from '../../support/servers/run-command.ts';
import { EXAMPLE, signIn } from '../../support/servers/server.ts';
import { nodeSaml } from '../../support/service-providers/node-saml.ts';
import type { ServiceProvider } from '../../support/service-providers/service-provider.ts';
import { inConformance } from '../../support/basics/depth.ts';

const SCHEMA = join(import.meta.dirname, '../../../dist/organization-file.schema.json');
const WITHOUT_SAMPLE = EXAMPLE.slice(0, EXAMPLE.indexOf('  - key: notes'));

describe('organization files at the command line', function () {
  this.timeout(30_000);
  const { folder, serve } = builtServers();

  const run = async (...args: string[]) => runWith({}, ...args);
  const runWith = (env: Record<string, string>, ...args: string[]) =>
    runCommand(args, { folder: folder(), env });
  const put = (name: string, text: string) => writeFileSync(join(folder(), name), text);
  const read = (name: string) => readFileSync(join(folder(), name), 'utf8');

  describe('vestibule check', () => {
    it('reports everything that is wrong with each file, and needs no database', async () => {
      put(
        'a.yaml',
        EXAMPLE.replace('region: us-east-1', 'regoin: us-east-1')
          .replace('email: bo@', 'email: bo')
          // An unknown sample is only found later, but reported in the same run.
          .replace('{sample: notes}', '{sample: nothing}'),
      );
      put(
        'b.yaml',
        EXAMPLE.replace('{sample: notes}', '{sample: nothing}').replace(
          'Cost: 4',
          'Cost: 4, demoUsers: true',
        ),
      );
      const checked = await run('check', 'a.yaml', 'organization.yaml', 'b.yaml', 'c.yaml');
      assert.equal(checked.code, 1);
      assert.equal(checked.out, 'organization.yaml: nothing is wrong.\n');
      const lines = checked.err.trim().split('\n');
      assert.deepEqual(
        lines.map((line) => line.split(': ').slice(0, 2).join(': ')),
        [
          'a.yaml:4:11: instance.region',
          'a.yaml:4:25: instance.regoin',
          'a.yaml:12:66: users[1].email',
          'a.yaml:22:31: applications[1].serviceProvider.sample',
          'b.yaml:7:44: settings.signIn.demoUsers',
          'b.yaml:22:31: applications[1].serviceProvider.sample',
          'c.yaml: The file does not exist.',
        ],
      );
      assert.equal(existsSync(join(folder(), 'data')), false);
      assert.deepEqual(await run('check', 'organization.yaml'), {
        code: 0,
        out: 'organization.yaml: nothing is wrong.\n',
        err: '',
      });
      assert.equal((await run('check')).code, 2);
    });

    it('prints the schema that the package contains', async () => {
      const { code, out } = await run('check', '--schema');
      assert.equal(code, 0);
      assert.equal(out, readFileSync(SCHEMA, 'utf8'));
    });
  });

  describe('vestibule apply and export', () => {
    it('carry an organization to another machine: keys, passwords and all', async () => {
      const first = serve(['--data', 'one', '--org', 'organization.yaml']);
      const browser = await first.ready();
      assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
      // The export runs beside the server, on the same database.
      const plain = await run('export', '--data', 'one');
      assert.deepEqual([plain.code, plain.err], [0, '']);
      assert.doesNotMatch(plain.out, /scrypt|PRIVATE KEY/);
      assert.deepEqual(await run('export', 'copy.yaml', '--secrets', '--data', 'one'), {
        code: 0,
        out: '',
        err: '',
      });
      assert.equal(statSync(join(folder(), 'copy.yaml')).mode & 0o777, 0o600);
      assert.equal(await first.exit('SIGTERM'), 0);

      const applied = await run('apply', 'copy.yaml', '--data', 'two');
      assert.deepEqual([applied.code, applied.err], [0, '']);
      assert.match(applied.out, /^copy\.yaml is applied to Example Corp \(o-[a-z0-9]{10}\)\.$/m);
      assert.match(applied.out, /^ {2}users +3 created$/m);
      for (const name of ['vestibule.db', 'secret'])
        assert.equal(statSync(join(folder(), 'two', name)).mode & 0o077, 0, name);
      assert.equal((await run('export', '--secrets', '--data', 'two')).out, read('copy.yaml'));
      const second = await serve(['--data', 'two']).ready();
      assert.equal((await signIn(second, 'ana@example.com', 'correct-Horse-7')).status, 200);
    });

    it('change what a running server answers, and prune only with --prune', async () => {
      const builtServer = serve(['--data', 'data', '--org', 'organization.yaml']);
      const browser = await builtServer.ready();
      put('smaller.yaml', WITHOUT_SAMPLE.replace('displayName: Wiki', 'displayName: The wiki'));
      const dry = await run('apply', 'smaller.yaml', '--prune', '--dry-run');
      assert.equal(dry.code, 0);
      assert.match(dry.out, /^smaller\.yaml would be applied to .* nothing was changed\.$/m);
      assert.match(dry.out, /^ {2}to be removed: applications notes$/m);
      assert.match(dry.out, /^ {2}to be (created|updated): /m);
      assert.match((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).body, /Notes/);
      assert.equal((await run('apply', 'smaller.yaml')).code, 0);
      const renamed = (await browser.get('/demo/start')).body;
      assert.match(renamed, /The wiki/);
      assert.match(renamed, /Notes/);
      const pruned = await run('apply', 'smaller.yaml', '--prune');
      assert.match(pruned.out, /^ {2}removed: applications notes$/m);
      assert.doesNotMatch((await browser.get('/demo/start')).body, /Notes/);
      assert.match((await run('apply', 'smaller.yaml', '--prune')).out, /Everything is as declared already/);
    });

    it(
      inConformance('change nothing when the file is wrong by itself or only for this database'),
      async () => {
        put('wrong.yaml', EXAMPLE.replace('region: us-east-1', 'regoin: us-east-1'));
        const wrong = await run('apply', 'wrong.yaml');
        assert.deepEqual([wrong.code, wrong.out], [1, '']);
        assert.match(wrong.err, /^wrong\.yaml:4:25: instance\.regoin: /m);
        assert.match(wrong.err, /^Nothing was applied\.$/m);
        assert.equal(existsSync(join(folder(), 'data')), false);

        assert.equal((await run('apply', 'organization.yaml')).code, 0);
        const before = (await run('export', '--secrets')).out;
        put('other.yaml', EXAMPLE.replace('alias: demo', 'alias: other').replace('Bo Berg', 'Bob Berg'));
        const other = await run('apply', 'other.yaml');
        assert.equal(other.code, 1);
        assert.match(
          other.err,
          /^other\.yaml:4:19: instance\.alias: The alias is demo and can’t be changed\.$/m,
        );
        assert.equal((await run('export', '--secrets')).out, before);
        const nobody = await run('apply', 'organization.yaml', '--organization', 'o-0123456789');
        assert.deepEqual([nobody.code, nobody.out], [1, '']);
        assert.match(nobody.err, /organization does not exist/);
      },
    );

    it(inConformance('create no database when they only read'), async () => {
      const absent = await run('export');
      assert.deepEqual([absent.code, absent.out], [1, '']);
      assert.match(absent.err, /There is no database in data/);
      const token = await run('token');
      assert.deepEqual([token.code, token.out], [1, '']);
      assert.match(token.err, /^There is no database in data: .*--data.*--memory has none\.\n$/);
      const dry = await run('apply', 'organization.yaml', '--dry-run');
      assert.match(dry.out, /^ {2}users +3 created$/m);
      assert.equal(existsSync(join(folder(), 'data')), false);
      const memory = await runWith({ VESTIBULE_MEMORY: 'true' }, 'apply', 'organization.yaml');
      assert.equal(memory.code, 2);
      assert.match(memory.err, /VESTIBULE_MEMORY/);
    });

    it(
      inConformance(
        'overwrite nothing without --force, and with it never follow a link or keep a loose mode (attack)',
      ),
      async () => {
        assert.equal((await run('apply', 'organization.yaml')).code, 0);
        put('victim.txt', 'mine');
        symlinkSync(join(folder(), 'victim.txt'), join(folder(), 'link.yaml'));
        const refused = await run('export', 'link.yaml', '--secrets');
        assert.equal(refused.code, 1);
        assert.match(refused.err, /link\.yaml can’t be written: it exists already/);
        writeFileSync(join(folder(), 'loose.yaml'), '', { mode: 0o644 });
        for (const name of ['link.yaml', 'loose.yaml']) {
          assert.equal((await run('export', name, '--secrets', '--force')).code, 0);
          assert.match(read(name), /BEGIN PRIVATE KEY/);
          assert.equal(statSync(join(folder(), name)).mode & 0o777, 0o600);
        }
        assert.equal(read('victim.txt'), 'mine');
      },
    );

    it(inConformance('refuse a secret other than the one that sealed the database'), async () => {
      assert.equal((await run('apply', 'organization.yaml')).code, 0);
      const env = { VESTIBULE_SECRET: 'another secret than that one' };
      for (const args of [
        ['export', '--secrets'],
        ['apply', 'organization.yaml'],
      ]) {
        const stranger = await runWith(env, ...args);
        assert.deepEqual([stranger.code, stranger.out], [1, '']);
        assert.match(stranger.err, /another secret/);
      }
    });
  });

  const title =
    'keep a service provider’s trust: it was set up once, and still works after a restart in memory';
  it(inConformance(title), async () => {
    put('wiki.yaml', WITHOUT_SAMPLE);
    const flags = ['--memory', '--org', 'wiki.yaml', '--public-url', 'http://sso.example.com'];
    const env = { VESTIBULE_API_TOKEN: 'a-token-of-the-tests' };
    const sp = nodeSaml({
      entityId: 'https://wiki.example.com/saml',
      acsUrl: 'https://wiki.example.com/saml/acs',
      signing: { response: true, assertion: true },
      signsRequests: false,
    });
    let isSetUp = false;
    for (const round of ['first', 'second']) {
      const builtServer = serve(flags, env);
      const browser = await builtServer.ready();
      if (!isSetUp) await setUp(sp, browser);
      isSetUp = true;
      assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
      const request = await sp.request('redirect', '/somewhere');
      assert.ok(request.binding === 'redirect');
      const { pathname, search } = new URL(request.url);
      const delivery = deliveryOf(
        await browser.get(`${pathname}${search}`, { site: 'cross-site', followRedirects: true }),
      );
      const { nameId } = await sp.validate(delivery.samlResponse, request.id);
      assert.equal(nameId, 'ana@example.com', round);
      assert.equal(await builtServer.exit('SIGTERM'), 0);
    }
    // Without the key cache the server has other keys, and the service provider refuses its responses.
    const stranger = serve([...flags, '--certs', 'other-certs'], env);
    const browser = await stranger.ready();
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const request = await sp.request('redirect', '/somewhere');
    assert.ok(request.binding === 'redirect');
    const { pathname, search } = new URL(request.url);
    const delivery = deliveryOf(
      await browser.get(`${pathname}${search}`, { site: 'cross-site', followRedirects: true }),
    );
    await assert.rejects(sp.validate(delivery.samlResponse, request.id), /signature/i);
  });
});

/** Gives a service provider what its administrator copies from us once. */
async function setUp(sp: ServiceProvider, browser: Browserless): Promise<void> {
  const headers = { authorization: 'Bearer a-token-of-the-tests' };
  const { body } = await browser.get('/api/v1/organizations/default/applications/wiki', { headers });
  const { entityId, ssoUrl, metadataUrl, certificateUrl } = JSON.parse(body) as Record<
    'entityId' | 'ssoUrl' | 'metadataUrl' | 'certificateUrl',
    string
  >;
  const get = async (url: string) => (await browser.get(new URL(url).pathname)).body;
  await sp.trust({
    ...{ entityId, ssoUrl },
    metadataXml: await get(metadataUrl),
    certificatePem: await get(certificateUrl),
  });
}

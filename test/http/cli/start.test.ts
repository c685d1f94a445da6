import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Browserless } from '../../support/servers/browserless.ts';
import { builtServers } from '../../support/servers/built-server.ts';
import { runCommand } from '../../support/servers/run-command.ts';
import { EXAMPLE, signIn } from '../../support/servers/server.ts';
import { inConformance } from '../../support/basics/depth.ts';

const LINK = /http:\/\/localhost:\d+(\/organizations\/signin\/[\w-]{43})/;
const TOKEN = /API token {2}([\w-]{43})/;

describe('a start of vestibule serve', function () {
  this.timeout(30_000);
  const { folder, serve } = builtServers();
  const write = (name: string, text: string) => writeFileSync(join(folder(), name), text);

  it(
    inConformance(
      'that fails doesn’t use up the API token: the first that succeeds prints it, until vestibule token',
    ),
    async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo; // the address of a TCP server
      write('wrong.yaml', 'version: 1\n');
      for (const flags of [
        ['--port', String(port)],
        ['--org', 'wrong.yaml'],
        ['--org', 'missing.yaml'],
      ])
        assert.equal(await serve(flags).exit(), 1);
      other.close();

      const good = serve(['--org', 'organization.yaml']);
      const browser = await good.ready();
      const [, token = ''] = TOKEN.exec(good.output) ?? assert.fail(good.output);
      const statusWith = async (each: string) =>
        (await browser.get('/api/v1/organizations', { headers: { authorization: `Bearer ${each}` } })).status;
      assert.equal(await statusWith(token), 200);

      const replaced = await runCommand(['token'], { folder: folder() });
      assert.equal(replaced.code, 0, replaced.err);
      assert.match(replaced.out, /^[\w-]{43}\n$/, 'the token alone, for $(vestibule token)');
      assert.match(replaced.err, /The previous one has ended/);
      assert.deepEqual([await statusWith(replaced.out.trim()), await statusWith(token)], [200, 401]);

      // The link into the console is like the token, and no log has it.
      const [, first = ''] = LINK.exec(good.output) ?? assert.fail(good.output);
      const made = await runCommand(['console-link'], { folder: folder() });
      const [, second = ''] = LINK.exec(made.out) ?? assert.fail(made.err);
      assert.equal(made.out.trim().split('\n').length, 1, 'the link alone');
      for (const link of [first, second]) {
        const entered = await browser.submit(await browser.get(link));
        assert.equal(entered.location, '/organizations');
        assert.ok(!JSON.stringify(good.log()).includes(link));
      }
    },
  );

  it(
    inConformance('ends with code 1 when the file contradicts the database, and frees the port'),
    async () => {
      const first = serve(['--org', 'organization.yaml']);
      await first.ready();
      assert.equal(await first.exit('SIGTERM'), 0);
      write('renamed.yaml', EXAMPLE.replace('alias: demo', 'alias: other'));
      const second = serve(['--org', 'renamed.yaml', '--log-level', 'debug']);
      assert.equal(await second.exit(), 1);
      assert.match(second.output, /listening on port/);
      assert.match(second.output, /^renamed\.yaml:\d+:\d+: instance\.alias/m);
      assert.doesNotMatch(second.output, /\n\s+at /);
    },
  );

  it(inConformance('reports without a stack trace why the database refuses the file'), async () => {
    const first = serve(['--org', 'organization.yaml']);
    await first.ready();
    assert.equal(await first.exit('SIGTERM'), 0);
    write('taken.yaml', EXAMPLE.replace('userName: bo@example.com', 'userName: someone-else'));
    const second = serve(['--org', 'taken.yaml']);
    assert.equal(await second.exit(), 1);
    assert.match(second.output, /^taken\.yaml:12:64: users\[1\]\.email: .*email address/m);
    assert.doesNotMatch(second.output, /\n\s+at /);
  });

  it('without --org creates the demo organization, prints first which users can sign in, and opens it', async () => {
    mkdirSync(join(folder(), 'bin'));
    write('bin/xdg-open', '#!/bin/sh\necho "$@" > opened\n');
    chmodSync(join(folder(), 'bin/xdg-open'), 0o755);
    const path = `${join(folder(), 'bin')}:${process.env['PATH'] ?? ''}`;
    const builtServer = serve(['--memory', '--open'], { PATH: path });
    const browser = await builtServer.ready();
    assert.match(builtServer.output, /^\nVestibule is ready: /, 'no line of the log is above it');
    const [, userName = '', password = ''] =
      /Sign in as\n +(\S+) +(\S+)/.exec(builtServer.output) ?? assert.fail(builtServer.output);
    const portal = /Portal +(\S+)/.exec(builtServer.output)?.[1] ?? '';
    const page = await signIn(browser, userName, password, new URL(portal).pathname);
    assert.equal(page.status, 200);
    assert.match(page.body, /sign out/i);
    assert.equal(readFileSync(join(folder(), 'opened'), 'utf8'), `${portal}\n`);
  });

  it(inConformance('with a public URL other than the last one says so, once'), async () => {
    const said = [];
    for (const name of ['one', 'one', 'two', 'two']) {
      const builtServer = serve(['--org', 'organization.yaml', '--public-url', `http://${name}.example.com`]);
      await builtServer.ready();
      assert.equal(await builtServer.exit('SIGTERM'), 0);
      said.push(/The public URL was .*? now/.exec(builtServer.output)?.[0]);
    }
    const changed = 'The public URL was http://one.example.com and is http://two.example.com now';
    assert.deepEqual(said, [undefined, undefined, changed, undefined]);
  });

  it(inConformance('on all addresses warns, and answers on loopback'), async () => {
    const builtServer = serve(['--memory', '--org', 'organization.yaml', '--host', '0.0.0.0']);
    await builtServer.ready();
    assert.match(
      builtServer.output,
      /Listening on 0\.0\.0\.0: anyone who can reach this machine can reach Vestibule/,
    );
    const local = new Browserless(new URL('http://localhost'), await builtServer.port());
    assert.equal((await local.get('/healthz')).status, 200);
    const usual = serve(['--memory', '--org', 'organization.yaml']);
    await usual.ready();
    assert.doesNotMatch(usual.output, /anyone who can reach this machine/);
  });
});

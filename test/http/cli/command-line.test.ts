import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../support/servers/run-command.ts';

const vestibule = (...words: string[]) => runCommand(words, { folder: tmpdir() });

describe('the command line', function () {
  this.timeout(30_000);

  it('without a command prints the help, and starts nothing', async () => {
    const { code, out, err } = await vestibule();
    assert.deepEqual([code, err], [0, '']);
    for (const command of ['serve', 'apply', 'export', 'check', '--version'])
      assert.match(out, new RegExp(`^ +.*${command}\\b`, 'm'));
  });

  it('--version prints the package’s version', async () => {
    const file = join(import.meta.dirname, '../../../package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    assert.deepEqual(await vestibule('--version'), { code: 0, out: `${version}\n`, err: '' });
  });

  it('suggests the command or flag that a mistyped one resembles', async () => {
    const said = async (...words: string[]) => (await vestibule(...words)).err;
    assert.equal(await said('serv'), "error: unknown command 'serv'\n(Did you mean serve?)\n");
    assert.equal(
      await said('serve', '--prot', '9'),
      "error: unknown option '--prot'\n(Did you mean --port?)\n",
    );
    assert.equal(
      await said('add-application', '--metadta', 'sp.xml'),
      "error: unknown option '--metadta'\n(Did you mean --metadata?)\n",
    );
    assert.equal(await said('--port', '9'), 'error: --port follows its command: vestibule serve --port\n');
  });
});

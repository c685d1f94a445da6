import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** Runs the built command and returns its exit code with what it printed. */
function vestibule(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/main.js'), ...words], {
    cwd: tmpdir(),
    encoding: 'utf8',
    timeout: 10_000,
  });
  return { status, stdout, stderr };
}

describe('the command line', function () {
  this.timeout(30_000);

  it('without a command prints the help, and starts nothing', () => {
    const { status, stdout, stderr } = vestibule();
    assert.deepEqual([status, stderr], [0, '']);
    for (const command of ['serve', 'apply', 'export', 'check', '--version'])
      assert.match(stdout, new RegExp(`^ +.*${command}\\b`, 'm'));
  });

  it('--version prints the package’s version', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    assert.deepEqual(vestibule('--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('suggests the command or flag that a mistyped one resembles', () => {
    const said = (...words: string[]) => vestibule(...words).stderr;
    assert.equal(said('serv'), "error: unknown command 'serv'\n(Did you mean serve?)\n");
    assert.equal(said('serve', '--prot', '9'), "error: unknown option '--prot'\n(Did you mean --port?)\n");
    assert.equal(said('--port', '9'), 'error: --port follows its command: vestibule serve --port\n');
  });
});

import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inConformance } from '../support/basics/depth.ts';
import { skipAloud } from '../support/basics/skip.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Copies the files of the repository as they are now, without what is installed or built. */
function cloneTo(folder: string): void {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  for (const path of execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0')) {
    if (path === '' || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(folder, path));
  }
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

describe(inConformance('a fresh clone'), function () {
  this.timeout(240_000);
  let folder: string;
  let child: ChildProcess | undefined;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-clone-'));
  });
  after(async () => {
    // The whole group, because npm runs the server in a process of its own.
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'close');
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('installs with npm start no more than a start needs, and serves at the port that npm swallowed', async function () {
    try {
      cloneTo(folder);
    } catch {
      skipAloud(this, 'the project is not a git repository');
    }
    const { PATH = '', HOME = '' } = process.env;
    child = spawn('npm', ['start', '--memory', '--port', '0'], {
      ...{ cwd: folder, env: { PATH, HOME }, detached: true },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ready = /Vestibule is ready: (http:\/\/localhost:(\d+))/;
    while (!ready.test(output) && child.exitCode === null)
      await Promise.race([once(child.stdout!, 'data'), once(child, 'close')]);
    if (output.includes('npm did not reach its registry')) skipAloud(this, 'npm doesn’t reach its registry');
    const [, url = assert.fail(output), port] = ready.exec(output) ?? [];
    assert.notEqual(port, '8080', 'the flag was lost');

    const page = await (await fetch(url)).text();
    const [sprite = assert.fail(page)] = /\/assets\/icons\.[0-9a-f]+\.svg/.exec(page) ?? [];
    assert.match(await (await fetch(new URL(sprite, url))).text(), /<symbol id="/);

    assert.ok(!existsSync(join(folder, 'node_modules/typescript')));
    const bytes = sizeOf(join(folder, 'node_modules'));
    assert.ok(bytes > 50e6 && bytes < 150e6, `${Math.round(bytes / 1e6)} MB`);
  });
});

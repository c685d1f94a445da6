import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSecretFile } from '../../../src/server/secret-file.ts';
import { StartError } from '../../../src/server/start-error.ts';

describe('the secret of a data folder', () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'vestibule-'));
    folder = join(parent, 'data');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('is created once, for its owner alone, and leaves nothing else behind', async () => {
    const secret = await openSecretFile(folder);
    assert.match(secret, /^[\w-]{43}$/);
    assert.equal(await openSecretFile(folder), secret);
    assert.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(folder), ['secret']);
  });

  it('is the same for servers that start together', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => openSecretFile(folder)));
    assert.equal(new Set(secrets).size, 1);
    assert.match(secrets[0] ?? '', /^[\w-]{43}$/);
    assert.deepEqual(readdirSync(folder), ['secret']);
  });

  it('is refused when it is empty or short, with instructions', async () => {
    await openSecretFile(folder);
    for (const text of ['', '\n', 'fifteen letters']) {
      writeFileSync(join(folder, 'secret'), text);
      await assert.rejects(openSecretFile(folder), (error: unknown) => {
        assert.ok(error instanceof StartError);
        assert.match(error.message, /secret.*shorter than 16.*delete the file/s);
        return true;
      });
    }
  });

  it('is reported with its path when it can’t be written', async () => {
    writeFileSync(folder, 'a file, not a folder');
    await assert.rejects(openSecretFile(folder), (error: unknown) => {
      assert.ok(error instanceof StartError);
      assert.ok(error.message.includes(join(folder, 'secret')));
      return true;
    });
  });

  it('keeps to its owner a file whose mode a copy has widened', async () => {
    const secret = await openSecretFile(folder);
    chmodSync(join(folder, 'secret'), 0o644);
    assert.equal(await openSecretFile(folder), secret);
    assert.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600);
  });

  it('may be a link, as containers mount secrets, whose target keeps its mode', async () => {
    mkdirSync(folder);
    writeFileSync(join(parent, 'mounted'), 'a secret of the cluster\n', { mode: 0o644 });
    symlinkSync('../mounted', join(folder, 'secret'));
    assert.equal(await openSecretFile(folder), 'a secret of the cluster');
    assert.equal(statSync(join(parent, 'mounted')).mode & 0o777, 0o644);
  });

  it('is no pipe or device, for which the start would wait, and no link to nothing', async () => {
    mkdirSync(folder);
    const path = join(folder, 'secret');
    execFileSync('mkfifo', [path]);
    await assert.rejects(openSecretFile(folder), /secret is not a regular file/);
    for (const [target, message] of [
      ['/dev/zero', /secret is not a regular file/],
      ['nothing', /link to a file that does not exist/],
    ] as const) {
      rmSync(path);
      symlinkSync(target, path);
      await assert.rejects(openSecretFile(folder), message);
    }
  });
});

import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skipAloud } from '../../../support/basics/skip.ts';
import { findKeyFolder } from '../../../../src/interfaces/library/key-folder.ts';

describe('the folder that keeps keys between runs', () => {
  const uid = process.getuid?.() ?? 0;
  let root: string;
  let temporary: string;
  let from: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'vestibule-'));
    [temporary, from] = [join(root, 'tmp'), join(root, 'project', 'src')];
    for (const folder of [temporary, from]) mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const ours = () => join(temporary, `vestibule-${uid}`);
  const find = (asUid = uid) => findKeyFolder({ from, temporary, uid: asUid });

  it('belongs to the project, readable only for its owner', () => {
    mkdirSync(join(root, 'project', 'node_modules'));
    const found = find();
    assert.equal(found, join(root, 'project', 'node_modules', '.cache', 'vestibule', 'keys'));
    assert.equal(statSync(found).mode & 0o777, 0o700);
    assert.equal(find(), found);
  });

  it('is in the temporary folder, one for each user, where there is no project', () => {
    assert.equal(find(), join(ours(), 'keys'));
    assert.equal(statSync(ours()).mode & 0o777, 0o700);
  });

  it('is never one that another user created there earlier, who would know or choose the keys', () => {
    // The folder as another user would find it.
    mkdirSync(join(temporary, `vestibule-${uid + 1}`, 'keys'), { recursive: true, mode: 0o700 });
    assert.equal(find(uid + 1), undefined);
  });

  it('is never a link, whatever its target', () => {
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(join(elsewhere, 'keys'), { recursive: true, mode: 0o700 });
    symlinkSync(elsewhere, ours());
    assert.equal(find(), undefined);
    rmSync(ours());
    mkdirSync(ours(), { mode: 0o700 });
    symlinkSync(join(elsewhere, 'keys'), join(ours(), 'keys'));
    assert.equal(find(), undefined);
  });

  it('is never one that other users can enter', () => {
    mkdirSync(join(ours(), 'keys'), { recursive: true, mode: 0o700 });
    assert.ok(find());
    chmodSync(ours(), 0o755);
    assert.equal(find(), undefined);
    chmodSync(ours(), 0o700);
    chmodSync(join(ours(), 'keys'), 0o770);
    assert.equal(find(), undefined);
  });

  it('is not in a project that belongs to another user, who could exchange it', function () {
    if (uid !== 0) skipAloud(this, 'only root can give a folder to another user');
    const modules = join(root, 'project', 'node_modules');
    mkdirSync(modules);
    chownSync(modules, uid + 1, uid + 1);
    assert.equal(find(), join(ours(), 'keys'));
  });
});

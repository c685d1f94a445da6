import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyCache, type CachedKey } from '../../../../src/domain/certificates/key-cache.ts';
import { skipAloud } from '../../../support/basics/skip.ts';
import { mountLimitedDisk } from '../../../support/servers/limited-disk.ts';
import { samlFixture } from '../../../support/saml/keys.ts';

const keyOf = (name: string): CachedKey => ({
  privateKeyPem: samlFixture(`${name}-key.pem`),
  certificatePem: samlFixture(`${name}-cert.pem`),
});
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the key cache', () => {
  let parent: string;
  let folder: string;
  const fileIn = () => join(folder, readdirSync(folder)[0] ?? '');
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'vestibule-keys-'));
    folder = join(parent, 'a', 'keys');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('is empty, and creates no folder, before the first key is put', async () => {
    assert.equal(await createKeyCache(folder).get('d-1 wiki'), undefined);
    assert.deepEqual(readdirSync(parent), []);
  });

  it('returns a key to another server, only by its natural key', async () => {
    await createKeyCache(folder).put('d-1 wiki', keyOf('idp'));
    assert.deepEqual(await createKeyCache(folder).get('d-1 wiki'), keyOf('idp'));
    assert.equal(await createKeyCache(folder).get('d-1 Wiki'), undefined);
    assert.match(readdirSync(folder).join(), /^[0-9a-f]{64}\.json$/);
  });

  it('replaces a key that was put before', async () => {
    const cache = createKeyCache(folder);
    await cache.put('d-1 wiki', keyOf('idp'));
    await cache.put('d-1 wiki', keyOf('other'));
    assert.deepEqual(await cache.get('d-1 wiki'), keyOf('other'));
    assert.equal(readdirSync(folder).length, 1);
  });

  it('keeps natural keys from leading out of the folder', async () => {
    const cache = createKeyCache(folder);
    await cache.put('../../escaped', keyOf('idp'));
    assert.deepEqual(await cache.get('../../escaped'), keyOf('idp'));
    assert.deepEqual(readdirSync(parent), ['a']);
  });

  it('is readable only for its owner, whatever the umask and an earlier mode say', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const before = process.umask(0);
    try {
      await createKeyCache(folder).put('d-1 wiki', keyOf('idp'));
    } finally {
      process.umask(before);
    }
    assert.equal(modeOf(folder), 0o700);
    assert.equal(modeOf(fileIn()), 0o600);
  });

  it('restricts the mode of a file that others could read', async function () {
    if (process.platform === 'win32') this.skip();
    const cache = createKeyCache(folder);
    await cache.put('d-1 wiki', keyOf('idp'));
    chmodSync(fileIn(), 0o644);
    assert.deepEqual(await cache.get('d-1 wiki'), keyOf('idp'));
    assert.equal(modeOf(fileIn()), 0o600);
  });

  it('returns keys from a read-only disk, where containers mount secrets', async function () {
    const mounted = mountLimitedDisk(1);
    if (!mounted.ok) skipAloud(this, mounted.reason);
    const { disk } = mounted;
    try {
      const cache = createKeyCache(disk.path);
      await cache.put('d-1 wiki', keyOf('idp'));
      chmodSync(join(disk.path, readdirSync(disk.path)[0] ?? ''), 0o444);
      disk.makeReadOnly();
      assert.deepEqual(await cache.get('d-1 wiki'), keyOf('idp'));
      await assert.rejects(cache.put('d-1 notes', keyOf('other')), { code: 'EROFS' });
    } finally {
      disk.dispose();
    }
  });

  const corrupt: [what: string, change: (text: string) => string][] = [
    ['is empty', () => ''],
    ['is half written', (text) => text.slice(0, 700)],
    ['has another version', (text) => text.replace('"version":1', '"version":2')],
    ['lacks the key', (text) => text.replace('privateKeyPem', 'other')],
    ['has an invalid key', (text) => text.replace('BEGIN PRIVATE KEY', 'BEGIN NOTHING')],
    [
      'has the key of another certificate',
      (text) =>
        JSON.stringify({ ...(JSON.parse(text) as object), privateKeyPem: keyOf('other').privateKeyPem }),
    ],
    ['was made for another natural key', (text) => text.replace('d-1 wiki', 'd-1 other')],
  ];
  for (const [what, change] of corrupt) {
    it(`ignores and rewrites a file that ${what}`, async () => {
      const cache = createKeyCache(folder);
      await cache.put('d-1 wiki', keyOf('idp'));
      const changed = change(readFileSync(fileIn(), 'utf8'));
      writeFileSync(fileIn(), changed);
      assert.equal(await cache.get('d-1 wiki'), undefined);
      await cache.put('d-1 wiki', keyOf('sp'));
      assert.deepEqual(await cache.get('d-1 wiki'), keyOf('sp'));
    });
  }

  it('ignores a file that was copied over another one', async () => {
    const cache = createKeyCache(folder);
    await cache.put('d-1 wiki', keyOf('idp'));
    const wiki = fileIn();
    await cache.put('d-1 notes', keyOf('other'));
    const notes =
      readdirSync(folder)
        .map((name) => join(folder, name))
        .find((path) => path !== wiki) ?? '';
    copyFileSync(wiki, notes);
    assert.equal(await cache.get('d-1 notes'), undefined);
  });

  it('ignores and replaces a pipe, a file without an end, and one that is too large (denial of service)', async function () {
    if (process.platform !== 'linux') this.skip();
    const cache = createKeyCache(folder);
    await cache.put('d-1 wiki', keyOf('idp'));
    const path = fileIn();
    const text = readFileSync(path, 'utf8');
    for (const put of [
      () => execFileSync('mkfifo', [path]),
      () => symlinkSync('/proc/self/pagemap', path),
      () => writeFileSync(path, `${text}${' '.repeat(64 * 1024)}`),
    ]) {
      rmSync(path);
      put();
      assert.equal(await cache.get('d-1 wiki'), undefined);
      await cache.put('d-1 wiki', keyOf('sp'));
      assert.deepEqual(await cache.get('d-1 wiki'), keyOf('sp'));
    }
  });

  it('leaves no partial file when it can’t write', async function () {
    const cache = createKeyCache(folder);
    await cache.put('d-1 wiki', keyOf('idp'));
    const path = fileIn();
    rmSync(path);
    mkdirSync(path); // A file can't replace a folder.
    await assert.rejects(cache.put('d-1 wiki', keyOf('idp')));
    assert.equal(readdirSync(folder).length, 1);
  });

  it('has one complete file after many simultaneous writes', async () => {
    const cache = createKeyCache(folder);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => cache.put('d-1 wiki', keyOf(index % 2 ? 'idp' : 'sp'))),
    );
    assert.equal(readdirSync(folder).length, 1);
    assert.ok(await cache.get('d-1 wiki'));
  });
});

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import { createSealer } from '../../../src/foundation/platform/crypto.ts';
import { openSqlite } from '../../../src/foundation/storage/sqlite.ts';
import { textOf, type Browserless } from '../../support/servers/browserless.ts';
import { findDamage } from '../../support/servers/kill/audit.ts';
import { Ledger } from '../../support/servers/kill/ledger.ts';
import { mountLimitedDisk, type LimitedDisk } from '../../support/servers/limited-disk.ts';
import { builtServers } from '../../support/servers/built-server.ts';
import { signIn } from '../../support/servers/server.ts';
import { skipAloud } from '../../support/basics/skip.ts';
import { sampled } from '../../support/basics/depth.ts';

const TOKEN = 'a-token-of-the-tests';
const SECRET = 'a-secret-of-the-tests';
const headers = { authorization: `Bearer ${TOKEN}` };
const API = '/api/v1/organizations/default';

describe('a disk that is full or read-only', function () {
  this.timeout(60_000);
  const { serve, folder } = builtServers();
  const disks: LimitedDisk[] = [];
  afterEach(() => {
    for (const disk of disks.splice(0)) disk.dispose();
  });

  const diskOf = (context: Mocha.Context, mebibytes: number): LimitedDisk => {
    const found = mountLimitedDisk(mebibytes);
    if (!found.ok) skipAloud(context, found.reason);
    disks.push(found.disk);
    return found.disk;
  };
  const start = (data: string) =>
    serve(['--org', 'organization.yaml', '--data', data], {
      VESTIBULE_API_TOKEN: TOKEN,
      VESTIBULE_SECRET: SECRET,
    });
  /** Fills the disk except for this many bytes. */
  const fill = (disk: LimitedDisk, leave = 0) => {
    const { bavail, bsize } = statfsSync(disk.path);
    writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - leave)));
  };

  it('full while the server runs: the server says so in time, writes nothing by half, and goes on when there is room', async function () {
    const disk = diskOf(this, 24);
    const data = join(disk.path, 'data');
    const builtServer = start(data);
    const browser = await builtServer.ready();
    assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
    const path = await wikiPath(browser);
    fill(disk, 600 * 1024);

    let answer = await browser.get(path);
    for (let turn = 0; turn < 500 && answer.status === 200; turn += 1) answer = await browser.get(path);
    assert.equal(answer.status, 507);
    assert.equal(answer.headers.get('retry-after'), '30');
    assert.match(
      textOf(answer),
      /Out of disk space.* The disk of the database is full\. Nothing was changed/,
    );
    const json = {
      userName: 'late',
      email: 'late@example.com',
      givenName: 'L',
      familyName: 'L',
      displayName: 'L',
    };
    const problem = await browser.send('POST', `${API}/users`, { json, headers });
    assert.equal(problem.status, 507);
    assert.match(problem.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const { requestId } = z.object({ requestId: z.string() }).parse(JSON.parse(problem.body));
    await builtServer.says(new RegExp(requestId));
    const line = builtServer.log().find((each) => each['requestId'] === requestId);
    assert.match(String(line?.['cause']), /disk is full/);
    // Requests that write nothing still work.
    assert.equal((await browser.get('/demo/start')).status, 200);
    assert.equal((await browser.get('/healthz')).status, 200);

    rmSync(join(disk.path, 'ballast'));
    assert.equal((await browser.get(path)).status, 200);
    assert.equal((await browser.send('POST', `${API}/users`, { json, headers })).status, 201);
    const db = openSqlite({ location: join(data, 'vestibule.db'), durability: 'process' });
    const damage = await findDamage(db.read, createSealer(Buffer.from(SECRET)), new Ledger());
    await db.close();
    assert.deepEqual(damage, []);
    assert.equal(await builtServer.exit('SIGTERM'), 0);
    const sqlite = new DatabaseSync(join(data, 'vestibule.db'));
    assert.deepEqual(
      sqlite
        .prepare('pragma integrity_check')
        .all()
        .map((row) => Object.values(row as Record<string, unknown>)),
      [['ok']],
    );
    sqlite.close();
  });

  it('full at the start: the error says where, and what to do', async function () {
    const disk = diskOf(this, 1);
    const data = join(disk.path, 'data');
    fill(disk, 8192);
    const builtServer = start(data);
    assert.equal(await builtServer.exit(), 1);
    assert.ok(builtServer.output.includes(data), builtServer.output);
    assert.match(builtServer.output, /full.*make room, or choose another folder with --data/i);
    assert.doesNotMatch(builtServer.output, /\n\s+at /);
  });

  for (const state of ['new', 'used before'] as const) {
    it(
      sampled(state === 'new', `read-only at the start, ${state}: the error says where, and what to do`),
      async function () {
        const data = readOnlyFolder(this, state === 'new');
        const place = await data();
        const builtServer = start(place);
        assert.equal(await builtServer.exit(), 1);
        assert.ok(builtServer.output.includes(place), builtServer.output);
        assert.match(
          builtServer.output,
          /must be able to write in .*make it writable for the user that runs it/,
        );
        assert.doesNotMatch(builtServer.output, /\n\s+at /);
      },
    );
  }

  /** A folder that can't be written to: by its mode or, for root, by a read-only file system. */
  function readOnlyFolder(context: Mocha.Context, isNew: boolean): () => Promise<string> {
    const disk = process.getuid?.() === 0 ? diskOf(context, 24) : undefined;
    const place = join(disk?.path ?? folder(), 'data');
    return async () => {
      mkdirSync(place);
      if (!isNew) {
        const first = start(place);
        await first.ready();
        assert.equal(await first.exit('SIGTERM'), 0);
      }
      if (disk) disk.makeReadOnly();
      else {
        chmodSync(place, 0o500);
        if (!isNew) chmodSync(join(place, 'vestibule.db'), 0o400);
      }
      return place;
    };
  }
});

async function wikiPath(browser: Browserless): Promise<string> {
  const { body } = await browser.get(`${API}/applications/wiki`, { headers });
  return new URL(z.object({ ssoUrl: z.url() }).parse(JSON.parse(body)).ssoUrl).pathname;
}

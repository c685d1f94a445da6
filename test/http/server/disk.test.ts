import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import { openSqlite } from '../../../src/foundation/storage/sqlite.ts';
import { textOf, type Browserless } from '../../support/servers/browserless.ts';
import { findDamage } from '../../support/servers/kill/audit.ts';
import { Ledger } from '../../support/servers/kill/ledger.ts';
import { makeRoom, type Room } from '../../support/servers/limited-disk.ts';
import { serving } from '../../support/servers/built-server.ts';
import { signIn } from '../../support/servers/server.ts';
import { skipAloud } from '../../support/basics/skip.ts';

const TOKEN = 'a-token-of-the-tests';
const headers = { authorization: `Bearer ${TOKEN}` };
const API = '/api/v1/organizations/default';

describe('a disk that is full, or read-only', function () {
  this.timeout(60_000);
  const { serve, folder } = serving();
  const rooms: Room[] = [];
  afterEach(() => {
    for (const room of rooms.splice(0)) room.dispose();
  });

  const roomOf = (context: Mocha.Context, mebibytes: number): Room => {
    const found = makeRoom(mebibytes);
    if (!found.ok) skipAloud(context, found.reason);
    rooms.push(found.room);
    return found.room;
  };
  const start = (data: string) =>
    serve(['--org', 'organization.yaml', '--data', data], { VESTIBULE_API_TOKEN: TOKEN });
  /** Takes all the room that is left but this much. */
  const fill = (room: Room, leave = 0) => {
    const { bavail, bsize } = statfsSync(room.path);
    writeFileSync(join(room.path, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - leave)));
  };

  it('while it runs: says so in time, keeps nothing by half, and goes on when there is room', async function () {
    const room = roomOf(this, 24);
    const data = join(room.path, 'data');
    const served = start(data);
    const browser = await served.ready();
    assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
    const path = await wikiPath(browser);
    fill(room, 600 * 1024);

    let answer = await browser.get(path);
    for (let turn = 0; turn < 500 && answer.status === 200; turn += 1) answer = await browser.get(path);
    assert.equal(answer.status, 507);
    assert.equal(answer.headers.get('retry-after'), '30');
    assert.match(
      textOf(answer),
      /There is no room left.* The disk of the database is full\. Nothing was changed/,
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
    await served.says(new RegExp(requestId));
    const line = served.log().find((each) => each['requestId'] === requestId);
    assert.match(String(line?.['cause']), /disk is full/);
    // What needs no writing goes on.
    assert.equal((await browser.get('/demo/start')).status, 200);
    assert.equal((await browser.get('/healthz')).status, 200);

    rmSync(join(room.path, 'ballast'));
    assert.equal((await browser.get(path)).status, 200);
    assert.equal((await browser.send('POST', `${API}/users`, { json, headers })).status, 201);
    const db = openSqlite({ location: join(data, 'vestibule.db'), durability: 'process' });
    const damage = await findDamage(db.read, new Ledger());
    await db.close();
    assert.deepEqual(damage, []);
    assert.equal(await served.exit('SIGTERM'), 0);
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

  it('full at the start: says where, and what to do', async function () {
    const room = roomOf(this, 1);
    const data = join(room.path, 'data');
    fill(room, 8192);
    const served = start(data);
    assert.equal(await served.exit(), 1);
    assert.ok(served.output.includes(data), served.output);
    assert.match(served.output, /full.*make room, or choose another folder with --data/i);
    assert.doesNotMatch(served.output, /\n\s+at /);
  });

  for (const state of ['new', 'used before'] as const) {
    it(`read-only at the start, ${state}: says where, and what to do`, async function () {
      const data = readOnlyFolder(this, state === 'new');
      const place = await data();
      const served = start(place);
      assert.equal(await served.exit(), 1);
      assert.ok(served.output.includes(place), served.output);
      assert.match(served.output, /must be able to write in .*make it writable for the user that runs it/);
      assert.doesNotMatch(served.output, /\n\s+at /);
    });
  }

  /** Where modes stop us they do it; root is stopped by a file system that is read-only. */
  function readOnlyFolder(context: Mocha.Context, isNew: boolean): () => Promise<string> {
    const room = process.getuid?.() === 0 ? roomOf(context, 24) : undefined;
    const place = join(room?.path ?? folder(), 'data');
    return async () => {
      mkdirSync(place);
      if (!isNew) {
        const first = start(place);
        await first.ready();
        assert.equal(await first.exit('SIGTERM'), 0);
      }
      if (room) room.closeForWriting();
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

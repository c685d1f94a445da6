import assert from 'node:assert/strict';
import { setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import { openInstance } from '../../../../src/administration/operations/open-organization.ts';
import { listTrustedDevices } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { openPostgres } from '../../../../src/foundation/storage/postgres.ts';
import { formOf, type Answer } from '../../../support/servers/browserless.ts';
import {
  addApp,
  afterPassword,
  ANA,
  codeNow,
  isSignedIn,
  organizationWith,
  userOf,
  wrongCode,
} from '../../../support/mfa/mfa.ts';
import { postgres } from '../../../support/databases/postgres.ts';
import { race } from '../../../support/databases/race.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import { skipAloud } from '../../../support/basics/skip.ts';

const ADMIN = {
  ...{ actor: { type: 'operator', name: 'control-api' } as const, requestId: 'x' },
  ...{ ip: '127.0.0.1', userAgent: 'test' },
};

describe('a user who is disabled while the second factor is checked (PostgreSQL)', function () {
  this.timeout(60_000);
  let started: TestServer | undefined;
  afterEach(() => started?.stop());

  it('isn’t signed in, and no device becomes trusted', async function () {
    const found = await postgres();
    if (!found.ok) skipAloud(this, found.reason);
    const db = await openPostgres({ url: await found.createDatabase(), onIdleError: () => undefined });
    const server = await startServer({ db, organization: organizationWith({}) });
    started = server;
    await addApp(server);
    const { id } = await userOf(server, ANA.userName);
    const browser = server.browser();
    const page = await afterPassword(browser);
    const { run, instance } = await openInstance(server.app.operationNeeds, ADMIN, 'default');
    await race(
      { db, run },
      (work) => setUserEnabled(work, instance, id, false),
      () => browser.submit(page, { code: codeNow(server), trustDevice: 'on' }),
    );
    assert.ok(!(await isSignedIn(browser)));
    assert.deepEqual(await listTrustedDevices(db.read, instance.id, id), []);
  });
});

describe('a user who is disabled between the reading of a sign-in and its end', () => {
  it('isn’t signed in', async () => {
    const server = await startServer({ organization: organizationWith({ mode: 'always-on' }) });
    try {
      await addApp(server);
      const browser = server.browser();
      const page = await afterPassword(browser);
      const path = formOf(page, '/challenge').action.replace('/challenge', '');
      await server.db.transaction((tx) => tx.deleteFrom('mfa_devices').execute());
      const ready = await browser.get(path);
      assert.equal(formOf(ready, '/continue').action, `${path}/continue`);
      const { transaction } = server.db;
      server.db.transaction = async (work) => {
        server.db.transaction = transaction;
        await transaction((tx) => tx.updateTable('users').set({ enabled: 0 }).execute());
        return transaction(work);
      };
      await browser.submit(ready, {});
      assert.ok(!(await isSignedIn(browser)));
    } finally {
      await server.stop();
    }
  });
});

describe('a right code that is sent twice at the same moment', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ organization: organizationWith({ mode: 'always-on' }) });
    await addApp(server);
  });
  after(() => server.stop());

  /** Sends `first`, and runs `between` before the transaction with this number that it opens. */
  async function overtaken(number: number, first: () => Promise<Answer>, between: () => Promise<unknown>) {
    const { transaction } = server.db;
    let opened = 0;
    server.db.transaction = async (work) => {
      opened += 1;
      if (opened === number) {
        server.db.transaction = transaction;
        await between();
      }
      return transaction(work);
    };
    try {
      return await first();
    } finally {
      server.db.transaction = transaction;
    }
  }

  const failures = async () => {
    const rows = await server.db.read
      .selectFrom('throttles')
      .select(['attempts', 'under_way'])
      .where('throttle_key', 'like', 'factor %')
      .execute();
    return rows.map(({ attempts, under_way }) => [attempts, under_way]);
  };

  for (const [when, number] of [
    ['is counted', 1],
    ['is stored', 2],
  ] as const) {
    it(`leads to the same place when the other one overtakes it before it ${when}, and counts as no failure`, async () => {
      server.clock.advance(60_000);
      const browser = server.browser();
      const page = await afterPassword(browser);
      const send = () => browser.submit(page, { code: codeNow(server) });
      let winner: Answer | undefined;
      const loser = await overtaken(number, send, async () => (winner = await send()));
      assert.deepEqual([winner?.status, loser.status], [303, 303]);
      assert.ok(await isSignedIn(browser));
      const end = await browser.get(loser.headers.get('location') ?? '');
      assert.equal(end.headers.get('location'), winner?.headers.get('location'));
      assert.deepEqual(await failures(), [[0, 0]]);
    });
  }

  it('counts as a failure when it is a wrong one and the other one too (attack: many guesses at once)', async () => {
    const browser = server.browser();
    const page = await afterPassword(browser);
    const send = () => browser.submit(page, { code: wrongCode(server) });
    await overtaken(2, send, send);
    assert.ok(!(await isSignedIn(browser)));
    assert.deepEqual(await failures(), [[2, 0]]);
  });
});

import assert from 'node:assert/strict';
import { deleteUser, setUserEnabled, updateUser } from '../../../../src/domain/directory/user-commands.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer, hashToken } from '../../../../src/foundation/platform/crypto.ts';
import { newSessionId, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import {
  eraseLastAnswers,
  findLastAnswer,
  keepLastAnswer,
} from '../../../../src/domain/sessions/last-answer-store.ts';
import {
  createSession,
  endSession,
  endSessionsOfUser,
  listSessions,
  refreshSession,
  resumeSession,
  trimSessions,
} from '../../../../src/domain/sessions/session-store.ts';
import type { Session } from '../../../../src/domain/sessions/session.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('sessions', (open) => {
  let tenant: Tenant;
  let ana: User;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    ana = await addUser(tenant, 'ana');
  });

  async function signIn(user = ana, where = tenant): Promise<{ session: Session; handle: string }> {
    const { db, ids, clock, instance } = where;
    const handle = ids.token();
    const at = clock.now();
    const input = {
      id: newSessionId(ids),
      handle,
      user,
      browserId: ids.uuid() as BrowserId,
      startedBy: { kind: 'saml', ref: 'request' },
      factors: [{ type: 'PASSWORD', at }] as const,
      at,
      ip: '127.0.0.1',
      userAgent: 'test',
    };
    return { session: await db.transaction((tx) => createSession(tx, instance, input)), handle };
  }

  const resume = (handle: string, instance = tenant.instance) =>
    resumeSession(tenant.db.read, instance, handle, tenant.clock.now());

  it('resume for their user by their handle, of which only a hash is stored', async () => {
    const { session, handle } = await signIn();
    const at = tenant.clock.now();
    assert.deepEqual(session, {
      ...{ id: session.id, instanceId: tenant.instance.id, userId: ana.id, browserId: session.browserId },
      ...{
        startedBy: { kind: 'saml', refHash: hashToken('request') },
        snapshot: ana,
        factors: [{ type: 'PASSWORD', at }],
      },
      ...{ authenticatedAt: at, refreshedAt: at, expiresAt: at + 8 * HOUR_MS },
    });
    assert.deepEqual(await resume(handle), { session, user: ana, stale: false });
    const row = await tenant.db.read
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', session.id)
      .execute();
    assert.doesNotMatch(JSON.stringify(row), new RegExp(handle));
  });

  it('open nothing with another handle, or in another organization', async () => {
    const { session, handle } = await signIn();
    const other = await makeTenant(open());
    assert.equal(await resume('x'.repeat(43)), undefined);
    assert.equal(await resume(session.id), undefined);
    assert.equal(await resume(handle, other.instance), undefined);
  });

  it('never act for a user of another organization', async () => {
    const stranger = await addUser(await makeTenant(open()), 'ana');
    const { handle } = await signIn(stranger);
    tenant.clock.advance(HOUR_MS);
    assert.equal(await resume(handle), undefined);
  });

  it('end at their lifetime, counted from the sign-in, whatever happens in between', async () => {
    const short = await makeTenant(open(), { settings: { session: { lifetime: 'PT2H' } } });
    const { session, handle } = await signIn(await addUser(short, 'ana'), short);
    short.clock.advance(90 * MINUTE_MS);
    await short.db.transaction((tx) => refreshSession(tx, session, session.snapshot, short.clock.now()));
    const resumeAt = (at: number) => resumeSession(short.db.read, short.instance, handle, at);
    assert.ok(await resumeAt(session.authenticatedAt + 2 * HOUR_MS - 1));
    assert.equal(await resumeAt(session.authenticatedAt + 2 * HOUR_MS), undefined);
  });

  for (const how of ['disabled', 'deleted'] as const) {
    const lose = () =>
      tenant.run(async (work) => {
        if (how === 'disabled') await setUserEnabled(work, tenant.instance, ana.id, false);
        else await deleteUser(work, tenant.instance, ana.id);
      });

    it(`continue for up to an hour for a user who is ${how} (as-aws)`, async () => {
      const { handle } = await signIn();
      await lose();
      tenant.clock.advance(HOUR_MS - 1);
      assert.deepEqual((await resume(handle))?.user, ana);
      tenant.clock.advance(1);
      assert.equal(await resume(handle), undefined);
    });

    it(`count that hour from the last refresh (as-aws, ${how})`, async () => {
      const { handle } = await signIn();
      tenant.clock.advance(HOUR_MS);
      const resumed = await resume(handle);
      assert.equal(resumed?.stale, true);
      await tenant.db.transaction((tx) =>
        refreshSession(tx, resumed.session, resumed.user, tenant.clock.now()),
      );
      await lose();
      tenant.clock.advance(HOUR_MS - 1);
      assert.equal((await resume(handle))?.stale, false);
      tenant.clock.advance(1);
      assert.equal(await resume(handle), undefined);
    });

    it(`end immediately for a user who is ${how} (immediate)`, async () => {
      const strict = await makeTenant(open(), { settings: { session: { revocation: 'immediate' } } });
      tenant = strict;
      ana = await addUser(strict, 'ana');
      const { handle } = await signIn();
      assert.ok(await resume(handle));
      await lose();
      assert.equal(await resume(handle), undefined);
    });
  }

  it('act for the user as stored at the last refresh for up to an hour, then as changed (as-aws)', async () => {
    const { handle } = await signIn();
    const changed = await tenant.run((work) =>
      updateUser(work, tenant.instance, ana.id, { familyName: 'Souza' }),
    );
    assert.deepEqual((await resume(handle))?.user, ana);
    tenant.clock.advance(HOUR_MS);
    const resumed = await resume(handle);
    assert.deepEqual([resumed?.user, resumed?.stale], [changed, true]);
    await tenant.db.transaction((tx) =>
      refreshSession(tx, resumed!.session, resumed!.user, tenant.clock.now()),
    );
    const fresh = await resume(handle);
    assert.deepEqual([fresh?.user, fresh?.stale], [changed, false]);
    assert.deepEqual([fresh?.session.snapshot, fresh?.session.refreshedAt], [changed, tenant.clock.now()]);
  });

  it('act for the user as changed (immediate)', async () => {
    tenant = await makeTenant(open(), { settings: { session: { revocation: 'immediate' } } });
    ana = await addUser(tenant, 'ana');
    const { handle } = await signIn();
    const changed = await tenant.run((work) =>
      updateUser(work, tenant.instance, ana.id, { familyName: 'Souza' }),
    );
    assert.deepEqual((await resume(handle))?.user, changed);
  });

  it('end one at a time, and only in their own organization', async () => {
    const [one, other] = [await signIn(), await signIn()];
    const { db, instance } = tenant;
    const elsewhere = await makeTenant(open());
    assert.equal(await db.transaction((tx) => endSession(tx, elsewhere.instance, one.session.id)), false);
    assert.ok(await resume(one.handle));
    assert.equal(await db.transaction((tx) => endSession(tx, instance, one.session.id)), true);
    assert.equal(await db.transaction((tx) => endSession(tx, instance, one.session.id)), false);
    assert.equal(await resume(one.handle), undefined);
    assert.ok(await resume(other.handle));
  });

  it('stay ended when they are refreshed at the same moment', async () => {
    const { session, handle } = await signIn();
    await tenant.db.transaction((tx) => endSession(tx, tenant.instance, session.id));
    await tenant.db.transaction((tx) => refreshSession(tx, session, ana, tenant.clock.now()));
    assert.equal(await resume(handle), undefined);
  });

  it('end for one user all together, and for nobody else', async () => {
    const bob = await addUser(tenant, 'bob');
    const [first, second, bobs] = [await signIn(), await signIn(), await signIn(bob)];
    const ended = await tenant.db.transaction((tx) => endSessionsOfUser(tx, tenant.instance.id, ana.id));
    assert.equal(ended, 2);
    assert.deepEqual([await resume(first.handle), await resume(second.handle)], [undefined, undefined]);
    assert.ok(await resume(bobs.handle));
  });

  it('are listed for a user, the newest first, a page at a time', async () => {
    const expected: string[] = [];
    for (const minutes of [0, 1, 1, 0, 1]) {
      tenant.clock.advance(minutes * MINUTE_MS);
      expected.push((await signIn()).session.id);
    }
    await signIn(await addUser(tenant, 'bob'));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSessions(tenant.db.read, tenant.instance.id, ana.id, { limit: 2, cursor });
      seen.push(...page.items.map((session) => session.id));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    // Sessions of the same instant are in the order of their ids, which are counted.
    const [zero, one, two, alsoTwo, three] = expected;
    assert.deepEqual(seen, [three, two, alsoTwo, one, zero]);
  });

  it('are trimmed in batches when they have expired, and only then', async () => {
    const old = [await signIn(), await signIn(), await signIn()];
    tenant.clock.advance(HOUR_MS);
    const young = await signIn();
    const { db, instance } = tenant;
    const trim = (at: number) => db.transaction((tx) => trimSessions(tx, instance.id, at, 2));
    const expiredAt = old[0]!.session.expiresAt;
    assert.equal(await trim(expiredAt - 1), 0);
    assert.deepEqual([await trim(expiredAt), await trim(expiredAt), await trim(expiredAt)], [2, 1, 0]);
    assert.ok(await resume(young.handle));
  });

  it('keep their last answer sealed, for its request and session, until it is over or another one comes', async () => {
    const [{ session }, { session: other }] = [await signIn(), await signIn()];
    const { db, clock, instance } = tenant;
    const sealer = createSealer(Buffer.alloc(32, 7));
    const until = clock.now() + MINUTE_MS;
    const keep = (to: string) =>
      db.transaction((tx) => keepLastAnswer(tx, sealer, session, { to, content: '<Response/>', until }));
    const find = (to: string, of = session, at = clock.now()) => findLastAnswer(db.read, sealer, of, to, at);
    const kept = () => db.read.selectFrom('sessions').select('last_answer').execute();
    await keep('first');
    assert.equal(await find('first'), '<Response/>');
    assert.deepEqual([await find('second'), await find('first', other)], [undefined, undefined]);
    assert.equal(await find('first', session, until), undefined);
    assert.ok(!JSON.stringify(await kept()).includes('Response'));
    await keep('second');
    assert.deepEqual([await find('first'), await find('second')], [undefined, '<Response/>']);
    const erase = (at: number) => db.transaction((tx) => eraseLastAnswers(tx, instance.id, at, 10));
    assert.deepEqual([await erase(until - 1), await erase(until), await erase(until)], [0, 1, 0]);
    assert.ok((await kept()).every(({ last_answer: answer }) => answer === null));
  });
});

import assert from 'node:assert/strict';
import { MINUTE_MS, SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { settleAttempt, takeAttempt, type Attempt } from '../../../../src/flows/signin/throttle.ts';
import { throttledUntil, unblockUser } from '../../../../src/flows/signin/unblock.ts';
import { addUser } from '../../../support/people/people.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const LIMIT = 10;
const WINDOW_MS = 15 * MINUTE_MS;

describeOnEachDatabase('throttles', (open) => {
  let tenant: Tenant;
  let now: number;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    now = tenant.clock.now();
  });

  const guess = (userName = 'ana', ip = '203.0.113.7'): Attempt => ({ kind: 'password', userName, ip });
  const take = ({ at = now, attempt = guess() }: { at?: number; attempt?: Attempt } = {}) =>
    tenant.db.transaction((tx) =>
      takeAttempt(tx, tenant.instance.id, tenant.instance.settings.signIn, attempt, at),
    );
  const passed = (verdicts: readonly { ok: boolean }[]) => verdicts.filter(({ ok }) => ok).length;
  const exhaust = async (at = now) => {
    const { id, settings } = tenant.instance;
    for (let count = 0; count < LIMIT; count += 1) {
      assert.ok((await take({ at })).ok, String(count));
      await tenant.db.transaction((tx) => settleAttempt(tx, id, settings.signIn, guess(), 'wrong'));
    }
  };

  it('let as many attempts through as the limit says, whatever the order of their instants', async () => {
    const verdicts = [];
    for (let each = 0; each < 20; each += 1) verdicts.push(await take({ at: now - each }));
    assert.equal(passed(verdicts), LIMIT);
  });

  it('let no more through when attempts come at once, as on servers whose clocks differ by minutes', async () => {
    const skews = [0, -1, 1, -40, 40, -5 * MINUTE_MS, 5 * MINUTE_MS];
    const attempts = Array.from({ length: 42 }, (_, each) =>
      take({ at: now + (skews[each % 7] ?? 0) + each }),
    );
    assert.equal(passed(await Promise.all(attempts)), LIMIT);
  });

  it('are no more than an address has attempts, however many names it invents', async () => {
    const attemptsPerAddress = 20;
    tenant = await makeTenant(open(), { settings: { signIn: { attemptsPerAddress } } });
    for (let each = 0; each < attemptsPerAddress + 10; each += 1)
      await take({ attempt: guess(`invented ${each}`) });
    const { count } = await tenant.db.read
      .selectFrom('throttles')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('instance_id', '=', tenant.instance.id)
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), attemptsPerAddress + 1, 'one for each attempt, and the address’s own');
    assert.equal((await take({ attempt: guess('ana') })).ok, false);
    assert.ok((await take({ attempt: guess('ana', '203.0.113.8') })).ok, 'another address');
  });

  it('begin again with the next window, and not before', async () => {
    await exhaust();
    assert.deepEqual(await take({ at: now + WINDOW_MS - SECOND_MS }), { ok: false, retryAfterSeconds: 1 });
    assert.ok((await take({ at: now + WINDOW_MS })).ok);
  });

  it('begin again when the clock was set back by a window, and ask nobody to wait for longer than one', async () => {
    await exhaust();
    const little = await take({ at: now - WINDOW_MS + SECOND_MS });
    assert.deepEqual(little, { ok: false, retryAfterSeconds: WINDOW_MS / SECOND_MS });
    await exhaust(now - WINDOW_MS);
    const { ok } = await take({ at: now - WINDOW_MS });
    assert.equal(ok, false);
  });

  for (const [what, spellings] of Object.entries({
    'a name': ['ana', 'ANA', 'ＡＮＡ', 'Ａna', 'aNa'].map((name) => guess(name)),
    'a composed name': ['zoë', 'ZOË', 'zoe\u0308'].map((name) => guess(name)),
    'an IPv6 network': ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:ffff::1'].map((ip) => guess('ana', ip)),
  }))
    it(`count every spelling of ${what} together`, async () => {
      const verdicts = [];
      for (let each = 0; each < 2 * LIMIT; each += 1)
        verdicts.push(await take({ attempt: spellings[each % spellings.length] ?? assert.fail() }));
      assert.equal(passed(verdicts), LIMIT);
    });

  it('end for a user who is unblocked, with every kind of attempt and from every address, and for nobody else', async () => {
    const ana = await addUser(tenant, 'ana');
    const { id: userId } = ana;
    const ip = '203.0.113.7';
    const kinds: Attempt[] = [
      ...[guess(ana.userName), guess(ana.userName, '2001:db8::1')],
      ...[{ kind: 'second-factor', userId, ip } as const, { kind: 'guess', userId, ip } as const],
      ...[{ kind: 'mail', userName: ana.userName, ip } as const, { kind: 'mail-code', userId, ip } as const],
    ];
    const bo = guess('bo');
    for (const attempt of [...kinds, bo]) for (let each = 0; each < LIMIT; each += 1) await take({ attempt });
    const all = async () => {
      const verdicts = [];
      for (const attempt of [...kinds, bo]) verdicts.push((await take({ attempt })).ok);
      return verdicts;
    };
    assert.ok((await all()).every((ok) => !ok));
    const until = (at = now) => throttledUntil(tenant.db.read, tenant.instance, ana, at);
    assert.equal(await until(), now + WINDOW_MS);
    assert.equal(await until(now + WINDOW_MS), undefined);
    await tenant.run((work) => unblockUser(work, tenant.instance, userId));
    assert.equal((await tenant.events(1))[0]?.eventName, 'UnblockUser');
    assert.equal(await until(), undefined);
    assert.deepEqual(await all(), [...kinds.map(() => true), false]);
  });

  it('are told for each kind of attempt, and only once it is refused', async () => {
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    const bo = await addUser(tenant, 'bo');
    const attempt = { kind: 'second-factor', userId: bo.id, ip: '203.0.113.7' } as const;
    for (let each = 0; each < LIMIT; each += 1) {
      assert.equal(await throttledUntil(db.read, instance, bo, now), undefined);
      await take({ attempt, at: now - 5 });
    }
    assert.equal(await throttledUntil(db.read, instance, bo, now), now - 5 + WINDOW_MS);
    assert.equal(await throttledUntil(db.read, instance, ana, now), undefined);
  });

  it('count other names and other networks apart', async () => {
    await exhaust();
    for (const attempt of [guess('bo'), guess('ana', '203.0.113.8'), guess('ana', '2001:db8:0:1::1')])
      assert.ok((await take({ attempt })).ok);
  });
});

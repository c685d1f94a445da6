import assert from 'node:assert/strict';
import { createAttemptQueue } from '../../../../src/flows/signin/attempt-queue.ts';
import { settleAttempt, takeAttempt, type Attempt } from '../../../../src/flows/signin/throttle.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const LIMIT = 10;
const guess = (userName: string): Attempt => ({ kind: 'password', userName, ip: '203.0.113.7' });
const [ANA, BO] = [guess('ana'), guess('bo')];

describeOnEachDatabase('attempts at the limit', (open) => {
  let tenant: Tenant;
  beforeEach(async () => (tenant = await makeTenant(open())));

  /** A server whose pauses last until the test ends them. */
  const startQueue = () => {
    const paused: (() => void)[] = [];
    const pause = () => new Promise<void>((resolve) => paused.push(resolve));
    const queue = createAttemptQueue({ db: tenant.db, pause });
    return {
      paused,
      take: (attempt = ANA) => queue.take(tenant.instance, attempt, tenant.clock.now()),
      /** Ends pauses until `done`. */
      async until<Result>(done: Promise<Result>): Promise<Result> {
        const timer = setInterval(() => {
          for (const resume of paused.splice(0)) resume();
        }, 1);
        const finished = done.finally(() => clearInterval(timer));
        return finished;
      },
      async waiting(count: number): Promise<void> {
        while (paused.length < count) await new Promise(setImmediate);
      },
    };
  };
  const settle = (verdict: 'right' | 'wrong', attempt = ANA) =>
    tenant.db.transaction((tx) =>
      settleAttempt(tx, tenant.instance.id, tenant.instance.settings.signIn, attempt, verdict),
    );
  const fill = async () => {
    const { take } = startQueue();
    for (let count = 0; count < LIMIT; count += 1) assert.ok((await take()).ok);
  };

  it('wait until others turn out right, also at two servers of one database', async () => {
    await fill();
    const [one, two] = [startQueue(), startQueue()];
    const [first, second] = [one.take(), two.take()];
    await Promise.all([one.waiting(1), two.waiting(1)]);
    await settle('right');
    await settle('right');
    assert.ok((await one.until(first)).ok);
    assert.ok((await two.until(second)).ok);
  });

  it('get no further than the limit, however many wait while wrong ones are judged', async () => {
    await fill();
    const server = startQueue();
    const waiting = Promise.all(Array.from({ length: 5 }, () => server.take()));
    await server.waiting(5);
    await settle('right');
    for (let count = 1; count < LIMIT; count += 1) await settle('wrong');
    const granted = server.until(waiting);
    // The one that the right one made room for is wrong, too.
    while ((await underWay()) === 0) await new Promise(setImmediate);
    await settle('wrong');
    const verdicts = await granted;
    assert.equal(verdicts.filter(({ ok }) => ok).length, 1);
  });

  it('give up after a hundred pauses when nobody judges those before (a server was killed)', async () => {
    await fill();
    const server = startQueue();
    assert.deepEqual(await server.until(server.take()), { ok: false, retryAfterSeconds: 5 });
  });

  it('wait in a queue of fifty, which keeps out no other user (filled by an attacker)', async () => {
    await fill();
    const server = startQueue();
    const waiting = Promise.all(Array.from({ length: 50 }, () => server.take()));
    await server.waiting(50);
    assert.deepEqual(await server.take(), { ok: false, retryAfterSeconds: 5 });
    assert.ok((await server.take(BO)).ok);
    for (let count = 0; count < LIMIT; count += 1) await settle('wrong');
    assert.ok((await server.until(waiting)).every(({ ok }) => !ok));
  });

  it('don’t wait for attempts that nobody judges, such as mails', async () => {
    const mail: Attempt = { kind: 'mail', userName: 'ana', ip: '203.0.113.7' };
    const { take } = startQueue();
    for (let count = 0; count < LIMIT; count += 1) assert.ok((await take(mail)).ok);
    assert.deepEqual(await take(mail), { ok: false, retryAfterSeconds: 900 });
  });

  it('leave the user’s counter as it was when the address has none left', async () => {
    const { instance, db, clock } = tenant;
    const limits = { ...instance.settings.signIn, attemptsPerAddress: 1 };
    const take = (attempt: Attempt) =>
      db.transaction((tx) => takeAttempt(tx, instance.id, limits, attempt, clock.now()));
    assert.ok((await take(BO)).ok);
    assert.equal((await take(ANA)).ok, false);
    assert.equal(Number((await counter('user'))?.attempts), 1, 'only that of bo');
  });

  const counter = (kind: string) =>
    tenant.db.read
      .selectFrom('throttles')
      .select((eb) => [eb.fn.sum('attempts').as('attempts'), eb.fn.sum('under_way').as('underWay')])
      .where('instance_id', '=', tenant.instance.id)
      .where('throttle_key', 'like', `${kind} %`)
      .executeTakeFirst();
  const underWay = async () => Number((await counter('user'))?.underWay);
});

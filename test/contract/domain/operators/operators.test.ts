import assert from 'node:assert/strict';
import { giveBackAttempt, takeAttempt } from '../../../../src/domain/operators/attempt-store.ts';
import {
  isConsoleLinkOpen,
  makeConsoleLink,
  makeFirstConsoleLink,
  useConsoleLink,
} from '../../../../src/domain/operators/console-link.ts';
import {
  endOperatorSession,
  openSession,
  resumeOperatorSession,
} from '../../../../src/domain/operators/session.ts';
import { HOUR_MS, MAX_CLOCK_DIFFERENCE_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';
import { maintain } from '../../../../src/server/maintenance.ts';
import { manualClock, START_AT } from '../../../support/basics/clock.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

const AT = START_AT;

describeOnEachDatabase('operators', (open) => {
  const makeLink = () => open().transaction((tx) => makeConsoleLink(tx, randomIds, AT));
  const use = (token: string, at = AT) =>
    open().transaction((tx) => useConsoleLink(tx, randomIds, { token, at }));
  const attempt = (ip: string, at = AT) => open().transaction((tx) => takeAttempt(tx, ip, at));

  it('come in by a link once, which nobody can read in the database', async () => {
    const token = await makeLink();
    assert.match(token, /^[\w-]{43}$/);
    const rows = await open().read.selectFrom('operator_links').selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes(token));
    assert.equal(await isConsoleLinkOpen(open().read, token, AT), true);
    const handle = (await use(token)) ?? assert.fail('refused');
    assert.notEqual(handle, token);
    assert.equal((await resumeOperatorSession(open().read, handle, AT))?.openedBy, 'link');
    assert.equal(await isConsoleLinkOpen(open().read, token, AT), false);
    assert.equal(await use(token), undefined, 'a second time');
    assert.equal(await use(randomIds.token()), undefined, 'guessed');
  });

  it('come in by a link within 15 minutes, by real time', async () => {
    const token = await makeLink();
    assert.equal(await isConsoleLinkOpen(open().read, token, AT + 15 * MINUTE_MS), false);
    assert.equal(await use(token, AT + 15 * MINUTE_MS), undefined);
    assert.ok((await use(token, AT + 15 * MINUTE_MS - 1)) !== undefined);
  });

  it('who send the same link at the same moment get one session', async () => {
    const token = await makeLink();
    const tenant = await makeTenant(open());
    let first: string | undefined;
    const second = await race(
      tenant,
      async (work) => {
        first = await work.perform('CreateGroup', { requestParameters: null }, (tx) =>
          useConsoleLink(tx, randomIds, { token, at: AT }),
        );
      },
      () => use(token),
    );
    assert.ok(first !== undefined);
    assert.equal(second, undefined);
  });

  it('get the link of the first start once, also when two servers start together', async () => {
    const makeFirst = () => makeFirstConsoleLink(open(), randomIds, AT);
    const made = await Promise.all([makeFirst(), makeFirst()]);
    assert.equal(made.filter((token) => token !== undefined).length, 1);
    assert.equal(await makeFirst(), undefined);
  });

  it('have a session of eight hours, however much they use it, unless they end it', async () => {
    const begin = () =>
      open().transaction((tx) => openSession(tx, randomIds, { openedBy: 'api-token', at: AT }));
    const handle = await begin();
    const resume = (at: number) => resumeOperatorSession(open().read, handle, at);
    assert.equal((await resume(AT + 8 * HOUR_MS - 1))?.expiresAt, AT + 8 * HOUR_MS);
    assert.equal(await resume(AT + 8 * HOUR_MS), undefined);
    const other = await begin();
    await open().transaction((tx) => endOperatorSession(tx, handle));
    assert.equal(await resume(AT), undefined);
    assert.ok(await resumeOperatorSession(open().read, other, AT), 'the session of another browser');
  });

  it('guess the token ten times in a quarter of an hour from one network, also all at once', async () => {
    const all = await Promise.all(Array.from({ length: 15 }, () => attempt('2001:db8::1')));
    assert.equal(all.filter(({ ok }) => ok).length, 10);
    assert.deepEqual(await attempt('2001:db8::2', AT + 5 * MINUTE_MS), { ok: false, retryAfterSeconds: 600 });
    assert.deepEqual(await attempt('198.51.100.7'), { ok: true }, 'another network');
    assert.deepEqual(await attempt('2001:db8::1', AT + 15 * MINUTE_MS), { ok: true });
  });

  it('may be right as often as they like', async () => {
    for (let times = 0; times < 12; times++) {
      assert.deepEqual(await attempt('198.51.100.8'), { ok: true });
      await open().transaction((tx) => giveBackAttempt(tx, '198.51.100.8'));
    }
  });

  it('leave no links, sessions and counters behind that are over', async () => {
    await makeLink();
    await attempt('198.51.100.9');
    await open().transaction((tx) => openSession(tx, randomIds, { openedBy: 'link', at: AT }));
    const later = AT + 9 * HOUR_MS;
    const token = await open().transaction((tx) => makeConsoleLink(tx, randomIds, later));
    await maintain(open(), manualClock(later + MAX_CLOCK_DIFFERENCE_MS));
    const { read } = open();
    const links = await read.selectFrom('operator_links').select('expires_at').execute();
    assert.deepEqual(
      links.map((link) => link.expires_at),
      [later + 15 * MINUTE_MS],
    );
    assert.deepEqual(await read.selectFrom('operator_sessions').selectAll().execute(), []);
    assert.deepEqual(await read.selectFrom('operator_attempts').selectAll().execute(), []);
    assert.equal(await isConsoleLinkOpen(read, token, later), true);
  });
});

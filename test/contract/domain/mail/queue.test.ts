import assert from 'node:assert/strict';
import { deliverDue } from '../../../../src/domain/mail/delivery.ts';
import { verificationCodeMail } from '../../../../src/domain/mail/messages.tsx';
import { createOutbox } from '../../../../src/domain/mail/outbox.ts';
import {
  claimDue,
  hasPending,
  LEASE_MS,
  markFailed,
  markSent,
} from '../../../../src/domain/mail/queue-store.ts';
import type { SmtpSender } from '../../../../src/domain/mail/smtp.ts';
import { listMails } from '../../../../src/domain/mail/list-store.ts';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const sealer = createSealer(Buffer.alloc(32, 3));
const log = await createLogger({ level: 'silent', pretty: false });

describeOnEachDatabase('mail that is to be sent', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    // Messages that other tests left pending don't belong to this test.
    await tenant.db.transaction((tx) => tx.deleteFrom('mails').execute());
    const { clock, ids, db, organization } = tenant;
    const postMail = createOutbox({ clock, ids, sealer, delivers: true });
    const mail = verificationCodeMail('ana@example.com', 'Example Corp', '123456');
    // The date of the message is the organization's, which may be in another year.
    const at = clock.now() + 400 * DAY_MS;
    await db.transaction((tx) => postMail(tx, organization.id, mail, at));
  });

  const claim = () => tenant.db.transaction((tx) => claimDue(tx, sealer, tenant.clock.now(), 10));
  const mail = async () => {
    const { items } = await listMails(tenant.db.read, sealer, tenant.organization.id, {}, { limit: 2 });
    return items[0] ?? assert.fail('the message is gone');
  };
  const deliver = (send: SmtpSender['send'], signal?: AbortSignal) =>
    deliverDue({ db: tenant.db, sealer, clock: tenant.clock, log, smtp: { send } }, signal);
  const refuse: SmtpSender['send'] = () => Promise.resolve({ ok: false, reason: 'not now', isFinal: false });

  it('is not sent a third time when the slower of two servers finally reports success', async () => {
    const { db, clock } = tenant;
    const [slow] = await claim();
    clock.advance(LEASE_MS);
    const [quick] = await claim();
    assert.ok(slow && quick);
    await db.transaction((tx) => markSent(tx, slow));
    const failure = { reason: 'no', isFinal: false, now: clock.now() };
    await db.transaction((tx) => markFailed(tx, quick, failure));
    assert.deepEqual([(await mail()).status, (await mail()).lastError], ['sent', null]);
    clock.advance(DAY_MS);
    assert.deepEqual(await claim(), []);
  });

  it('is retried for a whole day, however long no server ran before', async () => {
    tenant.clock.advance(3 * DAY_MS);
    assert.equal(await deliver(refuse), 1);
    assert.deepEqual([(await mail()).status, (await mail()).attempts], ['pending', 1]);
    assert.ok(await hasPending(tenant.db.read));
  });

  it('is left for the next start, without a wait or a log entry, when the server stops', async () => {
    const stopping = new AbortController();
    await deliver((...given) => {
      assert.equal(given[1]?.aborted, false);
      stopping.abort();
      assert.ok(given[1].aborted, 'the sender hears of it');
      return refuse(...given);
    }, stopping.signal);
    assert.deepEqual([(await mail()).status, (await mail()).lastError], ['pending', null]);
    await deliver(() => Promise.resolve({ ok: true }));
    assert.equal((await mail()).status, 'sent');
    assert.equal(await hasPending(tenant.db.read), false);
  });

  it('is marked as sent even if the outcome of another message can’t be recorded', async () => {
    const { clock, ids, db, organization } = tenant;
    const postMail = createOutbox({ clock, ids, sealer, delivers: true });
    const other = verificationCodeMail('bo@example.com', 'Example Corp', '123456');
    await db.transaction((tx) => postMail(tx, organization.id, other, clock.now()));
    const delivering = deliver(({ to }) =>
      to === 'ana@example.com' ? Promise.reject(new Error('a fault of ours')) : Promise.resolve({ ok: true }),
    );
    await assert.rejects(delivering, /a fault of ours/);
    const { items } = await listMails(
      db.read,
      sealer,
      organization.id,
      { to: 'bo@example.com' },
      { limit: 2 },
    );
    assert.equal(items[0]?.status, 'sent');
  });
});

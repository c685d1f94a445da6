import assert from 'node:assert/strict';
import { maintain } from '../../../../src/server/maintenance.ts';
import { verificationCodeMail } from '../../../../src/domain/mail/messages.tsx';
import { createOutbox, type PostMail } from '../../../../src/domain/mail/outbox.ts';
import {
  claimDue,
  LEASE_MS,
  markFailed,
  markSent,
  waitMs,
  type ClaimedMail,
} from '../../../../src/domain/mail/queue-store.ts';
import { listMails } from '../../../../src/domain/mail/list-store.ts';
import { updateInstanceSettings } from '../../../../src/domain/organizations/commands.ts';
import { mergeSettings } from '../../../../src/domain/organizations/settings.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const sealer = createSealer(Buffer.alloc(32, 3));

describeOnEachDatabase('the outbox', (open) => {
  let tenant: Tenant;
  // Each tenant needs outboxes of its own, because ids are counted.
  let outboxes: Record<'delivering' | 'keeping', PostMail>;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    const { clock, ids } = tenant;
    outboxes = {
      delivering: createOutbox({ clock, ids, sealer, delivers: true }),
      keeping: createOutbox({ clock, ids, sealer, delivers: false }),
    };
    await tenant.db.transaction((tx) => tx.deleteFrom('mails').execute());
  });

  const post = (to: string, delivers = true) => {
    const { clock, db, organization } = tenant;
    const postMail = outboxes[delivers ? 'delivering' : 'keeping'];
    return db.transaction((tx) =>
      postMail(tx, organization.id, verificationCodeMail(to, 'Example Corp', '123456'), clock.now()),
    );
  };
  const claim = (limit = 10) =>
    tenant.db.transaction((tx) => claimDue(tx, sealer, tenant.clock.now(), limit));
  const only = async (): Promise<ClaimedMail> => {
    const [mail, ...others] = await claim();
    assert.deepEqual(others, []);
    return mail ?? assert.fail('nothing is due');
  };
  const mails = async () =>
    (await listMails(tenant.db.read, sealer, tenant.organization.id, {}, { limit: 100 })).items;
  const fail = (mail: ClaimedMail, isFinal = false) =>
    tenant.db.transaction((tx) => markFailed(tx, mail, { reason: 'no', isFinal, now: tenant.clock.now() }));

  it('gives each message to one of two servers', async () => {
    for (let n = 0; n < 20; n++) await post(`p${n}@example.com`);
    const claims = (await Promise.all([claim(10), claim(10), claim(10), claim(10)])).flat();
    assert.equal(new Set(claims.map(({ id }) => id)).size, claims.length, 'nothing twice');
    claims.push(...(await claim(20)));
    assert.equal(claims.length, 20, 'and nothing is left out');
    assert.match(claims[0]?.text ?? '', /123456/);
  });

  it('gives a message to another server when the lease is over, and asks only the server that has it', async () => {
    await post('ana@example.com');
    const first = await only();
    assert.deepEqual(await claim(), []);
    tenant.clock.advance(LEASE_MS);
    const second = await only();
    assert.equal(second.attempts, 2);
    await fail(first);
    assert.equal((await mails())[0]?.lastError, null, 'the first has nothing to say any more');
    await tenant.db.transaction((tx) => markSent(tx, second));
    assert.equal((await mails())[0]?.status, 'sent');
    tenant.clock.advance(DAY_MS);
    assert.deepEqual(await claim(), []);
  });

  it('retries after 10 seconds, then doubles the wait up to an hour, and gives up after a day', async () => {
    assert.deepEqual(
      [1, 2, 3, 10, 30].map(waitMs),
      [10, 20, 40, 3600, 3600].map((s) => s * SECOND_MS),
    );
    await post('ana@example.com');
    const began = tenant.clock.now();
    let tries = 0;
    for (;;) {
      const mail = await only();
      await fail(mail);
      tries += 1;
      if ((await mails())[0]?.status === 'failed') break;
      tenant.clock.advance(waitMs(tries) - 1);
      assert.deepEqual(await claim(), [], `too early after ${tries}`);
      tenant.clock.advance(1);
    }
    const took = tenant.clock.now() - began;
    assert.ok(took >= DAY_MS && took <= DAY_MS + HOUR_MS, String(took));
    assert.ok(tries > 20 && tries < 40, String(tries));
  });

  it('gives up immediately after a permanent refusal', async () => {
    await post('ana@example.com');
    await fail(await only(), true);
    assert.equal((await mails())[0]?.status, 'failed');
  });

  it('keeps messages that no mail server is to receive, in order, sealed', async () => {
    await post('one@example.com', false);
    await post('two@example.com', false);
    assert.deepEqual(await claim(), []);
    assert.deepEqual(
      (await mails()).map(({ to }) => to),
      ['two@example.com', 'one@example.com'],
    );
    const rows = await tenant.db.read.selectFrom('mails').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(rows), /123456/, 'a copied database shows no code');
  });

  it('writes nothing when the change behind the message is rolled back', async () => {
    const { clock, db, organization } = tenant;
    const lost = db.transaction(async (tx) => {
      await outboxes.delivering(tx, organization.id, verificationCodeMail('a@b', 'E', '1'), clock.now());
      throw new Error('rolled back');
    });
    await assert.rejects(lost, /rolled back/);
    assert.deepEqual(await mails(), []);
  });

  it('is trimmed to the limits in the settings, and never loses a message that is still to be sent', async () => {
    const settings = mergeSettings(tenant.instance.settings, { retention: { mails: 2 } });
    await tenant.run((work) => updateInstanceSettings(work, tenant.instance, settings));
    await post('pending@example.com');
    tenant.clock.advance(SECOND_MS); // The ids of the other outbox begin at a higher number.
    for (const name of ['a', 'b', 'c']) await post(`${name}@example.com`, false);
    await maintain(tenant.db, tenant.clock);
    assert.deepEqual(
      (await mails()).map(({ to }) => to),
      ['c@example.com', 'b@example.com', 'pending@example.com'],
    );
  });
});

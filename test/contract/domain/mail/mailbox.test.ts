import assert from 'node:assert/strict';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../../../src/foundation/storage/tables.ts';
import { deleteMail } from '../../../../src/domain/mail/commands.ts';
import { listMailHeads, type MailFilter } from '../../../../src/domain/mail/list-store.ts';
import { createOutbox, type PostMail } from '../../../../src/domain/mail/outbox.ts';
import { findMail } from '../../../../src/domain/mail/store.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import type { PageRequest } from '../../../../src/foundation/storage/paging.ts';
import type { MailId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { inConformance } from '../../../support/basics/depth.ts';

const sealer = createSealer(Buffer.alloc(32, 3));
const KINDS = ['invitation', 'password-reset', 'verification-code'] as const;

describeOnEachDatabase('the mailbox', (open) => {
  let tenant: Tenant;
  let postMail: PostMail;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    postMail = createOutbox({ clock: tenant.clock, ids: tenant.ids, sealer, delivers: false });
  });

  const post = (to: string, subject: string, index = 0) => {
    const mail = {
      kind: KINDS[index % 3] ?? 'invitation',
      to,
      subject,
      text: 'secret',
      html: '<p>secret</p>',
    };
    const { db, clock, organization } = tenant;
    return db.transaction((tx) => postMail(tx, organization.id, mail, clock.now()));
  };
  const heads = (filter: MailFilter, page: PageRequest = { limit: 50 }) =>
    listMailHeads(tenant.db.read, tenant.organization.id, filter, page);
  const found = async (filter: MailFilter) => (await heads(filter)).items.map(({ to }) => to);

  it('finds words in address and subject, without regard to case, and nothing by what `like` gives a meaning to', async () => {
    await post('Ana@Example.com', 'Einladung zu ÄPFEL & Söhne');
    await post('100%@example.com', 'Reset_Password');
    await post('bo@example.com', 'x'.repeat(5000));
    assert.deepEqual(await found({ search: 'äpfel ana@' }), ['Ana@Example.com']);
    assert.deepEqual(await found({ search: '%' }), ['100%@example.com']);
    assert.deepEqual(await found({ search: '_' }), ['100%@example.com']);
    assert.deepEqual(await found({ search: 'ana xxx' }), []);
    assert.deepEqual(await found({ search: 'secret' }), [], 'texts aren’t searched');
    assert.deepEqual(await found({ search: 'bo@ xxxxxxxxxx' }), ['bo@example.com']);
    assert.deepEqual(await found({ to: 'Ana@Example.com' }), ['Ana@Example.com']);
    assert.deepEqual(await found({ to: 'ana@example.com' }), []);
  });

  it('has heads without bodies, in pages, by kind and status', async () => {
    for (let n = 0; n < 7; n++) await post(`p${n}@example.com`, 'A subject', n);
    const first = await heads({ kind: 'invitation', status: 'kept' }, { limit: 2 });
    assert.deepEqual(
      first.items.map(({ to }) => to),
      ['p6@example.com', 'p3@example.com'],
    );
    assert.doesNotMatch(JSON.stringify(first.items), /text|html|secret/);
    const page = { limit: 2, cursor: first.cursor ?? '' };
    const { items, cursor } = await listMailHeads(
      tenant.db.read,
      tenant.organization.id,
      { kind: 'invitation' },
      page,
    );
    assert.deepEqual([items.map(({ to }) => to), cursor], [['p0@example.com'], null]);
    assert.deepEqual(await found({ status: 'failed' }), []);
    await assert.rejects(heads({}, { ...page, cursor: 'x' }), /cursor/);
  });

  it('loses one message, and none of another organization (attack)', async () => {
    const other = await makeTenant(open());
    const [mine, kept] = [await post('ana@example.com', 'One'), await post('bo@example.com', 'Two')];
    const stolen = other.run((work) => deleteMail(work, other.organization, mine));
    await assert.rejects(stolen, /message/);
    await tenant.run((work) => deleteMail(work, tenant.organization, mine));
    assert.deepEqual(await found({}), ['bo@example.com']);
    const again = tenant.run((work) => deleteMail(work, tenant.organization, mine));
    await assert.rejects(again, /message/);
    const read = (id: MailId) => findMail(tenant.db.read, sealer, tenant.organization.id, id);
    assert.deepEqual([(await read(mine))?.id, (await read(kept))?.text], [undefined, 'secret']);
  });

  it(inConformance('is searched in less than 100 ms when it has 50,000 messages'), async function () {
    this.timeout(180_000);
    const { db, organization, clock } = tenant;
    const text = 'x'.repeat(900);
    for (let done = 0; done < 50_000; done += 1000) {
      await db.transaction(async (tx) => {
        for (let n = done; n < done + 1000; n++) {
          const mail = { kind: 'invitation', to: `user-${n}@example.com`, subject: 'Invitation' } as const;
          await postMail(tx, organization.id, { ...mail, text, html: text }, clock.now());
        }
      });
    }
    // As PostgreSQL does by itself after so many inserts: until then a search reads the rows too.
    if (db.dialect === 'postgres') await sql`vacuum analyze mails`.execute(db.read as Kysely<Tables>); // the type that createDatabase was given
    for (const filter of [
      {},
      { search: 'user-7@' },
      { search: 'nobody here' },
      { to: 'user-7@example.com' },
    ]) {
      const began = performance.now();
      await heads(filter);
      const tookMs = performance.now() - began;
      assert.ok(tookMs < 100, `${JSON.stringify(filter)}: ${tookMs.toFixed(0)} ms`);
    }
  });
});

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { listEvents } from '../../../src/domain/audit/event-list-store.ts';
import { createOutbox } from '../../../src/domain/mail/outbox.ts';
import { listMails } from '../../../src/domain/mail/list-store.ts';
import type { SettingsInput } from '../../../src/domain/organizations/settings.ts';
import { takeExchangesInBatches } from '../../../src/administration/operations/exchanges.ts';
import { insertExchange, listExchanges } from '../../../src/flows/idp/exchanges/store.ts';
import { insertPendingRequest } from '../../../src/flows/idp/requests/pending-request-store.ts';
import { createSealer } from '../../../src/foundation/platform/crypto.ts';
import type { ApplicationId } from '../../../src/foundation/platform/ids.ts';
import { insertRows } from '../../../src/foundation/storage/insert-rows.ts';
import { MAX_PAGE_BYTES, type Page, type PageRequest } from '../../../src/foundation/storage/paging.ts';
import { maintain } from '../../../src/server/maintenance.ts';
import { addApplication } from '../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../support/databases/tenant.ts';

const SEALER = createSealer(Buffer.alloc(32, 7));
const TABLES = ['events', 'exchanges', 'authn_requests', 'mails'] as const;
const KIB = 1024;

describeOnEachDatabase('the octets that are kept and listed', (open) => {
  let tenant: Tenant;
  let wiki: ApplicationId;
  const setUp = async (retention: NonNullable<SettingsInput>['retention'] = {}) => {
    tenant = await makeTenant(open(), { settings: { retention } });
    wiki = (await addApplication(tenant, 'wiki')).id;
  };

  /**
   * Adds `count` rows of the tenant to each table, or another number of events, which are added faster. Each has a text
   * of `characters`, which have two octets.
   */
  const fill = async (count: number, characters: number, eventCount = count) => {
    const { db, clock, ids, organization, instance } = tenant;
    const at = clock.now();
    const text = 'é'.repeat(characters);
    const of = { instanceId: instance.id, applicationId: wiki };
    const post = createOutbox({ clock, ids, sealer: SEALER, delivers: false });
    await db.transaction(async (tx) => {
      const events = Array.from({ length: eventCount }, (_, index) => ({
        ...{ id: `${instance.id} ${index}`, organization_id: organization.id, sequence: at * 2000 + index },
        ...{
          event_at: at,
          event_name: 'Federate',
          username: null,
          read_only: 0 as const,
          failed: 0 as const,
        },
        record: JSON.stringify({ eventID: `${index}`, text }),
      }));
      await insertRows(tx, 'events', events);
      for (let index = 0; index < count; index += 1) {
        const mail = { kind: 'password-reset', to: 'a@b.c', subject: '', text, html: '' } as const;
        await post(tx, organization.id, mail, at);
        await insertExchange(tx, SEALER, {
          ...{ id: ids.uuid(), ...of, sequence: index, user: null, initiatedBy: 'service-provider', at },
          ...{
            requestXml: text,
            responseXml: '<x/>',
            acsUrl: '',
            relayState: null,
            status: '',
            findings: [],
          },
        });
        await insertPendingRequest(tx, SEALER, {
          ...{ token: ids.token(), ...of, xml: text, relayState: 'r', receivedAt: at },
          request: { requestId: '_1', acsUrl: '', forceAuthn: false, isPassive: false },
          expiresAt: at + 1000 + index,
        });
      }
    });
  };
  const total = async (table: (typeof TABLES)[number]) => {
    const whose =
      table === 'events' || table === 'mails'
        ? sql`organization_id = ${tenant.organization.id}`
        : sql`instance_id = ${tenant.instance.id}`;
    const query = sql<{ count: number; bytes: number }>`
      select count(*) as count, sum(bytes) as bytes from ${sql.table(table)} where ${whose}`;
    const { rows } = await tenant.db.transaction((tx) => query.execute(tx));
    return { count: Number(rows[0]?.count), bytes: Number(rows[0]?.bytes) };
  };

  it('are limited by the settings, from the oldest on, in every table that strangers fill', async function () {
    this.timeout(30_000);
    const [eventBytes, others] = [100 * KIB, 200 * KIB];
    const perApplication = { exchangeBytesPerApplication: others, requestBytesPerApplication: others };
    await setUp({ eventBytes, ...perApplication, mailBytes: others });
    await fill(120, KIB, 600);
    for (const table of TABLES) assert.ok((await total(table)).bytes > 120 * 2 * KIB, table);
    assert.ok((await maintain(tenant.db, tenant.clock)) > 550, 'more than one batch of events, and others');
    for (const table of TABLES) {
      const { bytes, count } = await total(table);
      const limit = table === 'events' ? eventBytes : others;
      assert.ok(bytes <= limit && bytes > limit - 4 * KIB, `${table}: ${bytes} octets in ${count} rows`);
    }
    const newest = await tenant.db.read
      .selectFrom('exchanges')
      .select((eb) => [eb.fn.max('sequence').as('newest'), eb.fn.min('sequence').as('oldest')])
      .where('application_id', '=', wiki)
      .executeTakeFirstOrThrow();
    assert.equal(newest.newest, 119);
    assert.equal(newest.newest - newest.oldest + 1, (await total('exchanges')).count);
    assert.equal(await maintain(tenant.db, tenant.clock), 0, 'and nothing more the second time');
  });

  it('are at most a mebibyte in a page, which continues after the last row shown', async function () {
    this.timeout(30_000);
    await setUp();
    await fill(40, 30 * KIB);
    const { db, organization, instance } = tenant;
    const lists: Record<string, (page: PageRequest) => Promise<Page<unknown>>> = {
      events: (page) => listEvents(db.read, organization.id, { eventName: 'Federate' }, page),
      mails: (page) => listMails(db.read, SEALER, organization.id, { kind: 'password-reset' }, page),
      exchanges: (page) => listExchanges(db.read, SEALER, instance.id, wiki, page),
    };
    for (const [name, list] of Object.entries(lists)) {
      const all: unknown[] = [];
      let pages = 0;
      for (let cursor: string | null | undefined; cursor !== null; pages += 1) {
        const page: Page<unknown> = await list({ limit: 1000, ...(cursor !== undefined && { cursor }) });
        const size = Buffer.byteLength(JSON.stringify(page.items));
        assert.ok(size <= MAX_PAGE_BYTES + 4 * KIB && page.items.length > 0, `${name}: ${size}`);
        all.push(...page.items.map((item) => JSON.stringify(item)));
        ({ cursor } = page);
      }
      assert.equal(all.length, 40, name);
      assert.equal(new Set(all).size, 40, name);
      assert.ok(pages >= 3, `${name}: ${pages} pages`);
    }
    const few = await listEvents(db.read, organization.id, {}, { limit: 2 });
    assert.equal(few.items.length, 2);
    const scope = { instanceId: instance.id, applicationId: wiki };
    const taken = await takeExchangesInBatches(SEALER, (body) => tenant.run(body), scope, 30);
    assert.deepEqual([taken.length, taken[0]?.sequence, taken.at(-1)?.sequence], [30, 0, 29]);
  });

  it('are those of one row at least, however large it is', async () => {
    await setUp();
    await fill(2, MAX_PAGE_BYTES);
    const page = await listMails(tenant.db.read, SEALER, tenant.organization.id, {}, { limit: 10 });
    assert.equal(page.items.length, 1);
    assert.notEqual(page.cursor, null);
  });
});

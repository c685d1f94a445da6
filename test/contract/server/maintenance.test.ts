import assert from 'node:assert/strict';
import { maintain } from '../../../src/server/maintenance.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/foundation/platform/clock.ts';
import { newSignInId } from '../../../src/foundation/platform/ids.ts';
import { addApplication } from '../../support/applications/applications.ts';
import { insertRows } from '../../../src/foundation/storage/insert-rows.ts';
import type { Database } from '../../../src/foundation/storage/database.ts';
import { describeOnEachDatabase } from '../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../support/databases/tenant.ts';

describeOnEachDatabase('maintenance', (open) => {
  let tenant: Tenant;
  beforeEach(async () => (tenant = await makeTenant(open())));

  const count = async (
    table: 'sign_ins' | 'throttles' | 'authn_requests' | 'seen_requests' | 'exchanges' | 'sample_sessions',
  ) => {
    const rows = await tenant.db.read
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('instance_id', '=', tenant.instance.id)
      .executeTakeFirstOrThrow();
    return rows.count;
  };

  it('removes what has expired and keeps the rest', async () => {
    const { db, ids, instance, clock } = tenant;
    const application = await addApplication(tenant, 'wiki');
    const at = clock.now();
    const mine = { instance_id: instance.id, application_id: application.id };
    await db.transaction(async (tx) => {
      for (const expires of [at - 2 * HOUR_MS, at + MINUTE_MS]) {
        await tx
          .insertInto('sign_ins')
          .values({
            id: newSignInId(ids),
            instance_id: instance.id,
            browser_id: 'b' as never, // any browser's
            user_id: null,
            user_name: null,
            verified: '[]',
            progress: '{}',
            failures: 0,
            continuation: '{}',
            version: 0,
            created_at: at,
            expires_at: expires,
          })
          .execute();
        const session = {
          handle_hash: ids.uuid(),
          instance_id: instance.id,
          sample: 'notes',
          profile: '{}',
          expires_at: expires,
        };
        await tx.insertInto('sample_sessions').values(session).execute();
        const id = ids.uuid();
        const request = {
          ...mine,
          id,
          request: '{}',
          request_xml: '',
          relay_state: null,
          received_at: at,
          expires_at: expires,
        };
        await tx.insertInto('authn_requests').values(request).execute();
      }
      for (const age of [17 * MINUTE_MS, 0]) {
        await tx
          .insertInto('seen_requests')
          .values({ ...mine, request_id: ids.uuid(), seen_at: at - age })
          .execute();
        const counter = {
          instance_id: instance.id,
          throttle_key: ids.uuid(),
          attempts: 1,
          window_started_at: at - age,
        };
        await tx.insertInto('throttles').values(counter).execute();
      }
    });
    await maintain(db, clock);
    for (const table of [
      'sign_ins',
      'throttles',
      'authn_requests',
      'seen_requests',
      'sample_sessions',
    ] as const) {
      assert.equal(await count(table), 1, table);
    }
  });

  it('keeps the newest thousand exchanges of an application', async function () {
    this.timeout(20_000);
    const { db, ids, instance, clock } = tenant;
    const application = await addApplication(tenant, 'wiki');
    const exchange = (created_at: number) => ({
      id: ids.uuid(),
      instance_id: instance.id,
      application_id: application.id,
      user_id: null,
      user_name: null,
      initiated_by: 'identity-provider' as const,
      messages: new Uint8Array(),
      acs_url: '',
      findings: '[]',
      status: '',
      sequence: created_at,
      created_at,
    });
    await db.transaction(async (tx) => {
      for (let batch = 0; batch < 21; batch += 1) {
        const rows = Array.from({ length: 100 }, (_, index) => exchange(batch * 100 + index));
        await tx.insertInto('exchanges').values(rows).execute();
      }
    });
    await maintain(db, clock);
    assert.equal(await count('exchanges'), 1000);
    const oldest = await db.read
      .selectFrom('exchanges')
      .select('created_at')
      .where('application_id', '=', application.id)
      .orderBy('created_at')
      .executeTakeFirstOrThrow();
    assert.equal(oldest.created_at, 1100);
  });

  it('keeps the newest rows of every growing table, as many as the settings of the instance say', async function () {
    this.timeout(60_000);
    const { db, clock } = tenant;
    const retention = { events: 700, exchangesPerApplication: 600, requestsPerApplication: 800 };
    tenant = await makeTenant(db, { settings: { retention }, clock });
    const { ids, instance } = tenant;
    const application = await addApplication(tenant, 'wiki');
    const at = clock.now();
    const mine = { instance_id: instance.id, application_id: application.id };
    const many = <Row>(row: (index: number) => Row) => Array.from({ length: 2100 }, (_, index) => row(index));
    const oldest = <Name extends 'events' | 'exchanges' | 'seen_requests' | 'authn_requests'>(table: Name) =>
      db.read.selectFrom(table);
    await db.transaction(async (tx) => {
      const { organization } = instance;
      await insertRows(
        tx,
        'events',
        many((index) => ({
          ...{ id: ids.uuid(), organization_id: organization.id, sequence: at * 1000 + index, event_at: at },
          ...{
            event_name: 'Federate',
            username: null,
            read_only: 0 as const,
            failed: 0 as const,
            record: '{}',
          },
        })),
      );
      const exchanges = many((index) => ({
        ...{
          ...mine,
          id: ids.uuid(),
          user_id: null,
          user_name: null,
          initiated_by: 'identity-provider' as const,
        },
        ...{
          messages: new Uint8Array(),
          acs_url: '',
          findings: '[]',
          status: '',
          sequence: index,
          created_at: index,
        },
      }));
      await tx.insertInto('exchanges').values(exchanges).execute();
      await insertRows(
        tx,
        'seen_requests',
        many((index) => ({ ...mine, request_id: ids.uuid(), seen_at: at - index })),
      );
      await insertRows(
        tx,
        'authn_requests',
        many((index) => ({
          ...{ ...mine, id: ids.uuid(), request: '{}', request_xml: '', relay_state: null, received_at: at },
          expires_at: at + MINUTE_MS + index,
        })),
      );
    });
    // The events of the tenant's creation are older than the inserted ones.
    assert.ok((await maintain(db, clock)) >= 4 * 2100 - 700 - 600 - 800 - 800);
    assert.equal(await count('exchanges'), 600);
    assert.equal(await count('seen_requests'), 800);
    assert.equal(await count('authn_requests'), 800);
    const events = await oldest('events')
      .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('sequence').as('oldest')])
      .where('organization_id', '=', instance.organization.id)
      .executeTakeFirstOrThrow();
    assert.equal(Number(events.count), 700);
    assert.equal(events.oldest, at * 1000 + 1400);
    const seen = await oldest('seen_requests')
      .select((eb) => eb.fn.min('seen_at').as('oldest'))
      .where('instance_id', '=', instance.id)
      .executeTakeFirstOrThrow();
    assert.equal(seen.oldest, at - 799);
    assert.equal(await maintain(db, clock), 0, 'and nothing more the second time');
  });

  it('lets other writers in between two batches, and stops there on request', async function () {
    this.timeout(60_000);
    const { db, ids, instance, clock } = tenant;
    const at = clock.now();
    await db.transaction((tx) =>
      insertRows(
        tx,
        'throttles',
        Array.from({ length: 2600 }, () => ({
          ...{ instance_id: instance.id, throttle_key: ids.uuid(), attempts: 1 },
          window_started_at: at - HOUR_MS,
        })),
      ),
    );
    const stopping = new AbortController();
    const seen: number[] = [];
    const watched: Database = {
      ...db,
      async transaction(body) {
        const result = await db.transaction(body);
        const left = await count('throttles');
        if (left < (seen.at(-1) ?? 2600)) seen.push(left);
        if (seen.length === 2) stopping.abort();
        return result;
      },
    };
    await maintain(watched, clock, stopping.signal);
    assert.equal(seen.length, 2, 'another one saw what was left after each batch');
    assert.ok(
      seen.every((left) => left > 0 && left < 2600),
      seen.join(', '),
    );
    assert.equal(await count('throttles'), seen.at(-1), 'and the rest waits for the next round');
    await maintain(db, clock);
    assert.equal(await count('throttles'), 0);
  });
});

import assert from 'node:assert/strict';
import { maintain } from '../../src/maintenance.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts';
import { newSignInId } from '../../src/platform/ids.ts';
import { addApplication } from '../support/applications.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { makeWorld, type World } from '../support/world.ts';

describeOnEachDatabase('maintenance', (open) => {
  let world: World;
  beforeEach(async () => (world = await makeWorld(open())));

  const count = async (
    table: 'sign_ins' | 'throttles' | 'authn_requests' | 'seen_requests' | 'exchanges' | 'sample_sessions',
  ) => {
    const rows = await world.db.read
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('instance_id', '=', world.instance.id)
      .executeTakeFirstOrThrow();
    return rows.count;
  };

  it('takes away what is over and keeps what is not', async () => {
    const { db, ids, instance, clock } = world;
    const application = await addApplication(world, 'wiki');
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
      for (const age of [16 * MINUTE_MS, 0]) {
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

  it('keeps the newest thousand exchanges of an application, however many came', async function () {
    this.timeout(20_000);
    const { db, ids, instance, clock } = world;
    const application = await addApplication(world, 'wiki');
    const exchange = (created_at: number) => ({
      id: ids.uuid(),
      instance_id: instance.id,
      application_id: application.id,
      user_id: null,
      user_name: null,
      initiated_by: 'identity-provider' as const,
      request_xml: null,
      response_xml: '',
      acs_url: '',
      relay_state: null,
      status: '',
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
});

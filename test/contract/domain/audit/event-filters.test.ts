import assert from 'node:assert/strict';
import {
  findEvent,
  listEvents,
  LOOKED_THROUGH,
  type EventFilter,
} from '../../../../src/domain/audit/event-list-store.ts';
import { insertEvents, toRow } from '../../../../src/domain/audit/store.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { readAllPages } from '../../../../src/foundation/storage/paging.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { inConformance } from '../../../support/basics/depth.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

interface Given {
  readonly name?: string;
  readonly userName?: string;
  readonly at?: number;
  readonly fails?: 'as a command' | 'as a sign-in';
}

describeOnEachDatabase('events found by filters', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  /** Stores events in this order, each with its position as its id. */
  const insert = (given: readonly Given[]) =>
    tenant.db.transaction((tx) =>
      insertEvents(
        tx,
        given.map(({ name = 'Federate', userName = '', at = START_AT, fails }, index) =>
          toRow(tenant.organization.id, at, START_AT * 2000 + index, {
            ...({} as Parameters<typeof toRow>[3]), // what is missing isn't searched
            ...{ eventID: `${tenant.organization.id} ${index}`, eventName: name, userIdentity: { userName } },
            ...(fails === 'as a command' && { errorCode: 'ConflictException' }),
            ...(fails === 'as a sign-in' && { serviceEventDetails: { [name]: 'Failure' } }),
          }),
        ),
      ),
    );
  const list = (filter: EventFilter, limit = 100, cursor?: string) =>
    listEvents(tenant.db.read, tenant.organization.id, filter, { limit, cursor });
  const positions = (items: readonly { eventID: string }[]) =>
    items.map(({ eventID }) => Number(eventID.split(' ')[1]));

  it('are those that every filter lets pass, the newest first', async () => {
    await insert([
      { name: 'CreateUser', userName: 'Ana_S@example.com' },
      { name: 'UpdateUser', userName: 'Ana_S@example.com', at: START_AT + HOUR_MS, fails: 'as a command' },
      { name: 'CredentialVerification', userName: 'bob@example.com', fails: 'as a sign-in' },
      { name: 'CreateGroup', userName: 'ÉMILE%!', at: START_AT - HOUR_MS },
    ]);
    const cases: [EventFilter, number[]][] = [
      [{ eventName: 'CreateUser' }, [0]],
      [{ eventName: 'createuser' }, []],
      [{ username: 'Ana_S@example.com' }, [1, 0]],
      [{ usernames: ['Ana_S@example.com', 'bob@example.com'] }, [2, 1, 0]],
      [{ search: 'ana_s' }, [1, 0]],
      [{ search: 'anaxs' }, []],
      [{ search: 'user' }, [1, 0]],
      [{ search: 'É' }, [3]],
      [{ search: '%!' }, [3]],
      [{ failed: true }, [2, 1]],
      [{ failed: false, search: 'create' }, [3, 0]],
      [{ startAt: START_AT, failed: true }, [2, 1]],
      [{ startAt: START_AT + 1 }, [1]],
      [{ endAt: START_AT }, [3]],
      [{ startAt: START_AT, endAt: START_AT + 1, search: 'example.com' }, [2, 0]],
    ];
    for (const [filter, expected] of cases) {
      const { items, cursor } = await list(filter);
      const mine = items.filter(({ eventID }) => eventID.startsWith(tenant.organization.id));
      assert.deepEqual(positions(mine), expected, JSON.stringify(filter));
      assert.equal(cursor, null);
    }
  });

  it('come in pages, each once', async () => {
    await insert(Array.from({ length: 7 }, (_, index) => (index % 2 === 0 ? { userName: 'ana' } : {})));
    const first = await list({ username: 'ana' }, 3);
    assert.deepEqual(positions(first.items), [6, 4, 2]);
    const second = await list({ username: 'ana' }, 3, first.cursor ?? undefined);
    assert.deepEqual([positions(second.items), second.cursor], [[0], null]);
  });

  it('are found one by one in their organization alone', async () => {
    const other = await makeTenant(open());
    await insert([{ name: 'CreateUser' }]);
    const id = `${tenant.organization.id} 0`;
    assert.equal((await findEvent(tenant.db.read, tenant.organization.id, id))?.eventName, 'CreateUser');
    assert.equal(await findEvent(tenant.db.read, other.organization.id, id), undefined);
  });

  it(inConformance('are looked for in a part of a long history at a time'), async () => {
    await insert(
      Array.from({ length: LOOKED_THROUGH + 10 }, (_, index) => (index < 5 ? { userName: 'ana' } : {})),
    );
    const first = await list({ username: 'ana' });
    assert.deepEqual(first.items, []);
    assert.notEqual(first.cursor, null, 'others may follow');
    const second = await list({ username: 'ana' }, 100, first.cursor ?? undefined);
    assert.deepEqual([positions(second.items), second.cursor], [[4, 3, 2, 1, 0], null]);
    const all = await readAllPages((page) => list({ username: 'ana' }, page.limit, page.cursor));
    assert.equal(all.length, 5);
  }).timeout(60_000);
});

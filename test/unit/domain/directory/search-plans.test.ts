import assert from 'node:assert/strict';
import { listMembers } from '../../../../src/domain/directory/membership-store.ts';
import { listUsers, type UserFilter } from '../../../../src/domain/directory/user-list-store.ts';
import type { GroupId, InstanceId } from '../../../../src/foundation/platform/ids.ts';
import type { Database } from '../../../../src/foundation/storage/database.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { planOf } from '../../../support/databases/queries.ts';

const instanceId = 'ssoins-1' as InstanceId;
const groupId = 'g-1' as GroupId;
const cursor = Buffer.from('["b"]').toString('base64url');

describe('SQLite’s plans for lists and searches of users', () => {
  let db: Database;
  before(async () => {
    db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
  });
  after(() => db.close());

  const filters: (UserFilter & { order?: 'descending' })[] = [
    {},
    { search: 'ana souza' },
    { enabled: false },
    { search: 'ana', enabled: true, order: 'descending' },
  ];
  for (const filter of filters) {
    it(`read an index alone, in its order, for ${JSON.stringify(filter)}`, async () => {
      const page = { limit: 50, cursor };
      const [first, ...others] = await planOf(db, (queries) => listUsers(queries, instanceId, filter, page));
      assert.match(first ?? '', /SEARCH users USING COVERING INDEX .*instance_id=\? AND user_name_key[<>]\?/);
      assert.deepEqual(others, []);
    });
  }

  it('search the members of a group by the index of searches, not member by member', async () => {
    const page = { limit: 50, search: 'ana souza' };
    const plan = await planOf(db, (queries) => listMembers(queries, instanceId, groupId, page));
    assert.match(plan.join('\n'), /SEARCH memberships .*group_id=\? AND user_id=\?/);
    assert.match(plan.join('\n'), /SEARCH found USING INDEX users_search/);
  });
});

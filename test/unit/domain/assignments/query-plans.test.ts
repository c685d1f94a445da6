import assert from 'node:assert/strict';
import { consoleAccessOf } from '../../../../src/domain/access/store.ts';
import { listApplications } from '../../../../src/domain/applications/store.ts';
import {
  isAssigned,
  listAssignedApplications,
} from '../../../../src/domain/assignments/entitlement-store.ts';
import { listAssignments } from '../../../../src/domain/assignments/store.ts';
import { findApplicationForSigning, listCertificates } from '../../../../src/domain/certificates/store.ts';
import { findPresentGroups } from '../../../../src/domain/directory/group-store.ts';
import { findUsers } from '../../../../src/domain/directory/user-store.ts';
import type { ApplicationId, GroupId, InstanceId, UserId } from '../../../../src/foundation/platform/ids.ts';
import type { Database, Queries } from '../../../../src/foundation/storage/database.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { planOf, queriesOf } from '../../../support/databases/queries.ts';

const instanceId = 'ssoins-1' as InstanceId;
const userId = 'user' as UserId;
const applicationId = 'ins-1' as ApplicationId;
const cursor = (...key: string[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

describe('SQLite’s plans for each sign-on and each portal page', () => {
  let db: Database;
  before(async () => {
    db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
  });
  after(() => db.close());

  it('don’t depend on bound values, for which SQLite would prepare the statement again each time', async () => {
    const [assigned] = await queriesOf(db, (queries) =>
      isAssigned(queries, instanceId, userId, applicationId),
    );
    assert.match(assigned?.sql ?? '', /limit 1$/);
    const [signing] = await queriesOf(db, (queries) =>
      findApplicationForSigning(queries, instanceId, applicationId),
    );
    assert.match(signing?.sql ?? '', /"is_active" = 1/);
  });

  it('find whether a user may use an application by its few groups, not by the user’s many', async () => {
    const plan = await planOf(db, (queries) => isAssigned(queries, instanceId, userId, applicationId));
    const steps = plan.filter((line) => line.startsWith('SEARCH'));
    assert.match(steps[0] ?? '', /assignments .*\(target_id=\? AND principal_id=\?\)/);
    assert.match(steps[1] ?? '', /assignments .*\(target_id=\? AND principal_type=\?\)/);
    assert.match(steps[2] ?? '', /memberships USING COVERING INDEX .*\(user_id=\? AND group_id=\?\)/);
    assert.match(steps[3] ?? '', /assignments .*\(target_id=\? AND principal_(id|type)=\?/);
    assert.equal(steps.length, 4);
  });

  it('find the applications of a user by the user’s groups, not by all assignments of the instance', async () => {
    const plan = await planOf(db, (queries) => listAssignedApplications(queries, instanceId, userId));
    const steps = plan.filter((line) => line.startsWith('SEARCH'));
    assert.match(steps[0] ?? '', /applications .*\(id=\?\)/);
    assert.match(steps[1] ?? '', /assignments .*\(principal_id=\? AND target_type=\?\)/);
    assert.match(steps[2] ?? '', /memberships USING COVERING INDEX .*\(user_id=\?\)/);
    assert.match(steps[3] ?? '', /assignments .*\(principal_id=\? AND target_type=\?\)/);
    assert.match(steps[4] ?? '', /assignments .*\(principal_id=\? AND target_type=\?\)/);
    assert.equal(steps.length, 5);
  });

  const asked: [what: string, ask: (queries: Queries) => Promise<unknown>][] = [
    [
      'an application with its certificate',
      (queries) => findApplicationForSigning(queries, instanceId, applicationId),
    ],
    ['an application’s certificates', (queries) => listCertificates(queries, instanceId, applicationId)],
    ['a user’s applications', (queries) => listAssignedApplications(queries, instanceId, userId)],
    [
      'a page of assignments',
      (queries) =>
        listAssignments(queries, instanceId, applicationId, { limit: 5, cursor: cursor('USER', 'x') }),
    ],
    [
      'a page of applications',
      (queries) => listApplications(queries, instanceId, {}, { limit: 5, cursor: cursor('x', 'y') }),
    ],
    [
      'applications of a name',
      (queries) => listApplications(queries, instanceId, { displayName: 'x' }, { limit: 5 }),
    ],
    ['a user’s access to the console', (queries) => consoleAccessOf(queries, instanceId, userId)],
    ['applications of a key', (queries) => listApplications(queries, instanceId, { key: 'x' }, { limit: 5 })],
  ];
  for (const [what, ask] of asked) {
    it(`read no table as a whole for ${what}`, async () => {
      const plan = await planOf(db, ask);
      assert.doesNotMatch(
        plan.join('\n'),
        /SCAN (applications|assignments|certificates|console_access|memberships|users)/,
      );
    });
  }

  it('read pages of assignments and applications in the order of an index', async () => {
    for (const [what, ask] of asked.filter(([name]) => name.startsWith('a page'))) {
      assert.doesNotMatch((await planOf(db, ask)).join('\n'), /TEMP B-TREE/, what);
    }
  });

  it('read many users and groups by id, and not the whole instance', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `id-${index}`);
    const plan = [
      ...(await planOf(db, (queries) => findUsers(queries, instanceId, ids as UserId[]))),
      ...(await planOf(db, (queries) => findPresentGroups(queries, instanceId, ids as GroupId[]))),
    ];
    assert.deepEqual(
      plan.map((line) => /(SEARCH|SCAN) (\w+) .*\((.*)\)/.exec(line)?.slice(1)),
      [
        ['SEARCH', 'users', 'id=?'],
        ['SEARCH', 'groups', 'id=?'],
      ],
    );
  });
});

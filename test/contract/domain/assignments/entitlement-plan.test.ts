import assert from 'node:assert/strict';
import { sql, type Kysely } from 'kysely';
import type { Application } from '../../../../src/domain/applications/application.ts';
import { listAssignedApplications } from '../../../../src/domain/assignments/entitlement-store.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import type { ApplicationId, GroupId, UserId } from '../../../../src/foundation/platform/ids.ts';
import { insertRows } from '../../../../src/foundation/storage/insert-rows.ts';
import type { Tables } from '../../../../src/foundation/storage/tables.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { addUser } from '../../../support/people/people.ts';
import { planOf } from '../../../support/databases/queries.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

const GROUPS = 3000;
const OF_USER = 1000;

describeOnEachDatabase('the portal page of a user in many groups', (open) => {
  it('looks up the user’s groups among the assignments, and reads only the assigned applications', async () => {
    const tenant = await makeTenant(open());
    const { db, instance, ids } = tenant;
    const user = await addUser(tenant, 'ana');
    const others: User[] = [];
    for (let index = 0; index < 5; index++) others.push(await addUser(tenant, `other-${index}`));
    const applications: Application[] = [];
    for (let index = 0; index < 60; index++) applications.push(await addApplication(tenant, `app-${index}`));
    const at = tenant.clock.now();
    const groups = Array.from({ length: GROUPS }, (_, index) => ({
      ...{ id: ids.uuid() as GroupId, instance_id: instance.id, description: '', version: 1 },
      ...{ display_name: `Group ${index}`, display_name_key: `group ${index}` },
      ...{ created_at: at, updated_at: at },
    }));
    // Of the user's groups only the first is assigned.
    const assigned = groups.filter((_, index) => index === 0 || index >= OF_USER);
    await db.transaction(async (tx) => {
      await insertRows(tx, 'groups', groups);
      const members = [
        ...groups.slice(0, OF_USER).map(({ id }) => ({ id, userId: user.id })),
        ...others.flatMap((other) => groups.map(({ id }) => ({ id, userId: other.id }))),
      ];
      await insertRows(
        tx,
        'memberships',
        members.map(({ id, userId }) => ({
          ...{ instance_id: instance.id, group_id: id, user_id: userId, created_at: at },
        })),
      );
      await insertRows(
        tx,
        'assignments',
        assigned.map((group, index) => ({
          ...{ instance_id: instance.id, created_at: at, target_type: 'APPLICATION' as const },
          ...{ principal_type: 'GROUP' as const, principal_id: group.id, principal_name: group.display_name },
          // The list of applications isn't empty.
          target_id: applications[index % applications.length]?.id as ApplicationId,
        })),
      );
    });
    // PostgreSQL does this in its own housekeeping; SQLite never collects statistics on its own.
    if (db.dialect === 'postgres') await sql`vacuum analyze`.execute(db.read as Kysely<Tables>); // the type that createDatabase was given

    const ask = (id: UserId) => listAssignedApplications(db.read, instance.id, id);
    assert.deepEqual(
      (await ask(user.id)).map(({ key }) => key),
      ['app-0'],
    );
    const plan = (
      await planOf(db, (queries) => listAssignedApplications(queries, instance.id, user.id))
    ).join('\n');
    assert.doesNotMatch(plan, /(SCAN|Seq Scan on) (assignments|memberships|applications)/, plan);
    assert.doesNotMatch(plan, /Hash Join/, plan);
    assert.match(
      plan,
      /(COVERING INDEX sqlite_autoindex_memberships|(Scan using|Scan on) memberships_key)/,
      plan,
    );
  });
});

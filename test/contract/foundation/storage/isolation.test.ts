import assert from 'node:assert/strict';
import { deleteConsoleAccess, putConsoleAccess } from '../../../../src/domain/access/commands.ts';
import { deleteApplication, updateApplication } from '../../../../src/domain/applications/commands.ts';
import { unassign } from '../../../../src/domain/assignments/commands.ts';
import { deleteDevice, renameDevice } from '../../../../src/domain/credentials/mfa/commands.ts';
import { dropRegistration } from '../../../../src/domain/credentials/mfa/registration-store.ts';
import { setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import {
  addMember,
  deleteGroup,
  removeMember,
  updateGroup,
} from '../../../../src/domain/directory/group-commands.ts';
import { deleteUser, setUserEnabled, updateUser } from '../../../../src/domain/directory/user-commands.ts';
import { deleteOrganization, resetOrganization } from '../../../../src/domain/organizations/commands.ts';
import { deleteSession } from '../../../../src/domain/sessions/session-commands.ts';
import { removeTrustedDevice } from '../../../../src/domain/sessions/trusted-device-commands.ts';
import { listTrustedDevices } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { endSession, endSessionsOfUser } from '../../../../src/domain/sessions/session-store.ts';
import { markCompleted } from '../../../../src/domain/sessions/sign-in-store.ts';
import type { Database } from '../../../../src/foundation/storage/database.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { fillTenant, type FilledTenant } from '../../../support/databases/filled-tenant.ts';
import { isOfTheServer, OF_THE_SERVER, TABLE_READS } from '../../../support/databases/table-reads.ts';
import {
  countCrossing,
  readForeignKeys,
  readTables,
  rowsWhere,
  type DescribedTable,
} from '../../../support/databases/schema.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

/** The column that names the owner of a row. */
function scopeOf(table: DescribedTable): 'id' | 'organization_id' | 'instance_id' | undefined {
  if (table.name === 'organizations') return 'id';
  const names = table.columns.map((column) => column.name);
  return (['organization_id', 'instance_id'] as const).find((scope) => names.includes(scope));
}

const scopeIdOf = (table: DescribedTable, { organization, instance }: Tenant) =>
  scopeOf(table) === 'instance_id' ? instance.id : organization.id;

/** Every row of an organization, by table. */
async function snapshot(db: Database, tenant: Tenant): Promise<Map<string, unknown[]>> {
  const tables = (await readTables(db)).filter(({ name }) => !isOfTheServer(name));
  return db.transaction(async (tx) => {
    const rows = new Map<string, unknown[]>();
    for (const table of tables) {
      const scope = scopeOf(table);
      assert.ok(scope, `nothing says whose a row of ${table.name} is`);
      rows.set(table.name, await rowsWhere(tx, table.name, scope, scopeIdOf(table, tenant)));
    }
    return rows;
  });
}

function isNothing(answer: unknown): boolean {
  if (answer === undefined || answer === false) return true;
  if (Array.isArray(answer)) return answer.length === 0;
  return typeof answer === 'object' && answer !== null && 'items' in answer && isNothing(answer.items);
}

describeOnEachDatabase('isolation of organizations', (open) => {
  let [mine, theirs]: [FilledTenant?, FilledTenant?] = [];
  const both = (): [FilledTenant, FilledTenant] => {
    assert.ok(mine && theirs);
    return [mine, theirs];
  };
  beforeEach(async () => {
    // Both organizations use the same names, so that only the scope can tell them apart.
    mine = await fillTenant(await makeTenant(open()));
    theirs = await fillTenant(await makeTenant(open()));
  });

  it('names the owner of every row, and deletes the row with its owner', async () => {
    const [tables, keys] = [await readTables(open()), await readForeignKeys(open())];
    assert.deepEqual(
      tables.map(({ name }) => name).sort(),
      [...Object.keys(TABLE_READS), ...OF_THE_SERVER].sort(),
      'a table that this test does not know: add it to TABLE_READS and to fillTenant',
    );
    for (const table of tables) {
      if (isOfTheServer(table.name) || table.name === 'organizations') continue;
      const scope = scopeOf(table);
      assert.ok(scope, `${table.name} has neither organization_id nor instance_id`);
      const column = table.columns.find(({ name }) => name === scope);
      assert.equal(column?.nullable, false, `${table.name}.${scope} may be null`);
      const owner = keys.find((key) => key.table === table.name && key.column === scope);
      const parent = scope === 'instance_id' ? 'instances' : 'organizations';
      assert.deepEqual([owner?.parent, owner?.onDelete], [parent, 'cascade'], `${table.name}.${scope}`);
    }
  });

  it('is tried with a row in every table', async () => {
    for (const { tenant } of both()) {
      for (const [table, rows] of await snapshot(open(), tenant)) {
        assert.ok(rows.length > 0, `fillTenant puts nothing into ${table}`);
      }
    }
  });

  for (const [table, reads] of Object.entries(TABLE_READS)) {
    for (const [name, read] of Object.entries(reads)) {
      it(`shows ${table} to their owner only: ${name}`, async () => {
        const [owner, stranger] = both();
        const queries = open().read;
        const own = await read(queries, owner, owner.tenant);
        assert.ok(!isNothing(own), 'the owner sees nothing: the test would prove nothing');
        const seen = await read(queries, owner, stranger.tenant);
        assert.ok(isNothing(seen), `a stranger sees ${JSON.stringify(seen)}`);
      });
    }
  }

  it('lets nobody change a row that belongs to another organization', async () => {
    const [owner, stranger] = both();
    const { user, group, application, session, signIn, deviceId, registrationOwner } = owner;
    const { tenant } = stranger;
    const { instance } = tenant;
    const before = await snapshot(open(), owner.tenant);
    const [trust] = await listTrustedDevices(open().read, owner.tenant.instance.id, user.id);
    assert.ok(trust);
    const principal = { type: 'USER', id: user.id, name: user.userName } as const;
    const password = { hash: 'other', declaredMac: null };
    const intrusions: Parameters<Tenant['run']>[0][] = [
      (work) => updateUser(work, instance, user.id, { givenName: 'X' }),
      (work) => setUserEnabled(work, instance, user.id, false),
      (work) => setPassword(work, instance, user.id, password),
      (work) => deleteUser(work, instance, user.id),
      (work) => updateGroup(work, instance, group.id, { description: 'X' }),
      (work) => addMember(work, instance, group.id, stranger.user.id),
      (work) => addMember(work, instance, stranger.group.id, user.id),
      (work) => removeMember(work, instance, group.id, user.id),
      (work) => deleteGroup(work, instance, group.id),
      (work) => updateApplication(work, instance, application.id, { displayName: 'X' }),
      (work) => unassign(work, instance, application, principal),
      (work) => deleteApplication(work, instance, application.id),
      (work) => putConsoleAccess(work, instance, { type: 'USER', id: user.id }, 'full'),
      (work) => putConsoleAccess(work, instance, { type: 'GROUP', id: group.id }, 'full'),
      (work) => deleteConsoleAccess(work, instance, { type: 'USER', id: user.id }),
      (work) => deleteConsoleAccess(work, instance, { type: 'GROUP', id: group.id }),
      (work) => renameDevice(work, instance, user.id, deviceId, { name: 'X' }),
      (work) => deleteDevice(work, instance, user.id, deviceId),
      (work) => deleteDevice(work, instance, stranger.user.id, deviceId),
      (work) => removeTrustedDevice(work, instance, stranger.user.id, trust.id),
      (work) => deleteSession(work, instance, stranger.user.id, session.id),
    ];
    for (const intrusion of intrusions) {
      await assert.rejects(
        tenant.run(intrusion),
        failsWith('ResourceNotFoundException'),
        intrusion.toString(),
      );
    }
    await open().transaction(async (tx) => {
      assert.equal(await endSession(tx, instance, session.id), false);
      assert.equal(await endSessionsOfUser(tx, instance.id, user.id), 0);
      const registrant = { instance, userId: user.id, owner: registrationOwner };
      assert.equal(await dropRegistration(tx, registrant), false);
      assert.equal(await markCompleted(tx, { ...signIn, instanceId: instance.id }, 1), false);
    });
    assert.deepEqual(await snapshot(open(), owner.tenant), before);
    // No row of either organization refers to a row of the other.
    const tables = await readTables(open());
    const scopes = new Map(tables.map((table) => [table.name, scopeOf(table)]));
    let compared = 0;
    for (const key of await readForeignKeys(open())) {
      const scope = scopes.get(key.table);
      if (scope !== 'instance_id' || scopes.get(key.parent) !== scope) continue;
      const crossing = await open().transaction((tx) => countCrossing(tx, key, scope));
      assert.equal(crossing, 0, `${key.table}.${key.column} crosses`);
      compared += 1;
    }
    assert.ok(compared >= 5, 'the schema has references between tables of an instance');
  });

  it('lets an organization be emptied of everything but itself, and nothing else', async () => {
    const [emptied, kept] = both();
    const before = await snapshot(open(), kept.tenant);
    await emptied.tenant.run((work) => resetOrganization(work, emptied.tenant.organization));
    for (const [table, rows] of await snapshot(open(), emptied.tenant)) {
      // The organization itself, its instance, and the event of this change remain.
      const left = ['organizations', 'instances', 'events'].includes(table) ? 1 : 0;
      assert.equal(rows.length, left, `${table} has ${rows.length} rows after a reset`);
    }
    assert.deepEqual(await snapshot(open(), kept.tenant), before);
  });

  it('lets an organization be deleted with everything in it, and nothing else', async () => {
    const [gone, kept] = both();
    const before = await snapshot(open(), kept.tenant);
    await gone.tenant.run((work) => deleteOrganization(work, gone.tenant.organization));
    for (const [table, rows] of await snapshot(open(), gone.tenant)) {
      assert.deepEqual(rows, [], `${table} keeps rows of an organization that is gone`);
    }
    assert.deepEqual(await snapshot(open(), kept.tenant), before);
  });
});

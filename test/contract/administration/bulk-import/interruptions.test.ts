import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Commands } from '../../../../src/domain/audit/commands.ts';
import { findUserByName } from '../../../../src/domain/directory/user-store.ts';
import { listUsers } from '../../../../src/domain/directory/user-list-store.ts';
import type { BulkImportContent } from '../../../../src/administration/bulk-import/bulk-import.ts';
import {
  startBulkImport,
  type BulkImportNeeds,
} from '../../../../src/administration/bulk-import/start-bulk-import.ts';
import {
  assertNoImportRuns,
  findBulkImport,
  listBulkImports,
} from '../../../../src/administration/bulk-import/store.ts';
import { deleteOrganization } from '../../../../src/domain/organizations/commands.ts';
import { SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { AppError } from '../../../../src/foundation/platform/errors.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addUser, person } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const HASH = `$scrypt$ln=4,r=8,p=1$${'A'.repeat(22)}$${'B'.repeat(43)}`;

/** `count` users, each in three of ten groups. */
function crowd(count: number): BulkImportContent {
  const groups = Array.from({ length: 10 }, (_, index) => ({ displayName: `Group ${index}` }));
  const users = Array.from({ length: count }, (_, index) => ({
    ...person(`user-${index}`),
    passwordHash: HASH,
    groups: [0, 1, 2].map((step) => `Group ${(index + step) % 10}`),
  }));
  return { groups, users };
}

/** The number of users in one transaction. */
const CHUNK = { sqlite: 50, postgres: 250 };

describeOnEachDatabase('bulk imports that are interrupted', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  const needs = (change: Partial<BulkImportNeeds> = {}): BulkImportNeeds => ({
    ...{ db: tenant.db, commands: tenant.commands, clock: tenant.clock, ids: tenant.ids },
    ...{ sealer: createSealer(Buffer.alloc(32, 7)), onFailure: () => undefined },
    ...change,
  });
  const load = async (content: BulkImportContent, change: Partial<BulkImportNeeds> = {}) => {
    const begun = await startBulkImport(needs(change), tenant.instance, tenant.context(), content);
    await begun.ended;
    return show(begun.import.id);
  };
  const show = async (id: Parameters<typeof findBulkImport>[3]) => {
    const found = await findBulkImport(tenant.db.read, tenant.clock, tenant.instance.id, id);
    assert.ok(found);
    return found;
  };
  /** Commands that fail from the transaction with this number on, as if the server had been killed. */
  const dyingAfter = (count: number): Commands => {
    let left = count;
    return {
      run: (context, history, body) =>
        left-- > 0
          ? tenant.commands.run(context, history, body)
          : Promise.reject(new Error('This server is gone.')),
    };
  };

  it('continue where they stopped when their server was killed', async () => {
    const { db, instance, clock } = tenant;
    const chunk = CHUNK[db.dialect];
    const total = 3 * chunk + 50;
    const content = crowd(total);
    // The start, the groups and two chunks of users are committed; then even the failure can't be recorded.
    const gone = needs({ commands: dyingAfter(4), db: { ...db, transaction: refuseAll } });
    const begun = await startBulkImport(gone, instance, tenant.context(), content);
    await begun.ended;
    assert.deepEqual(
      [(await show(begun.import.id)).status, (await show(begun.import.id)).done],
      ['running', 10 + 2 * chunk],
    );
    await assert.rejects(load(content), failsWith('ConflictException'));
    clock.advance(11 * SECOND_MS);
    assert.equal((await show(begun.import.id)).status, 'interrupted');
    await assertNoImportRuns(db.read, clock, instance.id);

    const again = await load(content);
    assert.deepEqual([again.status, again.done], ['done', 10 + total]);
    assert.equal((await show(begun.import.id)).status, 'interrupted');
    const page = await listUsers(db.read, instance.id, {}, { limit: 1000 });
    assert.equal(page.items.length, total);
  });

  const refuseAll: Tenant['db']['transaction'] = () => Promise.reject(new Error('The database is gone.'));

  it('fail with a mistake that only appeared while they ran, and keep what was committed', async () => {
    const { db, instance } = tenant;
    const chunk = CHUNK[db.dialect];
    const content = crowd(3 * chunk);
    const taken = `user-${2 * chunk + 20}@example.com`;
    const begun = await startBulkImport(
      needs({
        commands: {
          // Another user takes an address of a later chunk once the first chunk has been written.
          run: async (context, history, body) => {
            const result = await tenant.commands.run(context, history, body);
            if (!(await findUserByName(db.read, instance.id, 'thief@example.com'))) {
              await addUser(tenant, 'thief', { email: taken });
            }
            return result;
          },
        },
      }),
      instance,
      tenant.context(),
      content,
    );
    await begun.ended;
    const failed = await show(begun.import.id);
    assert.deepEqual([failed.status, failed.done], ['failed', 10 + 2 * chunk]);
    assert.deepEqual(failed.faults, [
      { field: '', message: `Another user has the email address ${taken} already.` },
    ]);
    const [latest] = await tenant.events(1);
    assert.deepEqual(
      [latest?.eventName, latest?.errorCode, latest?.requestParameters?.['userName']],
      ['CreateUser', 'ConflictException', taken],
    );
    assert.equal(await findUserByName(db.read, instance.id, `user-${2 * chunk + 10}@example.com`), undefined);
  });

  it('stop when another server has marked them as interrupted', async () => {
    const { db, instance, clock } = tenant;
    const taken = needs({
      commands: {
        run: async (context, history, body) => {
          clock.advance(11 * SECOND_MS);
          if ((await listBulkImports(db.read, clock, instance.id, { limit: 10 })).items.length === 1) {
            await startBulkImport(needs(), instance, tenant.context(), { groups: [], users: [] }).then(
              (it) => it.ended,
            );
          }
          return tenant.commands.run(context, history, body);
        },
      },
    });
    const begun = await startBulkImport(taken, instance, tenant.context(), crowd(10));
    await begun.ended;
    assert.equal((await show(begun.import.id)).status, 'interrupted');
    assert.equal((await listUsers(db.read, instance.id, {}, { limit: 10 })).items.length, 0);
  });

  it('end quietly when the organization is deleted meanwhile', async () => {
    const { instance } = tenant;
    const begun = await startBulkImport(needs(), instance, tenant.context(), crowd(500));
    await setImmediate();
    const remove = () => tenant.run((work) => deleteOrganization(work, tenant.organization));
    // PostgreSQL aborts one of two transactions that wait for each other; its caller tries again.
    await remove().catch((error: unknown) =>
      error instanceof AppError && error.code === 'ServiceUnavailable'
        ? remove()
        : assert.fail(String(error)),
    );
    await begun.ended;
    assert.equal(await findBulkImport(tenant.db.read, tenant.clock, instance.id, begun.import.id), undefined);
  });
});

import assert from 'node:assert/strict';
import type { Administrator } from '../../../../src/domain/audit/actor.ts';
import type { Commands } from '../../../../src/domain/audit/commands.ts';
import { deleteConsoleAccess, putConsoleAccess } from '../../../../src/domain/access/commands.ts';
import { deleteUser, setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import { countUsers } from '../../../../src/domain/directory/user-list-store.ts';
import {
  startBulkImport,
  type BulkImportNeeds,
} from '../../../../src/administration/bulk-import/start-bulk-import.ts';
import { stopBulkImport } from '../../../../src/administration/bulk-import/stop-bulk-import.ts';
import { findBulkImport } from '../../../../src/administration/bulk-import/store.ts';
import { SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import type { ImportId, UserId } from '../../../../src/foundation/platform/ids.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addUser, person } from '../../../support/people/people.ts';

/** The number of users in one transaction. */
const CHUNK = { sqlite: 50, postgres: 250 };

describeOnEachDatabase('a bulk import that is stopped', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  const content = () => {
    const count = 3 * CHUNK[tenant.db.dialect];
    return { groups: [], users: Array.from({ length: count }, (_, index) => person(`user-${index}`)) };
  };
  /** Commands that do something else after the first chunk. The first transaction is the start. */
  const meanwhile = (act: () => Promise<unknown>): Commands => {
    let count = 0;
    return {
      run: async (...given) => {
        const result = await tenant.commands.run(...given);
        count += 1;
        if (count === 2) await act();
        return result;
      },
    };
  };
  const failures: unknown[] = [];
  const start = async (commands: Commands = tenant.commands, actor?: Administrator) => {
    const needs: BulkImportNeeds = {
      ...{ db: tenant.db, clock: tenant.clock, ids: tenant.ids, commands },
      ...{ sealer: createSealer(Buffer.alloc(32, 7)), onFailure: (_, error) => failures.push(error) },
    };
    const context = tenant.context(actor && { actor });
    const begun = await startBulkImport(needs, tenant.instance, context, content());
    id = begun.import.id;
    await begun.ended;
    return show();
  };
  let id: ImportId;
  const show = async () => {
    const found = await findBulkImport(tenant.db.read, tenant.clock, tenant.instance.id, id);
    assert.ok(found);
    return found;
  };
  const stop = (actor?: Administrator) =>
    stopBulkImport(tenant, tenant.instance, tenant.context(actor && { actor }), id);
  const running = async () =>
    (
      await tenant.db.read
        .selectFrom('imports')
        .select('id')
        .where('status', '=', 'running')
        .executeTakeFirst()
    )?.id ?? assert.fail('No import runs.');

  it('keeps what is committed, writes nothing more, and goes on when it is sent again', async () => {
    const chunk = CHUNK[tenant.db.dialect];
    const stopped = await start(
      meanwhile(async () => {
        id = await running();
        assert.equal((await stop()).status, 'stopped');
      }),
    );
    assert.deepEqual([stopped.status, stopped.done, stopped.faults], ['stopped', chunk, []]);
    assert.equal(stopped.finishedAt, tenant.clock.now());
    assert.equal(await countUsers(tenant.db.read, tenant.instance.id), chunk);
    assert.deepEqual(failures, [], 'it is no failure of the server');
    const [latest] = await tenant.events(1);
    assert.deepEqual(
      [latest?.eventName, latest?.requestParameters?.['importId']],
      ['StopUserImportJob', stopped.id],
    );
    await assert.rejects(stop(), failsWith('ConflictException'));

    assert.equal((await start()).status, 'done');
    assert.equal(await countUsers(tenant.db.read, tenant.instance.id), 3 * chunk);
  });

  it('is not one that was interrupted', async () => {
    await start(
      meanwhile(async () => {
        id = await running();
        tenant.clock.advance(11 * SECOND_MS);
        await assert.rejects(stop(), failsWith('ConflictException'));
      }),
    );
    id = 'unknown' as ImportId; // only compared with stored ids
    await assert.rejects(stop(), failsWith('ResourceNotFoundException'));
  });

  const administrator = async (access: 'full' | 'read-only') => {
    const { instance, organization } = tenant;
    const ana = await addUser(tenant, 'ana');
    await tenant.run((work) => putConsoleAccess(work, instance, { type: 'USER', id: ana.id }, access));
    const actor: Administrator = {
      ...{ type: 'administrator', userId: ana.id, userName: ana.userName, access },
      ...{ directoryId: instance.directoryId, organizationId: organization.id, accountId: '111122223333' },
      ...{ signedInAt: tenant.clock.now(), withMfa: false },
    };
    return actor;
  };

  it('writes nothing of a chunk during which the administrator loses the access (attack)', async () => {
    const ana = await administrator('full');
    let transactions = 0;
    const ended = await start(
      {
        // The access is taken away after it was asked for, and before the transaction of the second chunk.
        run: async (context, ...rest) => {
          transactions += 1;
          // The first is the start.
          if (transactions === 3) {
            const grantee = { type: 'USER', id: ana.userId } as const;
            await tenant.run((work) => deleteConsoleAccess(work, tenant.instance, grantee));
          }
          return tenant.commands.run(context, ...rest);
        },
      },
      ana,
    );
    assert.deepEqual([ended.status, ended.done], ['stopped', CHUNK[tenant.db.dialect]]);
    assert.deepEqual(ended.faults, [
      { field: '', message: 'ana@example.com has no access to the console any more.' },
    ]);
    assert.deepEqual(ended.startedBy, { user: 'ana@example.com' });
    assert.equal(await countUsers(tenant.db.read, tenant.instance.id), CHUNK[tenant.db.dialect] + 1);
  });

  for (const [title, change, reason] of [
    [
      'loses the access to the console',
      (grantee: UserId) =>
        tenant.run((work) => deleteConsoleAccess(work, tenant.instance, { type: 'USER', id: grantee })),
      'ana@example.com has no access to the console any more.',
    ],
    [
      'may only read any more',
      (grantee: UserId) =>
        tenant.run((work) =>
          putConsoleAccess(work, tenant.instance, { type: 'USER', id: grantee }, 'read-only'),
        ),
      'You are not allowed to sso-directory:CreateUser: your access is read-only.',
    ],
    [
      'is disabled',
      (user: UserId) => tenant.run((work) => setUserEnabled(work, tenant.instance, user, false)),
      'ana@example.com has no access to the console any more.',
    ],
    [
      'is deleted',
      (user: UserId) => tenant.run((work) => deleteUser(work, tenant.instance, user)),
      'ana@example.com has no access to the console any more.',
    ],
  ] as const)
    it(`ends, with the reason, when the administrator who started it ${title} (attack)`, async () => {
      const chunk = CHUNK[tenant.db.dialect];
      const ana = await administrator('full');
      const ended = await start(
        meanwhile(() => change(ana.userId)),
        ana,
      );
      assert.deepEqual([ended.status, ended.done], ['stopped', chunk]);
      assert.deepEqual(ended.faults, [{ field: '', message: reason }]);
      const here = await countUsers(tenant.db.read, tenant.instance.id);
      assert.equal(here - (title === 'is deleted' ? 0 : 1), chunk);
    });

  it('can be started and stopped only by administrators who may change the instance', async () => {
    const ana = await administrator('read-only');
    await assert.rejects(start(tenant.commands, ana), failsWith('AccessDeniedException'));
    const done = await start(
      meanwhile(async () => {
        id = await running();
        await assert.rejects(stop(ana), failsWith('AccessDeniedException'));
      }),
    );
    assert.equal(done.status, 'done');
  });
});

import assert from 'node:assert/strict';
import type { Commands } from '../../../../src/domain/audit/commands.ts';
import {
  startBulkImport,
  type BulkImportNeeds,
} from '../../../../src/administration/bulk-import/start-bulk-import.ts';
import { findBulkImport } from '../../../../src/administration/bulk-import/store.ts';
import { hashPassword } from '../../../../src/domain/credentials/passwords/password.ts';
import { SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { person } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('a bulk import', (open) => {
  let tenant: Tenant;
  let failures: unknown[];
  beforeEach(async () => {
    tenant = await makeTenant(open());
    failures = [];
  });

  const begin = (change: Partial<BulkImportNeeds>, password?: string) => {
    const needs: BulkImportNeeds = {
      ...{ db: tenant.db, commands: tenant.commands, clock: tenant.clock, ids: tenant.ids },
      sealer: createSealer(Buffer.alloc(32, 7)),
      onFailure: (importId, error) => failures.push({ importId, error }),
      ...change,
    };
    const users = [{ ...person('ana'), ...(password !== undefined && { password }) }];
    return startBulkImport(needs, tenant.instance, tenant.context(), { groups: [], users });
  };
  const show = async (id: Parameters<typeof findBulkImport>[3]) => {
    const found = await findBulkImport(tenant.db.read, tenant.clock, tenant.instance.id, id);
    assert.ok(found);
    return found;
  };

  it('that fails because of our own fault writes the cause to the log and hides it from the client', async () => {
    let isStarted = false;
    const commands: Commands = {
      run: (...given) => {
        if (isStarted) return Promise.reject(new Error('This server is ill.'));
        isStarted = true;
        return tenant.commands.run(...given);
      },
    };
    const begun = await begin({ commands });
    await begun.ended;
    const { id, status, faults } = await show(begun.import.id);
    assert.deepEqual(
      [status, faults],
      ['failed', [{ field: '', message: 'The import failed because of an internal error. Send it again.' }]],
    );
    assert.deepEqual(failures, [{ importId: id, error: new Error('This server is ill.') }]);
  });

  it('keeps reporting its progress while it hashes passwords, however long that takes', async () => {
    let beat = () => Promise.resolve();
    let isStopped = false;
    let finish: () => void = () => undefined;
    const hashing = new Promise<void>((resolve) => (finish = resolve));
    const begun = await begin(
      {
        every: (_ms, act) => {
          beat = act;
          return { stop: () => void (isStopped = true) };
        },
        hashPassword: async (password, cost) => {
          await hashing;
          return hashPassword(password, cost);
        },
      },
      'Correct-Horse-7',
    );
    for (let time = 0; time < 3; time += 1) {
      tenant.clock.advance(6 * SECOND_MS);
      await beat();
      assert.equal((await show(begun.import.id)).status, 'running');
    }
    tenant.clock.advance(11 * SECOND_MS);
    assert.equal((await show(begun.import.id)).status, 'interrupted');
    finish();
    await begun.ended;
    assert.deepEqual([(await show(begun.import.id)).status, isStopped], ['done', true]);
  });
});

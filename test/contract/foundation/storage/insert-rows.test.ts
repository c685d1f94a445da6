import assert from 'node:assert/strict';
import type { OrganizationId } from '../../../../src/foundation/platform/ids.ts';
import { insertRows } from '../../../../src/foundation/storage/insert-rows.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';

describeOnEachDatabase('inserting many rows', (open) => {
  const row = (index: number, change: { name?: string; offset?: number; frozenAt?: number | null } = {}) => ({
    id: `organization-${index}` as OrganizationId,
    name: change.name ?? 'x',
    management_account_id: '1',
    is_default: 0 as const,
    clock_offset_ms: change.offset ?? 0,
    clock_frozen_at: change.frozenAt ?? null,
    version: 1,
    created_at: 0,
  });
  type Row = ReturnType<typeof row>;
  const insert = (rows: readonly Row[]) => open().transaction((tx) => insertRows(tx, 'organizations', rows));
  const present = async () => {
    const found = await open().read.selectFrom('organizations').selectAll().execute();
    const indexOf = ({ id }: { id: string }) => Number(id.split('-')[1]);
    // SQLite returns rows without a prototype.
    return found.map((each) => ({ ...each })).sort((a, b) => indexOf(a) - indexOf(b));
  };

  beforeEach(() => open().transaction((tx) => tx.deleteFrom('organizations').execute()));

  it('keeps every text unchanged', async () => {
    const names = ['', 'null', '{a,"b"}', String.raw`\ \\ \" '`, 'Zoë 😀', 'a\n\tb', '…'.repeat(5000)];
    const rows = names.map((name, index) => row(index, { name }));
    await insert(rows);
    assert.deepEqual(await present(), rows);
  });

  it('keeps every whole number unchanged', async () => {
    const offsets = [0, -1, 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, -(2 ** 32), 1_800_000_000_000_000].concat([
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
    ]);
    const rows = offsets.map((offset, index) => row(index, { offset }));
    await insert(rows);
    assert.deepEqual(await present(), rows);
  });

  it('keeps nulls: of all rows, of the first, of one in the middle', async () => {
    for (const instants of [
      [null, null],
      [null, 5],
      [5, null, 6],
    ]) {
      await open().transaction((tx) => tx.deleteFrom('organizations').execute());
      const rows = instants.map((frozenAt, index) => row(index, { frozenAt }));
      await insert(rows);
      assert.deepEqual(await present(), rows);
    }
  });

  it('accepts no rows, and more than one statement can hold', async () => {
    await insert([]);
    assert.deepEqual(await present(), []);
    const rows = Array.from({ length: 2500 }, (_, index) => row(index, { name: `name ${index}` }));
    await insert(rows);
    assert.deepEqual(await present(), rows);
  });

  it('refuses a row that lacks a column of the first one', async () => {
    const { name: _, ...lacking } = row(1);
    // A caller that bypasses TypeScript.
    await assert.rejects(insert([row(0), lacking as Row]), /A row has no name\./);
    assert.deepEqual(await present(), []);
  });
});

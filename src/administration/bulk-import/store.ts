import type { Selectable } from 'kysely';
import { SECOND_MS, type Clock, type Instant } from '../../foundation/platform/clock.ts';
import { AppError, type FieldFault } from '../../foundation/platform/errors.ts';
import type { ImportId, InstanceId } from '../../foundation/platform/ids.ts';
import { orConflict, type Queries, type Tx } from '../../foundation/storage/database.ts';
import { newestFirst, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { BulkImport, ImportStarter } from './bulk-import.ts';

/** A running import has a heartbeat every few seconds; without one for this long, its server has stopped. */
const MAX_SILENCE_MS = 10 * SECOND_MS;
/** How many imports of an instance are stored; the oldest are deleted. */
const MAX_STORED = 100;

type Row = Omit<Selectable<Tables['imports']>, 'instance_id'>;

function toBulkImport(row: Row, now: Instant): BulkImport {
  return {
    id: row.id,
    status: row.status === 'running' && row.heartbeat_at < now - MAX_SILENCE_MS ? 'interrupted' : row.status,
    total: row.total,
    done: row.done,
    // Only finishBulkImport writes this column.
    faults: JSON.parse(row.faults) as FieldFault[],
    // Only insertBulkImport writes this column.
    startedBy: row.started_by === null ? undefined : (JSON.parse(row.started_by) as ImportStarter),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

const imports = (queries: Queries, instanceId: InstanceId) =>
  queries
    .selectFrom('imports')
    .select([
      'id',
      'status',
      'total',
      'done',
      'faults',
      'started_by',
      'created_at',
      'heartbeat_at',
      'finished_at',
    ])
    .where('instance_id', '=', instanceId);

/** An import of an instance. `clock` is real time, to find out whether the import was interrupted. */
export async function findBulkImport(
  queries: Queries,
  clock: Clock,
  instanceId: InstanceId,
  importId: ImportId,
): Promise<BulkImport | undefined> {
  const row = await imports(queries, instanceId).where('id', '=', importId).executeTakeFirst();
  return row && toBulkImport(row, clock.now());
}

/** The imports of an instance, the newest first. */
export async function listBulkImports(
  queries: Queries,
  clock: Clock,
  instanceId: InstanceId,
  page: PageRequest,
): Promise<Page<BulkImport>> {
  const query = imports(queries, instanceId);
  const rows = await query.$call(newestFirst('created_at', page)).execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.created_at, row.id],
    (row) => toBulkImport(row, clock.now()),
  );
}

/** Throws a ConflictException while another import of the instance runs. */
export async function assertNoImportRuns(
  queries: Queries,
  clock: Clock,
  instanceId: InstanceId,
): Promise<void> {
  const running = await imports(queries, instanceId).where('status', '=', 'running').executeTakeFirst();
  if (running && toBulkImport(running, clock.now()).status === 'running') throw importIsRunning();
}

const importIsRunning = () =>
  new AppError(
    'ConflictException',
    'Another import is under way. Wait until it is done, then send this one.',
  );

/** Inserts a running import and deletes the oldest ones. Throws a ConflictException while another import runs. */
export async function insertBulkImport(
  tx: Tx,
  clock: Clock,
  instanceId: InstanceId,
  { id, total, startedBy, at }: Pick<BulkImport, 'id' | 'total'> & { startedBy: ImportStarter; at: Instant },
): Promise<BulkImport> {
  const now = clock.now();
  await tx
    .updateTable('imports')
    .set({ status: 'interrupted', finished_at: at })
    .where('instance_id', '=', instanceId)
    .where('status', '=', 'running')
    .where('heartbeat_at', '<', now - MAX_SILENCE_MS)
    .execute();
  const row = {
    ...({ id, status: 'running', total, done: 0, faults: '[]' } as const),
    started_by: JSON.stringify(startedBy),
    ...{ created_at: at, heartbeat_at: now, finished_at: null },
  };
  const inserted = tx
    .insertInto('imports')
    .values({ ...row, instance_id: instanceId })
    .execute();
  await orConflict(inserted, importIsRunning().publicMessage);
  const oldest = tx
    .selectFrom('imports')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('status', '!=', 'running')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(MAX_STORED - 1)
    .limit(MAX_STORED);
  await tx.deleteFrom('imports').where('id', 'in', oldest).execute();
  return toBulkImport(row, now);
}

/**
 * Records an import's progress, in the transaction that wrote the chunk. False when the import is no longer running.
 */
export async function recordProgress(
  tx: Tx,
  clock: Clock,
  importId: ImportId,
  done: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ done, heartbeat_at: clock.now() })
    .where('id', '=', importId)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function recordHeartbeat(tx: Tx, clock: Clock, importId: ImportId): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ heartbeat_at: clock.now() })
    .where('id', '=', importId)
    .where('status', '=', 'running')
    .execute();
}

/** Ends an import. False, with nothing changed, when it has ended already. */
export async function finishBulkImport(
  tx: Tx,
  importId: ImportId,
  end: { status: 'done' | 'failed' | 'stopped'; faults: readonly FieldFault[]; at: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ status: end.status, faults: JSON.stringify(end.faults), finished_at: end.at })
    .where('id', '=', importId)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

import { renewAdministrator } from '../../domain/access/administrator.ts';
import { authorize, type Actor, type Context } from '../../domain/audit/actor.ts';
import type { Commands } from '../../domain/audit/commands.ts';
import { assertHashCosts } from '../../domain/credentials/passwords/hash-cost.ts';
import { createPlan, type Plan } from '../organization-file/apply/plan.ts';
import { historyOf } from '../../domain/organizations/commands.ts';
import { policyTime, type Instance } from '../../domain/organizations/organization.ts';
import { findInstanceOf } from '../../domain/organizations/instance-store.ts';
import { AppError, type FieldFault } from '../../foundation/platform/errors.ts';
import { newImportId, type Ids, type ImportId } from '../../foundation/platform/ids.ts';
import { readAhead } from './read-ahead.ts';
import { toChunks, toGroupChunks } from './chunks.ts';
import { startHeartbeat, type HeartbeatNeeds } from './heartbeat.ts';
import type { BulkImport, BulkImportContent, ImportStarter } from './bulk-import.ts';
import { planGroupChunk, planUserChunk, readNamedGroups, type PlanChunkNeeds } from './plan-chunk.ts';
import { finishBulkImport, insertBulkImport, recordHeartbeat, recordProgress } from './store.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { nextTurn } from '../../foundation/platform/turns.ts';

export interface BulkImportNeeds extends HeartbeatNeeds, PlanChunkNeeds {
  readonly commands: Commands;
  readonly ids: Ids;
  /** Called when an import fails for a reason that isn’t the sender’s; the import itself doesn't say the reason. */
  onFailure(importId: ImportId, error: unknown): void;
}

export interface StartedBulkImport {
  readonly import: BulkImport;
  /** Resolves when the import has ended, successfully or not; never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Starts an import of checked users and groups. It creates and changes them as an organization file does, found by
 * user name or group name, in several transactions with their events, between which other requests use the database. Records
 * that are already as sent stay, so an interrupted import continues when it is sent again. Throws a ConflictException
 * while another import runs, and an AccessDeniedException if the actor may not import.
 */
export async function startBulkImport(
  needs: BulkImportNeeds,
  instance: Instance,
  context: Context,
  content: BulkImportContent,
): Promise<StartedBulkImport> {
  assertHashCosts(context.actor, instance, content.users);
  const total = content.groups.length + content.users.length;
  const id = newImportId(needs.ids);
  const begun = await needs.commands.run(context, historyOf(instance), (work) =>
    work.perform('StartUserImportJob', startDetails(instance, id, content), (tx) =>
      insertBulkImport(tx, needs.clock, instance.id, {
        ...{ id, total, startedBy: starterOf(context.actor), at: context.at },
      }),
    ),
  );
  return { import: begun, ended: runToEnd(needs, { id, instance, context }, content) };
}

const starterOf = (actor: Actor): ImportStarter =>
  actor.type === 'operator' ? { operator: actor.name } : { user: actor.userName };

const startDetails = (
  { id: instanceId, directoryId }: Instance,
  importId: ImportId,
  { groups, users }: BulkImportContent,
) => ({
  requestParameters: { instanceId, directoryId, groups: groups.length, users: users.length },
  responseElements: { importId },
});

interface Run {
  readonly id: ImportId;
  readonly instance: Instance;
  readonly context: Context;
}

async function runToEnd(needs: BulkImportNeeds, run: Run, content: BulkImportContent): Promise<void> {
  const heartbeat = startHeartbeat(needs, (tx) => recordHeartbeat(tx, needs.clock, run.id));
  const end = await importAll(needs, run, content).then(
    () => ({ status: 'done', faults: [] }) as const,
    (error: unknown) => {
      if (!isSenderFault(error) && !(error instanceof ImportHasEnded)) needs.onFailure(run.id, error);
      const mayNotGoOn = error instanceof AppError && error.code === 'AccessDeniedException';
      return { status: mayNotGoOn ? 'stopped' : 'failed', faults: faultsOf(error) } as const;
    },
  );
  heartbeat.stop();
  const at = await policyNow(needs, run).catch(() => run.context.at);
  // If the database can't be reached, the import gets no more heartbeats, and so will count as interrupted.
  await needs.db
    .transaction((tx) => finishBulkImport(tx, run.id, { ...end, at }))
    .catch((error: unknown) => {
      needs.onFailure(run.id, error);
    });
}

/** A failure that the sender can correct; the import reports it. */
function isSenderFault(error: unknown): error is AppError {
  return error instanceof AppError && error.status < 500;
}

function faultsOf(error: unknown): FieldFault[] {
  if (!(error instanceof AppError)) {
    return [{ field: '', message: 'The import failed because of an internal error. Send it again.' }];
  }
  if (error.fields.length === 0) return [{ field: '', message: error.publicMessage }];
  return error.fields.map(({ message }) => ({ field: '', message }));
}

async function importAll(
  needs: BulkImportNeeds,
  run: Run,
  { groups, users }: BulkImportContent,
): Promise<void> {
  const { instance } = run;
  await applyAll(needs, run, 0, toGroupChunks(groups), (plan, chunk) =>
    planGroupChunk(needs, instance, plan, chunk),
  );
  const named = await readNamedGroups(needs, instance, users);
  await applyAll(needs, run, groups.length, toChunks(users, needs.db.dialect), (plan, chunk) =>
    planUserChunk(needs, instance, plan, chunk, named),
  );
}

/**
 * Errors with which a chunk can fail because of another request, which changed, created or deleted the same records, or
 * held a lock. The chunk is planned again and tried once more.
 */
const RETRYABLE: readonly string[] = ['ConflictException', 'ResourceNotFoundException', 'ServiceUnavailable'];

/**
 * Writes chunks one after the other, each with its progress. While one is written, the next is already planned, which
 * is possible because no user or group is in two chunks.
 */
async function applyAll<Item>(
  needs: BulkImportNeeds,
  run: Run,
  doneBefore: number,
  chunks: Iterable<readonly Item[]>,
  plan: (plan: Plan, chunk: readonly Item[]) => Promise<void>,
): Promise<void> {
  const planned = async (chunk: readonly Item[]) => {
    const made = createPlan();
    await plan(made, chunk);
    return made;
  };
  let done = doneBefore;
  for await (const [chunk, ready] of readAhead(chunks, planned)) {
    done += chunk.length;
    try {
      await write(needs, run, done, ready);
    } catch (error) {
      if (!(error instanceof AppError && RETRYABLE.includes(error.code))) throw error;
      await write(needs, run, done, await planned(chunk));
    }
    await nextTurn();
  }
}

/** Somebody stopped it, or another server has taken it for interrupted: what isn't committed is rolled back. */
class ImportHasEnded extends Error {}

async function write(needs: BulkImportNeeds, run: Run, done: number, plan: Plan): Promise<void> {
  const actor = await presentActor(needs.db.read, run);
  const context = { ...run.context, actor, at: await policyNow(needs, run) };
  await needs.commands.run(context, historyOf(run.instance), async (work) => {
    for (const step of plan.steps) await step(work);
    if (!(await recordProgress(work.tx, needs.clock, run.id, done))) throw new ImportHasEnded();
    // The access can have been taken away since: then what isn't committed yet is rolled back.
    const verdict = authorize(await presentActor(work.tx, run), 'StartUserImportJob', {
      organizationId: run.instance.organization.id,
    });
    if (!verdict.ok) throw new AppError('AccessDeniedException', verdict.message);
  });
}

/**
 * Who imports, with the rights of this moment: an import takes minutes, in which an administrator can lose them. The
 * command asks whether they are still sufficient.
 */
async function presentActor(queries: Queries, { instance, context: { actor } }: Run): Promise<Actor> {
  if (actor.type !== 'administrator') return actor;
  const renewed = await renewAdministrator(queries, instance, actor);
  if (renewed) return renewed;
  throw new AppError('AccessDeniedException', `${actor.userName} has no access to the console any more.`);
}

/** The current policy time; the organization's clock can be moved while an import runs. */
async function policyNow({ db, clock }: BulkImportNeeds, { instance }: Run): Promise<number> {
  const present = await findInstanceOf(db.read, instance.organization.id);
  if (!present) throw new Error('The instance is gone.');
  return policyTime(present.organization.clock, clock.now());
}

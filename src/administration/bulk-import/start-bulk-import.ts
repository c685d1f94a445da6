import type { Context } from '../../domain/audit/actor.ts';
import type { Commands } from '../../domain/audit/commands.ts';
import { hashPassword } from '../../domain/credentials/passwords/password.ts';
import { readDirectory, type ExistingDirectory } from '../organization-file/apply/existing.ts';
import { planDeclaredGroups, planDeclaredUsers } from '../organization-file/apply/plan-directory.ts';
import { createPlan, type Plan } from '../organization-file/apply/plan.ts';
import { preparePasswords } from '../organization-file/apply/prepare.ts';
import { createPrincipals } from '../organization-file/read/principals.ts';
import type { DeclaredGroup, DeclaredUser } from '../organization-file/read/schema.ts';
import { historyOf } from '../../domain/organizations/commands.ts';
import { policyTime, type Instance } from '../../domain/organizations/organization.ts';
import { findInstanceOf } from '../../domain/organizations/instance-store.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { AppError, type FieldFault } from '../../foundation/platform/errors.ts';
import { newImportId, type Ids, type ImportId } from '../../foundation/platform/ids.ts';
import { readAhead } from './read-ahead.ts';
import { toChunks, toGroupChunks } from './chunks.ts';
import { startHeartbeat, type HeartbeatNeeds } from './heartbeat.ts';
import type { BulkImport, BulkImportContent } from './bulk-import.ts';
import { finishBulkImport, insertBulkImport, recordProgress } from './store.ts';
import { nextTurn } from '../../foundation/platform/turns.ts';

export interface BulkImportNeeds extends HeartbeatNeeds {
  readonly commands: Commands;
  readonly ids: Ids;
  readonly sealer: Sealer;
  /** Called when an import fails for a reason that isn’t the sender’s; the import itself doesn't say the reason. */
  onFailure(importId: ImportId, error: unknown): void;
  /** Replaced only by tests, to pause an import. */
  readonly hashPassword?: typeof hashPassword;
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
 * while another import runs.
 */
export async function startBulkImport(
  needs: BulkImportNeeds,
  instance: Instance,
  context: Context,
  content: BulkImportContent,
): Promise<StartedBulkImport> {
  const total = content.groups.length + content.users.length;
  const id = newImportId(needs.ids);
  const begun = await needs.db.transaction((tx) =>
    insertBulkImport(tx, needs.clock, instance.id, { id, total, at: context.at }),
  );
  return { import: begun, ended: runToEnd(needs, { id, instance, context }, content) };
}

interface Run {
  readonly id: ImportId;
  readonly instance: Instance;
  readonly context: Context;
}

async function runToEnd(needs: BulkImportNeeds, run: Run, content: BulkImportContent): Promise<void> {
  const heartbeat = startHeartbeat(needs, run.id);
  const end = await importAll(needs, run, content).then(
    () => ({ status: 'done', faults: [] }) as const,
    (error: unknown) => {
      if (!isSenderFault(error)) needs.onFailure(run.id, error);
      return { status: 'failed', faults: faultsOf(error) } as const;
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
  const { db } = needs;
  const groupChunks = toGroupChunks(groups);
  await applyAll(needs, run, 0, groupChunks, (plan, chunk) => planGroupChunk(needs, run, plan, chunk));
  const declared = { groups: namesOf(users), users: [] };
  const named = await readDirectory(db.read, run.instance.id, declared, { withPasswords: false });
  const chunks = toChunks(users, db.dialect);
  await applyAll(needs, run, groups.length, chunks, (plan, chunk) =>
    planUserChunk(needs, run, plan, chunk, named.groups),
  );
}

const namesOf = (users: readonly DeclaredUser[]): DeclaredGroup[] =>
  [...new Set(users.flatMap(({ groups = [] }) => groups))].map((displayName) => ({ displayName }));

async function planGroupChunk(
  { db }: BulkImportNeeds,
  { instance }: Run,
  plan: Plan,
  groups: readonly DeclaredGroup[],
): Promise<void> {
  const declared = { groups, users: [] };
  const existing = await readDirectory(db.read, instance.id, declared, { withPasswords: false });
  const principals = createPrincipals(declared, existing, instance.directoryId);
  planDeclaredGroups({ plan, instance, existing, principals }, groups);
}

async function planUserChunk(
  { db, sealer, hashPassword: hash = hashPassword }: BulkImportNeeds,
  { instance }: Run,
  plan: Plan,
  users: readonly DeclaredUser[],
  groups: ExistingDirectory['groups'],
): Promise<void> {
  const declared = { groups: [], users };
  const found = await readDirectory(db.read, instance.id, declared, { withPasswords: false });
  const existing = { ...found, groups };
  const principals = createPrincipals(declared, existing, instance.directoryId);
  const passwords = await preparePasswords(
    { instance, existing, principals, sealer, resetPasswords: false, hashPassword: hash },
    users,
  );
  planDeclaredUsers({ plan, instance, existing, principals }, users, passwords);
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

async function write(needs: BulkImportNeeds, run: Run, done: number, plan: Plan): Promise<void> {
  const context = { ...run.context, at: await policyNow(needs, run) };
  await needs.commands.run(context, historyOf(run.instance), async (work) => {
    for (const step of plan.steps) await step(work);
    if (!(await recordProgress(work.tx, needs.clock, run.id, done))) throw new Error('The import has ended.');
  });
}

/** The current policy time; the organization's clock can be moved while an import runs. */
async function policyNow({ db, clock }: BulkImportNeeds, { instance }: Run): Promise<number> {
  const present = await findInstanceOf(db.read, instance.organization.id);
  if (!present) throw new Error('The instance is gone.');
  return policyTime(present.organization.clock, clock.now());
}

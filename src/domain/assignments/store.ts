import type { ApplicationId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Assignment, Principal } from './assignment.ts';

interface PrincipalRow {
  principal_type: Principal['type'];
  principal_id: Principal['id'];
  principal_name: string;
}

function toPrincipal(row: PrincipalRow): Principal {
  // The cast is safe: `principal_type` determines the type of the id, and only this store writes both.
  return { type: row.principal_type, id: row.principal_id, name: row.principal_name } as Principal;
}

/**
 * The assignments of an application: everyone, then groups, then users, each in the order of their ids. That
 * is the index's order, so a page of fifty thousand assignments is as fast as one of a few.
 */
export async function listAssignments(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  page: PageRequest,
): Promise<Page<Assignment>> {
  let query = queries
    .selectFrom('assignments')
    .select(['principal_type', 'principal_id', 'principal_name', 'created_at'])
    .where('instance_id', '=', instanceId)
    .where('target_id', '=', applicationId);
  if (page.cursor !== undefined) {
    const [type, id] = readCursor(page.cursor, 'string', 'string');
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('principal_type', 'principal_id'),
        '>',
        // Only compared, so malformed parts of a cursor do no harm.
        tuple(type as Principal['type'], id as UserId),
      ),
    );
  }
  const rows = await query
    .orderBy('principal_type')
    .orderBy('principal_id')
    .limit(page.limit + 1)
    .execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.principal_type, row.principal_id],
    (row) => ({ applicationId, principal: toPrincipal(row), createdAt: row.created_at }),
  );
}

/** Whether anything is assigned to anybody. */
export async function hasAssignments(queries: Queries, instanceId: InstanceId): Promise<boolean> {
  const found = await queries
    .selectFrom('assignments')
    .select('target_id')
    .where('instance_id', '=', instanceId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The principals that are assigned to an application, in no particular order. */
export async function listPrincipals(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<Principal[]> {
  const rows = await queries
    .selectFrom('assignments')
    .select(['principal_type', 'principal_id', 'principal_name'])
    .where('instance_id', '=', instanceId)
    .where('target_id', '=', applicationId)
    .execute();
  return rows.map(toPrincipal);
}

/** Those of these principals to whom an application is assigned, by id. */
export async function findAssigned(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  principalIds: readonly Principal['id'][],
): Promise<Map<Principal['id'], Principal>> {
  const rows = await inChunks(principalIds, (chunk) =>
    queries
      .selectFrom('assignments')
      .select(['principal_type', 'principal_id', 'principal_name'])
      .where('instance_id', '=', instanceId)
      .where('target_id', '=', applicationId)
      .where('principal_id', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map((row) => [row.principal_id, toPrincipal(row)]));
}

/** All assignments of an instance, those of each application in the order of `listAssignments`. */
export async function listAllAssignments(
  queries: Queries,
  instanceId: InstanceId,
): Promise<Omit<Assignment, 'createdAt'>[]> {
  const rows = await queries
    .selectFrom('assignments')
    .select(['target_id', 'principal_type', 'principal_id', 'principal_name'])
    .where('instance_id', '=', instanceId)
    .orderBy('principal_type')
    .orderBy('principal_id')
    .execute();
  return rows.map((row) => ({ applicationId: row.target_id, principal: toPrincipal(row) }));
}

/** The direct assignments of these principals: a user's don't include those of the user's groups. */
export async function findAssignmentsOf(
  queries: Queries,
  instanceId: InstanceId,
  principalIds: readonly Principal['id'][],
): Promise<{ applicationId: ApplicationId; principalId: Principal['id'] }[]> {
  const rows = await inChunks(principalIds, (chunk) =>
    queries
      .selectFrom('assignments')
      .select(['target_id', 'principal_id'])
      .where('instance_id', '=', instanceId)
      .where('principal_id', 'in', chunk)
      .execute(),
  );
  return rows.map((row) => ({ applicationId: row.target_id, principalId: row.principal_id }));
}

/** Inserts an assignment. Throws the database's error when there is one already. */
export async function insertAssignment(
  tx: Tx,
  instanceId: InstanceId,
  { applicationId, principal, createdAt }: Assignment,
): Promise<void> {
  await tx
    .insertInto('assignments')
    .values({
      instance_id: instanceId,
      principal_type: principal.type,
      principal_id: principal.id,
      principal_name: principal.name,
      target_type: 'APPLICATION',
      target_id: applicationId,
      created_at: createdAt,
    })
    .execute();
}

/** Deletes an assignment. Returns false when there is none. */
export async function deleteAssignment(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  { type, id }: Pick<Principal, 'type' | 'id'>,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('assignments')
    .where('instance_id', '=', instanceId)
    .where('target_id', '=', applicationId)
    .where('principal_type', '=', type)
    .where('principal_id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Deletes the assignments of a user or group that is deleted. They have no foreign key to it, because those of an Active
 * Directory user outlive the user; those of an identity store user don't.
 */
export async function deleteAssignmentsOf(
  tx: Tx,
  instanceId: InstanceId,
  { type, id }: Pick<Principal, 'type' | 'id'>,
): Promise<void> {
  await tx
    .deleteFrom('assignments')
    .where('instance_id', '=', instanceId)
    .where('principal_type', '=', type)
    .where('principal_id', '=', id)
    .execute();
}

/** Deletes the assignments to an application that is deleted. They have no foreign key to it. */
export async function deleteAssignmentsTo(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<void> {
  await tx
    .deleteFrom('assignments')
    .where('instance_id', '=', instanceId)
    .where('target_id', '=', applicationId)
    .execute();
}

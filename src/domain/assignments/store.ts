import type { ApplicationId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Assignment, Principal } from './assignment.ts';

interface PrincipalRow {
  principal_type: Principal['type'];
  principal_id: Principal['id'];
  principal_name: string;
}

export function toPrincipal(row: PrincipalRow): Principal {
  // The cast is safe: `principal_type` determines the type of the id, and only this folder's commands write
  // both.
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

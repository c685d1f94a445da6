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
  // `principal_type` says which id it is; only this room's commands write both.
  return { type: row.principal_type, id: row.principal_id, name: row.principal_name } as Principal;
}

/**
 * Who may use an application: everyone, then groups, then users, each kind in the order of its ids: the order of the index, so that a page of
 * fifty thousand assignments costs what a page of a few does.
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
        // Only compared: what isn't a type or an id stands somewhere in the order all the same.
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

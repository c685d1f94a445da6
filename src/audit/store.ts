import type { Instant } from '../platform/clock.ts';
import type { OrganizationId } from '../platform/ids.ts';
import type { Queries, Tx } from '../storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../storage/paging.ts';
import type { EventRecord } from './event.ts';

/** Writes a record into an organization's event history. */
export async function insertEvent(
  tx: Tx,
  organizationId: OrganizationId,
  at: Instant,
  sequence: number,
  record: EventRecord,
): Promise<void> {
  const userName = record.userIdentity['userName'];
  await tx
    .insertInto('events')
    .values({
      id: record.eventID,
      organization_id: organizationId,
      sequence,
      event_at: at,
      event_name: record.eventName,
      username: typeof userName === 'string' ? userName : null,
      read_only: record.readOnly ? 1 : 0,
      record: JSON.stringify(record),
    })
    .execute();
}

export interface EventFilter {
  eventName?: string | undefined;
  username?: string | undefined;
}

/** An organization's events, newest first. */
export async function listEvents(
  queries: Queries,
  organizationId: OrganizationId,
  filter: EventFilter,
  page: PageRequest,
): Promise<Page<EventRecord>> {
  let query = queries
    .selectFrom('events')
    .select(['sequence', 'record'])
    .where('organization_id', '=', organizationId);
  if (filter.eventName !== undefined) query = query.where('event_name', '=', filter.eventName);
  if (filter.username !== undefined) query = query.where('username', '=', filter.username);
  if (page.cursor !== undefined) {
    const [sequence] = readCursor(page.cursor, 'number');
    query = query.where('sequence', '<', sequence);
  }
  const rows = await query
    .orderBy('sequence', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.sequence],
    // Only insertEvent writes this column.
    (row) => JSON.parse(row.record) as EventRecord,
  );
}

/**
 * Deletes the oldest events beyond `keep`, at most `batch` at a time, so that no request waits for a large deletion.
 * Returns how many went.
 */
export async function trimEvents(
  tx: Tx,
  organizationId: OrganizationId,
  keep: number,
  batch: number,
): Promise<number> {
  const oldest = tx
    .selectFrom('events')
    .select('id')
    .where('organization_id', '=', organizationId)
    .orderBy('sequence', 'desc')
    .offset(keep)
    .limit(batch);
  const { numDeletedRows } = await tx.deleteFrom('events').where('id', 'in', oldest).executeTakeFirst();
  return Number(numDeletedRows);
}

import { sql, type SqlBool } from 'kysely';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { OrganizationId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { insertRows } from '../../foundation/storage/insert-rows.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import {
  cursorAfter,
  fittingKeys,
  newestFirst,
  rowsOf,
  type Page,
  type PageRequest,
} from '../../foundation/storage/paging.ts';
import { deleteBeyondBytes, deleteFound } from '../../foundation/storage/trim.ts';
import type { EventRecord } from './event.ts';
import { writeRecord } from './record-size.ts';

/** An event as it is stored. `record` is the CloudTrail record as JSON; the other fields are for searching. */
export interface EventRow {
  id: string;
  organizationId: OrganizationId;
  sequence: number;
  at: Instant;
  name: string;
  userName: string | null;
  readOnly: 0 | 1;
  record: string;
}

const columnsOf = (row: EventRow) => ({
  id: row.id,
  organization_id: row.organizationId,
  sequence: row.sequence,
  event_at: row.at,
  event_name: row.name,
  username: row.userName,
  read_only: row.readOnly,
  record: row.record,
});

const insertRow = prepared((tx: Tx, row: EventRow) => tx.insertInto('events').values(columnsOf(row)));

/** Turns a CloudTrail record into its row. */
export function toRow(
  organizationId: OrganizationId,
  at: Instant,
  sequence: number,
  record: EventRecord,
): EventRow {
  return {
    id: record.eventID,
    organizationId,
    sequence,
    at,
    name: record.eventName,
    userName: userNameIn(record.userIdentity),
    readOnly: record.readOnly ? 1 : 0,
    record: writeRecord(record),
  };
}

/**
 * The name under which CloudTrail's event history lists an event: the user's, or that of the role session, which follows
 * the role's id.
 */
function userNameIn({ userName, type, principalId }: Record<string, unknown>): string | null {
  if (typeof userName === 'string') return userName;
  if (type !== 'AssumedRole' || typeof principalId !== 'string') return null;
  return principalId.slice(principalId.indexOf(':') + 1);
}

/** Inserts an event into its organization's history. */
export async function insertEvent(tx: Tx, row: EventRow): Promise<void> {
  await insertRow(tx, row);
}

/** Inserts many events with few statements. */
export async function insertEvents(tx: Tx, rows: readonly EventRow[]): Promise<void> {
  await insertRows(tx, 'events', rows.map(columnsOf));
}

/** When the newest event of an organization was; undefined when it has none. */
export async function findLastEventAt(
  queries: Queries,
  organizationId: OrganizationId,
): Promise<Instant | undefined> {
  const row = await queries
    .selectFrom('events')
    .select('event_at')
    .where('organization_id', '=', organizationId)
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.event_at;
}

export interface EventFilter {
  eventName?: string | undefined;
  username?: string | undefined;
}

/** An organization's events, newest first: a page has at most a mebibyte. */
export async function listEvents(
  queries: Queries,
  organizationId: OrganizationId,
  filter: EventFilter,
  page: PageRequest,
): Promise<Page<EventRecord>> {
  let query = queries.selectFrom('events').where('organization_id', '=', organizationId);
  if (filter.eventName !== undefined) query = query.where('event_name', '=', filter.eventName);
  if (filter.username !== undefined) query = query.where('username', '=', filter.username);
  // Two servers can give out the same sequence number within a millisecond; the id then decides the order.
  const keys = await query.select(['sequence', 'id', 'bytes']).$call(newestFirst('sequence', page)).execute();
  const shown = fittingKeys(keys, page.limit);
  const rows = await query.select('record').$call(rowsOf(shown)).execute();
  // This column is written in this file alone.
  const items = rows.map(({ record }) => JSON.parse(record) as EventRecord);
  return { items, cursor: cursorAfter(shown, keys) };
}

/**
 * Deletes the oldest events beyond the newest `keep`, at most `batch` of them, so that no request waits for a
 * long deletion. Returns how many it deleted.
 */
export async function trimEvents(
  tx: Tx,
  organizationId: OrganizationId,
  keep: number,
  batch: number,
): Promise<number> {
  const oldest = tx
    .selectFrom('events')
    .select(['organization_id', 'sequence', 'id'])
    .where('organization_id', '=', organizationId)
    .orderBy('sequence', 'desc')
    .offset(keep)
    .limit(batch);
  return deleteFound(tx, 'events', ['organization_id', 'sequence', 'id'], oldest);
}

/**
 * Deletes the oldest events until the others have at most `maxBytes` octets, at most `batch` of them; returns how many.
 */
export function trimEventBytes(
  tx: Tx,
  organizationId: OrganizationId,
  maxBytes: number,
  batch: number,
): Promise<number> {
  const of = sql<SqlBool>`organization_id = ${organizationId}`;
  return deleteBeyondBytes(tx, { table: 'events', of, by: 'sequence' }, maxBytes, batch);
}

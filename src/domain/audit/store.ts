import { sql, type SqlBool } from 'kysely';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { OrganizationId, SignInId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { insertRows } from '../../foundation/storage/insert-rows.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import { deleteBeyondBytes, deleteFound } from '../../foundation/storage/trim.ts';
import type { EventRecord } from './event.ts';
import { isFailure, userNameIn } from './event-facts.ts';
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
  failed: 0 | 1;
  signInId: SignInId | null;
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
  failed: row.failed,
  sign_in_id: row.signInId,
  record: row.record,
});

const insertRow = prepared((tx: Tx, row: EventRow) => tx.insertInto('events').values(columnsOf(row)));

/** Turns a CloudTrail record into its row. */
export function toRow(
  organizationId: OrganizationId,
  at: Instant,
  sequence: number,
  record: EventRecord,
  signInId: SignInId | null = null,
): EventRow {
  return {
    id: record.eventID,
    organizationId,
    sequence,
    at,
    name: record.eventName,
    userName: userNameIn(record),
    readOnly: record.readOnly ? 1 : 0,
    failed: isFailure(record) ? 1 : 0,
    signInId,
    record: writeRecord(record),
  };
}

/** Inserts an event into its organization's history. */
export async function insertEvent(tx: Tx, row: EventRow): Promise<void> {
  await insertRow(tx, row);
}

/** Inserts many events with few statements. */
export async function insertEvents(tx: Tx, rows: readonly EventRow[]): Promise<void> {
  await insertRows(tx, 'events', rows.map(columnsOf));
}

/** The newest event of an organization, as a list of organizations shows it. */
export interface LastEvent {
  readonly name: string;
  readonly userName: string | null;
  readonly failed: boolean;
  readonly at: Instant;
}

/** The newest event of an organization; undefined when it has none. Read from the index alone. */
export async function findLastEvent(
  queries: Queries,
  organizationId: OrganizationId,
): Promise<LastEvent | undefined> {
  const row = await queries
    .selectFrom('events')
    .select(['event_name', 'username', 'failed', 'event_at'])
    .where('organization_id', '=', organizationId)
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { name: row.event_name, userName: row.username, failed: row.failed === 1, at: row.event_at };
}

/** As many events are looked through: somebody can cause a hundred thousand, and the page is loaded again and again. */
const LOOKED_THROUGH = 1000;

/** Which of these events are among an organization's newest thousand and succeeded. Read from the index alone. */
export async function findRecentNames(
  queries: Queries,
  organizationId: OrganizationId,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await queries
    .selectFrom((eb) =>
      eb
        .selectFrom('events')
        .select(['event_name', 'failed'])
        .where('organization_id', '=', organizationId)
        .orderBy('sequence', 'desc')
        .limit(LOOKED_THROUGH)
        .as('newest'),
    )
    .select('event_name')
    .distinct()
    .where('event_name', 'in', names)
    .where('failed', '=', 0)
    .execute();
  return new Set(rows.map(({ event_name }) => event_name));
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

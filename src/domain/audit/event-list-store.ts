import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { OrganizationId, SignInId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import { patternOf } from '../../foundation/storage/contains.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import {
  fittingKeys,
  newestFirst,
  writeCursor,
  type Page,
  type PageRequest,
  type SizedKey,
} from '../../foundation/storage/paging.ts';
import type { EventRecord } from './event.ts';

/** What events are listed by; absent: all. */
export interface EventFilter {
  /** Such as `CreateUser`. */
  readonly eventName?: string | undefined;
  /** The user name in the event's userIdentity. */
  readonly username?: string | undefined;
  /** Several of them; the empty one is in events that name nobody. */
  readonly usernames?: readonly string[] | undefined;
  /** A part of either of them, without regard to the case of ASCII letters. */
  readonly search?: string | undefined;
  /** From this instant of policy time on. */
  readonly startAt?: Instant | undefined;
  /** Before this instant of policy time. */
  readonly endAt?: Instant | undefined;
  /** Whether what the event describes failed. */
  readonly failed?: boolean | undefined;
  /** In this sign-in. Only these events are looked through, however old they are. */
  readonly signInId?: SignInId | undefined;
}

/**
 * How many events one statement looks through. The index contains all that a filter compares, so that this takes a few
 * milliseconds on SQLite, where nothing else is answered meanwhile.
 */
const WINDOW = 10_000;

/** How many windows one page looks through. An index for each filter would cost every response a page of the log. */
const MAX_WINDOWS = 5;

/** How many events one page of a list with a filter looks through. */
export const LOOKED_THROUGH = WINDOW * MAX_WINDOWS;

/**
 * An organization's events, newest first: a page has at most a mebibyte. With a filter, a page ends after
 * LOOKED_THROUGH events, so it can be empty although others follow: `cursor` is null only on the last page. `windows`
 * looks through fewer, WINDOW events each.
 */
export async function listEvents(
  queries: Queries,
  organizationId: OrganizationId,
  filter: EventFilter,
  page: PageRequest & { readonly windows?: number },
): Promise<Page<EventRecord>> {
  const { keys, next } = await findKeys(queries, organizationId, filter, page);
  const shown = fittingKeys(keys, page.limit);
  const last = shown.at(-1);
  const items = await readRecords(queries, organizationId, shown);
  return { items, cursor: last && shown.length < keys.length ? writeCursor([last.sequence, last.id]) : next };
}

/** The event with this `eventID`. */
export async function findEvent(
  queries: Queries,
  organizationId: OrganizationId,
  eventId: string,
): Promise<EventRecord | undefined> {
  // Found in the index, which is read from the organization's newest event on: there is none of ids.
  const key = await queries
    .selectFrom('events')
    .select(['sequence', 'id', 'bytes'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', eventId)
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return key && (await readRecords(queries, organizationId, [key]))[0];
}

interface Found {
  /** At most one more than the page has. */
  readonly keys: readonly SizedKey[];
  /** Where to go on when all keys are shown; null at the end of the history. */
  readonly next: string | null;
}

async function findKeys(
  queries: Queries,
  organizationId: OrganizationId,
  filter: EventFilter,
  { limit, cursor, windows = MAX_WINDOWS }: PageRequest & { readonly windows?: number },
): Promise<Found> {
  const conditions = conditionsOf(filter);
  if (conditions.length === 0 && filter.signInId === undefined) {
    return {
      keys: await newest(queries, organizationId, { limit: limit + 1, cursor }).execute(),
      next: null,
    };
  }
  if (filter.signInId !== undefined) {
    // Its index is partial: a sign-in has a few events.
    const found = await newest(queries, organizationId, { limit: limit + 1, cursor })
      .where('sign_in_id', '=', filter.signInId)
      .where(sql<SqlBool>`${sql.join([sql`1 = 1`, ...conditions], sql` and `)}`)
      .execute();
    return { keys: found, next: null };
  }
  const keys: SizedKey[] = [];
  const from = { cursor, windows };
  const { next } = await lookThrough(queries, organizationId, from, async (looked) => {
    const found = await queries
      .selectFrom(looked.as('looked'))
      .select(['sequence', 'id', 'bytes'])
      .where(sql<SqlBool>`${sql.join(conditions, sql` and `)}`)
      .orderBy('sequence', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1 - keys.length)
      .execute();
    keys.push(...found);
    return keys.length > limit;
  });
  return { keys, next };
}

/**
 * Looks through the newest events before a cursor, in steps, until `look` has seen enough, LOOKED_THROUGH events were
 * seen, or the history ends. `next` is where to go on; null when there is nothing left to look through.
 */
export async function lookThrough(
  queries: Queries,
  organizationId: OrganizationId,
  { cursor, windows = MAX_WINDOWS }: { cursor?: string | undefined; windows?: number },
  look: (looked: ReturnType<typeof newest>) => Promise<boolean>,
): Promise<{ next: string | null }> {
  let from = cursor;
  for (let window = 0; window < windows; window += 1) {
    const looked = newest(queries, organizationId, { limit: WINDOW, cursor: from });
    if (await look(looked)) return { next: null };
    const last = await looked
      .clearSelect()
      .select(['sequence', 'id'])
      .limit(1)
      .offset(WINDOW - 1)
      .executeTakeFirst();
    if (!last) return { next: null };
    from = writeCursor([last.sequence, last.id]);
  }
  return { next: from ?? null };
}

/** The newest events before the cursor, with all that a filter compares: the columns of their index. */
const newest = (queries: Queries, organizationId: OrganizationId, { limit, cursor }: PageRequest) =>
  queries
    .selectFrom('events')
    .select(['sequence', 'id', 'bytes', 'event_at', 'failed', 'event_name', 'username'])
    .where('organization_id', '=', organizationId)
    .$call(newestFirst('sequence', { cursor, limit: limit - 1 }));

function conditionsOf({ eventName, username, usernames, search, startAt, endAt, failed }: EventFilter) {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (eventName !== undefined) conditions.push(sql`event_name = ${eventName}`);
  if (username !== undefined) conditions.push(sql`username = ${username}`);
  if (usernames !== undefined) conditions.push(sql`username in (${sql.join(usernames)})`);
  if (search !== undefined) {
    const lowered = patternOf(search.toLowerCase());
    const either = sql<SqlBool>`lower(username) like ${lowered} escape '!' or lower(event_name) like ${lowered} escape '!'`;
    // `lower` of SQLite knows only ASCII, so other capital letters are found as they were typed.
    conditions.push(
      search === search.toLowerCase()
        ? sql`(${either})`
        : sql`(${either} or username like ${patternOf(search)} escape '!')`,
    );
  }
  if (startAt !== undefined) conditions.push(sql`event_at >= ${startAt}`);
  if (endAt !== undefined) conditions.push(sql`event_at < ${endAt}`);
  if (failed !== undefined) conditions.push(sql`failed = ${failed ? 1 : 0}`);
  return conditions;
}

async function readRecords(
  queries: Queries,
  organizationId: OrganizationId,
  keys: readonly SizedKey[],
): Promise<EventRecord[]> {
  const rows = await inChunks(keys, (chunk) =>
    queries
      .selectFrom('events')
      .select(['id', 'record'])
      .where('organization_id', '=', organizationId)
      .where(
        'sequence',
        'in',
        chunk.map(({ sequence }) => sequence),
      )
      .execute(),
  );
  const records = new Map(rows.map(({ id, record }) => [id, record]));
  return keys.flatMap(({ id }) => {
    const record = records.get(id);
    // The column is written in this folder alone. An event can be trimmed after its key was found.
    return record === undefined ? [] : [JSON.parse(record) as EventRecord];
  });
}

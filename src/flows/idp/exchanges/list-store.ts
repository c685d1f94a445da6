import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { patternOf } from '../../../foundation/storage/contains.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import {
  cursorAfter,
  fittingKeys,
  newestFirst,
  readCursor,
  writeCursor,
  type Page,
  type PageRequest,
  type SizedKey,
} from '../../../foundation/storage/paging.ts';
import { StatusCode } from '../../../protocols/saml/types.ts';
import type { ConversationFilter } from './conversation.ts';
import type { ConversationKey, ConversationScope } from './conversation-key.ts';

/** How many exchanges one page of a list with a filter looks through. */
const LOOKED_THROUGH = 20_000;

/**
 * The keys of conversations, newest first: a page has at most a mebibyte of messages. With a filter, a page ends after
 * LOOKED_THROUGH exchanges, so it can be empty although others follow: `cursor` is null only on the last page.
 */
export async function listKeys(
  queries: Queries,
  scope: ConversationScope,
  filter: ConversationFilter,
  page: PageRequest,
): Promise<Page<ConversationKey>> {
  if (scope.applicationIds.length === 0) return { items: [], cursor: null };
  const edge = await edgeOf(queries, scope, filter, page);
  const [answers, refused] = [
    filter.outcome === 'refused' ? [] : await exchangeKeys(queries, scope, filter, { ...page, edge }),
    filter.outcome === undefined || filter.outcome === 'refused'
      ? await refusedKeys(queries, scope, filter, { ...page, edge })
      : [],
  ];
  const keys = [...answers, ...refused].sort(newer).slice(0, page.limit + 1);
  const shown = fittingKeys(keys, page.limit).map((key) => key as ConversationKey); // they are of `keys`
  const next = edge === null ? null : writeCursor([edge + 1, '']);
  return { items: shown, cursor: cursorAfter(shown, keys) ?? next };
}

const newer = (a: SizedKey, b: SizedKey): number =>
  b.sequence - a.sequence || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

interface Window extends PageRequest {
  /** Only what is newer than this number is looked at; null: everything. */
  readonly edge: number | null;
}

/**
 * How far back a page looks. Exchanges have one index, by application: another would cost every response a page of the
 * log. So the newest of each application are looked at, and nothing is shown that is older than what was looked at in
 * all of them. Null when everything was.
 */
async function edgeOf(
  queries: Queries,
  { applicationIds }: ConversationScope,
  filter: ConversationFilter,
  { limit, cursor }: PageRequest,
): Promise<number | null> {
  // Refused requests are few, and have an index by instance.
  if (filter.outcome === 'refused') return null;
  const isFiltered = Object.values(filter).some((each) => each !== undefined);
  const looked = isFiltered ? Math.floor(LOOKED_THROUGH / applicationIds.length) : 0;
  const offset = Math.max(limit + 1, looked);
  const before = cursor === undefined ? sql`` : sql`and ${isBefore(cursor)}`;
  const ids = sql.join(applicationIds.map((id) => sql`(${id})`));
  const edges = sql<{ edge: number | null }>`(
    with listed (application) as (values ${ids})
    select (select sequence from exchanges where application_id = listed.application ${before}
      order by sequence desc, id desc limit 1 offset ${sql.lit(offset)}) as edge
    from listed)`;
  const row = await queries
    .selectFrom(edges.as('edges'))
    .select(({ fn }) => fn.max('edge').as('edge'))
    .executeTakeFirst();
  return row?.edge ?? null;
}

function isBefore(cursor: string): RawBuilder<SqlBool> {
  const [sequence, id] = readCursor(cursor, 'number', 'string');
  return sql<SqlBool>`(sequence, id) < (${sequence}, ${id})`;
}

async function exchangeKeys(
  queries: Queries,
  { applicationIds }: ConversationScope,
  filter: ConversationFilter,
  { edge, ...page }: Window,
): Promise<ConversationKey[]> {
  const { outcome, odd } = filter;
  const conditions = sharedConditions(filter);
  if (outcome !== undefined)
    conditions.push(
      outcome === 'answered' ? sql`status = ${StatusCode.success}` : sql`status <> ${StatusCode.success}`,
    );
  if (odd !== undefined) conditions.push(sql`odd = ${odd ? 1 : 0}`);
  if (edge !== null) conditions.push(sql`sequence > ${edge}`);
  const rows = await queries
    .selectFrom('exchanges')
    .select(['sequence', 'id', 'bytes', 'application_id'])
    .where('application_id', 'in', applicationIds)
    .where(all(conditions))
    .$call(newestFirst('sequence', page))
    .execute();
  return rows.map(({ application_id, ...key }) => ({
    ...key,
    applicationId: application_id,
    isRefused: false,
  }));
}

async function refusedKeys(
  queries: Queries,
  { instanceId, applicationIds }: ConversationScope,
  filter: ConversationFilter,
  { edge, ...page }: Window,
): Promise<ConversationKey[]> {
  const conditions = sharedConditions(filter);
  if (filter.odd !== undefined) conditions.push(filter.odd ? sql`findings <> '[]'` : sql`findings = '[]'`);
  if (edge !== null) conditions.push(sql`sequence > ${edge}`);
  const rows = await queries
    .selectFrom('refused_requests')
    .select(['sequence', 'id', 'bytes', 'application_id'])
    .where('instance_id', '=', instanceId)
    .where('application_id', 'in', applicationIds)
    .where(all(conditions))
    .$call(newestFirst('sequence', page))
    .execute();
  return rows.map(({ application_id, ...key }) => ({
    ...key,
    applicationId: application_id,
    isRefused: true,
  }));
}

const all = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql`1 = 1` : sql`${sql.join([...conditions], sql` and `)}`;

/** The conditions on columns that both tables have. */
function sharedConditions({ user, initiatedBy, startAt, endAt }: ConversationFilter): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (user !== undefined) {
    // `lower` of SQLite knows only ASCII, so other capital letters are found as they were typed.
    conditions.push(
      sql`(lower(user_name) like ${patternOf(user.toLowerCase())} escape '!' or user_name like ${patternOf(user)} escape '!')`,
    );
  }
  if (initiatedBy !== undefined) conditions.push(sql`initiated_by = ${initiatedBy}`);
  if (startAt !== undefined) conditions.push(sql`created_at >= ${startAt}`);
  if (endAt !== undefined) conditions.push(sql`created_at < ${endAt}`);
  return conditions;
}

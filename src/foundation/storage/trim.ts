import { sql, type Expression, type SqlBool } from 'kysely';
import type { Tx } from './database.ts';
import type { Instant } from '../platform/clock.ts';
import type { InstanceId } from '../platform/ids.ts';
import type { Tables } from './tables.ts';

/**
 * Deletes the rows whose keys the query `found` returns; returns how many. The query must select the columns of
 * `key`, and should have a limit, so that other transactions don't wait behind a long deletion.
 */
export async function deleteFound<Name extends keyof Tables>(
  tx: Tx,
  table: Name,
  key: readonly [keyof Tables[Name] & string, ...(keyof Tables[Name] & string)[]],
  found: Expression<unknown>,
): Promise<number> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const { numAffectedRows = 0n } =
    await sql`delete from ${sql.table(table)} where (${columns}) in (${found})`.execute(tx);
  return Number(numAffectedRows);
}

/** Deletes up to `batch` rows of an instance whose `column` is before `before`; returns how many. */
export function deleteOlder<Name extends keyof Tables>(
  tx: Tx,
  table: Name,
  key: readonly [keyof Tables[Name] & string, ...(keyof Tables[Name] & string)[]],
  column: keyof Tables[Name] & `${string}_at`,
  { instanceId, before, batch }: { instanceId: InstanceId; before: Instant; batch: number },
): Promise<number> {
  const columns = sql.join(key.map((name) => sql.ref(name)));
  const older = sql`select ${columns} from ${sql.table(table)}
    where instance_id = ${instanceId} and ${sql.ref(column)} < ${before} limit ${sql.lit(batch)}`;
  return deleteFound(tx, table, key, older);
}

/** Rows that belong together, with the columns by which the oldest comes first. The last of them is `id`. */
interface Sized {
  readonly table: 'events' | 'mails' | 'exchanges' | 'refused_requests' | 'authn_requests';
  readonly of: Expression<SqlBool>;
  readonly by: 'sequence' | 'expires_at';
  /** The largest are deleted first, and of equal ones the oldest. */
  readonly largestFirst?: boolean;
}

/**
 * Deletes the oldest rows or the largest, as few as leave at most `maxBytes` octets in the others, at most `batch` of
 * them; returns how many. The sum is read from an index, and the rows themselves are not.
 */
export async function deleteBeyondBytes(
  tx: Tx,
  { table, of, by, largestFirst = false }: Sized,
  maxBytes: number,
  batch: number,
): Promise<number> {
  const sum = await sql<{ total: string | number | null }>`
    select sum(bytes) as total from ${sql.table(table)} where ${of}`.execute(tx);
  const excess = Number(sum.rows[0]?.total ?? 0) - maxBytes;
  if (excess <= 0) return 0;
  const order = largestFirst ? sql`bytes desc, ${sql.ref(by)}, id` : sql`${sql.ref(by)}, id`;
  const key = sql`${sql.ref(by)}, id`;
  const first = sql`select ${key}, bytes from ${sql.table(table)} where ${of} order by ${order} limit ${sql.lit(batch)}`;
  const counted = sql`select ${key}, sum(bytes) over (order by ${order}) - bytes as earlier from (${first}) as first`;
  const found = sql`select ${key} from (${counted}) as counted where earlier < ${excess}`;
  // With `of` these columns are an index's first ones; events and exchanges have no other index.
  const { numAffectedRows = 0n } =
    await sql`delete from ${sql.table(table)} where ${of} and (${key}) in (${found})`.execute(tx);
  return Number(numAffectedRows);
}

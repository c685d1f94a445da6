import { sql, type Expression } from 'kysely';
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

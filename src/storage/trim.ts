import { sql, type Expression } from 'kysely';
import type { Tx } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * Deletes the rows of a table whose keys a query finds, and returns how many went. The query names as many columns as the
 * key has, and its limit: nobody should wait behind a long deletion.
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

import { sql, type Expression, type SqlBool } from 'kysely';
import { dialectOf, type Queries } from './database.ts';

/**
 * `column in (found)`, answered from the few that `found` finds: an index of the column is searched for them. PostgreSQL would join
 * the two and, not knowing how few they are, read the whole table of the column to hash it; what it finds first, into an array,
 * it searches for in the order of the index, page by page.
 */
export function isAmong<Value>(
  queries: Queries,
  column: Expression<Value>,
  found: Expression<Value> | Expression<Record<string, Value>>,
): Expression<SqlBool> {
  return dialectOf(queries) === 'postgres'
    ? sql<SqlBool>`${column} = any(array${found})`
    : sql<SqlBool>`${column} in ${found}`;
}

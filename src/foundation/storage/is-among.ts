import { sql, type Expression, type SqlBool } from 'kysely';
import { dialectOf, type Queries } from './database.ts';

/**
 * `column in (found)` for a subquery that finds few values, answered by searching an index of the column. For a plain
 * `in` PostgreSQL, which doesn't know how few values there are, would read and hash the column's whole table. With an
 * array it runs the subquery first and then searches the index for its values, page by page.
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

import type { CompiledQuery, Insertable, Kysely } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import type { Tx } from './database.ts';
import type { Tables } from './tables.ts';

/** Rows of one statement at the most: with thirty columns still below SQLite's 32,766 parameters. */
const MOST_ROWS = 256;

/**
 * Inserts many rows with few statements, and lets others have the processor between two of them. All rows have the columns
 * of the first. The sizes are powers of two, so that a table has nine statements, which are compiled once and stay prepared,
 * however many rows come.
 */
export async function insertRows<Name extends keyof Tables>(
  tx: Tx,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  // A transaction is Kysely's, narrowed to what stores may do by themselves.
  const kysely = tx as unknown as Kysely<Tables>;
  const columns = Object.keys(rows[0] ?? {});
  let from = 0;
  while (from < rows.length) {
    let size = MOST_ROWS;
    while (size > rows.length - from) size /= 2;
    if (from > 0) await setImmediate();
    const given: readonly object[] = rows.slice(from, from + size);
    await kysely.executeQuery({
      ...statementFor(kysely, table, columns, size),
      parameters: given.flatMap((row) => valuesOf(row, columns)),
    });
    from += size;
  }
}

function valuesOf(row: object, columns: readonly string[]): unknown[] {
  const values: Readonly<Record<string, unknown>> = { ...row };
  return columns.map((column) => {
    const value = values[column];
    // The statement has a place for it: a default can't be asked for there.
    if (value === undefined) throw new Error(`A row has no ${column}.`);
    return value;
  });
}

const known = new WeakMap<object, Map<string, CompiledQuery>>();

/** Building and compiling a statement of many rows takes longer than SQLite takes to insert them. */
function statementFor(
  kysely: Kysely<Tables>,
  table: keyof Tables,
  columns: readonly string[],
  size: number,
): CompiledQuery {
  // A database and its transactions have one adapter.
  const { adapter } = kysely.getExecutor();
  const statements = known.get(adapter) ?? new Map<string, CompiledQuery>();
  known.set(adapter, statements);
  const key = [table, size, ...columns].join();
  let statement = statements.get(key);
  if (!statement) {
    const places = Object.fromEntries(columns.map((column) => [column, 0]));
    // The values only hold places; the caller's rows have this table's type.
    const rows = Array.from({ length: size }, () => places) as never;
    statements.set(key, (statement = kysely.insertInto(table).values(rows).compile()));
  }
  return statement;
}

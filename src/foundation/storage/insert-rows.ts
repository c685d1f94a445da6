import { sql, type CompiledQuery, type Insertable, type Kysely } from 'kysely';
import { toColumnArray } from './column-arrays.ts';
import { dialectOf, type Tx } from './database.ts';
import type { Tables } from './tables.ts';
import { nextTurn } from '../platform/turns.ts';

/** The largest number of rows in a statement. SQLite allows 32,766 parameters, so rows may have 127 columns. */
const MAX_ROWS = { sqlite: 256, postgres: 1024 } as const;

/**
 * Inserts many rows with few statements; other work can run between them. All rows must have the columns of the
 * first.
 */
export async function insertRows<Name extends keyof Tables>(
  tx: Tx,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (dialectOf(tx) === 'postgres') await insertArrays(tx, table, columns, rows);
  else await insertValues(tx, table, columns, rows);
}

/**
 * Passes one array for each column. With a parameter for each value, PostgreSQL takes as long to parse the statement
 * as to insert the rows.
 */
async function insertArrays(
  tx: Tx,
  table: keyof Tables,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += MAX_ROWS.postgres) {
    const given = rows.slice(from, from + MAX_ROWS.postgres);
    const arrays = columns.map((name) => {
      const { type, bytes } = toColumnArray(given.map((row) => valueOf(row, name)));
      return { name: sql.ref(name), type, bytes };
    });
    const typed = arrays.flatMap(({ name, type, bytes }) =>
      type ? { name, array: sql`${bytes}::${sql.raw(type)}[]` } : [],
    );
    await sql`insert into ${sql.table(table)} (${sql.join(arrays.map(({ name }) => name))})
      select ${sql.join(arrays.map(({ name, type }) => (type ? name : sql`null`)))}
      from unnest(${sql.join(typed.map(({ array }) => array))})
      as given(${sql.join(typed.map(({ name }) => name))})`.execute(tx);
  }
}

/**
 * Passes one parameter for each value. The numbers of rows are powers of two, so that each table needs only nine
 * statements, which are compiled once and stay prepared.
 */
async function insertValues(
  tx: Tx,
  table: keyof Tables,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  // A transaction is a Kysely object behind a narrower type.
  const kysely = tx as unknown as Kysely<Tables>;
  let from = 0;
  while (from < rows.length) {
    let size: number = MAX_ROWS.sqlite;
    while (size > rows.length - from) size /= 2;
    if (from > 0) await nextTurn();
    const given = rows.slice(from, from + size);
    await kysely.executeQuery({
      ...statementFor(kysely, table, columns, size),
      parameters: given.flatMap((row) => columns.map((column) => valueOf(row, column))),
    });
    from += size;
  }
}

function valueOf(row: object, column: string): unknown {
  const value: unknown = Reflect.get(row, column);
  // Each column has a parameter, and a parameter can't ask for the column's default.
  if (value === undefined) throw new Error(`A row has no ${column}.`);
  return value;
}

const known = new WeakMap<object, Map<string, CompiledQuery>>();

/** The compiled statement, cached: building and compiling one takes longer than SQLite takes to insert the rows. */
function statementFor(
  kysely: Kysely<Tables>,
  table: keyof Tables,
  columns: readonly string[],
  size: number,
): CompiledQuery {
  // A database and its transactions share one adapter.
  const { adapter } = kysely.getExecutor();
  const statements = known.get(adapter) ?? new Map<string, CompiledQuery>();
  known.set(adapter, statements);
  const key = [table, size, ...columns].join();
  let statement = statements.get(key);
  if (!statement) {
    const placeholders = Object.fromEntries(columns.map((column) => [column, 0]));
    // These values are replaced when the statement runs; the caller's rows have the table's type.
    const rows = Array.from({ length: size }, () => placeholders) as never;
    statements.set(key, (statement = kysely.insertInto(table).values(rows).compile()));
  }
  return statement;
}

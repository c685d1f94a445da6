import { sql, type CompiledQuery, type Insertable, type Kysely } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import { toColumnArray } from './column-arrays.ts';
import { dialectOf, type Tx } from './database.ts';
import type { Tables } from './tables.ts';

/** Rows of one statement at the most. On SQLite with thirty columns still below its 32,766 parameters. */
const MOST_ROWS = { sqlite: 256, postgres: 1024 } as const;

/**
 * Inserts many rows with few statements, and lets others have the processor between two of them. All rows have the columns
 * of the first.
 */
export async function insertRows<Name extends keyof Tables>(
  tx: Tx,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (dialectOf(tx) === 'postgres') await insertArrays(tx, table, columns, rows);
  else await insertPlaces(tx, table, columns, rows);
}

/**
 * An array for each column: PostgreSQL takes as long to read a statement with two thousand places as to insert what goes
 * there.
 */
async function insertArrays(
  tx: Tx,
  table: keyof Tables,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += MOST_ROWS.postgres) {
    const given = rows.slice(from, from + MOST_ROWS.postgres);
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
 * A place for each value. The sizes are powers of two, so that a table has nine statements, which are compiled once and
 * stay prepared, however many rows come.
 */
async function insertPlaces(
  tx: Tx,
  table: keyof Tables,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  // A transaction is Kysely's, narrowed to what stores may do by themselves.
  const kysely = tx as unknown as Kysely<Tables>;
  let from = 0;
  while (from < rows.length) {
    let size: number = MOST_ROWS.sqlite;
    while (size > rows.length - from) size /= 2;
    if (from > 0) await setImmediate();
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
  // The statement has a place for it: a default can't be asked for there.
  if (value === undefined) throw new Error(`A row has no ${column}.`);
  return value;
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

import { sql } from 'kysely';
import type { Database, Tx } from '../../../src/foundation/storage/database.ts';

/** A table as the database describes it. */
export interface DescribedTable {
  name: string;
  columns: { name: string; nullable: boolean }[];
}

/** A foreign key between two tables of the schema. */
export interface ForeignKey {
  table: string;
  column: string;
  parent: string;
  parentColumn: string;
  onDelete: string;
}

/** Every table except those of the migrations. */
export function readTables(db: Database): Promise<DescribedTable[]> {
  return db.transaction(async (tx) => {
    const tables = await tx.introspection.getTables();
    return tables.map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => ({ name: column.name, nullable: column.isNullable })),
    }));
  });
}

export function readForeignKeys(db: Database): Promise<ForeignKey[]> {
  return db.transaction(async (tx) => {
    const { rows } = await (db.dialect === 'sqlite' ? sqliteKeys : postgresKeys).execute(tx);
    return rows.map((row) => ({ ...row, onDelete: row.onDelete.toLowerCase() }));
  });
}

const sqliteKeys = sql<ForeignKey>`
  select m.name as "table", f."from" as "column", f."table" as "parent", f."to" as "parentColumn",
    f.on_delete as "onDelete"
  from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'`;

const postgresKeys = sql<ForeignKey>`
  select c.conrelid::regclass::text as "table", a.attname as "column", c.confrelid::regclass::text as "parent",
    p.attname as "parentColumn", case c.confdeltype when 'c' then 'cascade' else c.confdeltype::text end as "onDelete"
  from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  join pg_attribute p on p.attrelid = c.confrelid and p.attnum = c.confkey[1]
  where c.contype = 'f'`;

type Row = Record<string, unknown>;

/** The rows of a table whose column has this value, in a stable order. */
export async function rowsWhere(tx: Tx, table: string, column: string, value: string): Promise<Row[]> {
  const query = sql<Row>`select * from ${sql.table(table)} where ${sql.ref(column)} = ${value}`;
  const { rows } = await query.execute(tx);
  const text = (row: Row) => JSON.stringify(row);
  return rows.map((row) => ({ ...row })).sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** The number of rows that refer to a row of another organization or instance, by the column `scope` of both tables. */
export async function countCrossing(tx: Tx, key: ForeignKey, scope: string): Promise<number> {
  const query = sql<{ count: number }>`
    select count(*) as count from ${sql.table(key.table)} as child join ${sql.table(key.parent)} as parent
      on ${sql.ref(`child.${key.column}`)} = ${sql.ref(`parent.${key.parentColumn}`)}
    where ${sql.ref(`child.${scope}`)} <> ${sql.ref(`parent.${scope}`)}`;
  const { rows } = await query.execute(tx);
  return Number(rows[0]?.count);
}

/** Every row of a database as JSON, by table. Give the tables to read them often. */
export async function readContent(
  db: Database,
  given?: readonly DescribedTable[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = given ?? (await readTables(db));
  return db.transaction(async (tx) => {
    const content = new Map<string, readonly string[]>();
    for (const { name } of tables) {
      const { rows } = await sql<Row>`select * from ${sql.table(name)}`.execute(tx);
      content.set(name, rows.map((row) => JSON.stringify(row)).sort());
    }
    return content;
  });
}

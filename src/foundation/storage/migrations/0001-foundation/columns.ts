import { PostgresAdapter, sql, type CreateTableBuilder, type Kysely } from 'kysely';

export type Builder<Name extends string, Columns extends string = never> = CreateTableBuilder<Name, Columns>;

export const instants = 'bigint';

/**
 * The type of text columns that lists are sorted by. By default PostgreSQL sorts by the database's collation. Byte
 * order, as in SQLite, makes lists and their cursors the same everywhere.
 */
export function sortedText(db: Kysely<unknown>) {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : 'text';
}

/** Deleting an instance deletes the table's rows that belong to it. */
export function ofInstance<Name extends string, Columns extends string>(table: Builder<Name, Columns>) {
  return table.addColumn('instance_id', 'text', (c) =>
    c.notNull().references('instances.id').onDelete('cascade'),
  );
}

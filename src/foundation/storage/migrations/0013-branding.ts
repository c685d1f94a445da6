import type { Kysely } from 'kysely';

/**
 * An organization's logo. Every request reads the row in `instances`, so that has only a summary (type, size and hash,
 * as JSON), and the octets are in a table of their own.
 */
export const branding = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('instances').addColumn('logo', 'text').execute();
    await db.schema
      .createTable('logos')
      .addColumn('instance_id', 'text', (c) =>
        c.primaryKey().notNull().references('instances.id').onDelete('cascade'),
      )
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('base64', 'text', (c) => c.notNull())
      .execute();
  },
};

import { sql, type Kysely } from 'kysely';

/**
 * Imports of users and groups: what has become of them. What they bring is in the directory's own tables, where a user can
 * be in a thousand groups then: the portal page finds them in an index alone, without looking each membership up.
 */
export const imports = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('imports')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('instance_id', 'text', (c) => c.notNull().references('instances.id').onDelete('cascade'))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('total', 'integer', (c) => c.notNull())
      .addColumn('done', 'integer', (c) => c.notNull())
      .addColumn('faults', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('heartbeat_at', 'bigint', (c) => c.notNull())
      .addColumn('finished_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('imports_created')
      .on('imports')
      .columns(['instance_id', 'created_at', 'id'])
      .execute();
    // One at a time, whichever server runs it.
    await db.schema
      .createIndex('imports_running')
      .unique()
      .on('imports')
      .column('instance_id')
      .where(sql.ref('status'), '=', sql.lit('running'))
      .execute();
    await db.schema
      .createIndex('memberships_user')
      .on('memberships')
      .columns(['user_id', 'instance_id', 'group_id'])
      .execute();
  },
};

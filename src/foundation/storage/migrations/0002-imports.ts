import { sql, type Kysely } from 'kysely';

/**
 * The progress and results of imports of users and groups. After an import a user can be in a thousand groups, so the
 * portal page reads a user's groups from an index alone, without looking up each membership.
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
    // An instance runs one import at a time, across all servers.
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

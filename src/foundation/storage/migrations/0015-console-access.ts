import { sql, type Kysely } from 'kysely';
import { instants, ofInstance } from './0001-foundation/columns.ts';

/**
 * Who may use the console of an instance. A grant refers to a user or to a group by a foreign key of its own, so that
 * it can't outlive them in any way of deleting them.
 */
export const consoleAccess = {
  async up(db: Kysely<unknown>): Promise<void> {
    await ofInstance(db.schema.createTable('console_access'))
      .addColumn('user_id', 'text', (c) => c.unique().references('users.id').onDelete('cascade'))
      .addColumn('group_id', 'text', (c) => c.unique().references('groups.id').onDelete('cascade'))
      .addColumn('access', 'text', (c) => c.notNull())
      .addColumn('granted_at', instants, (c) => c.notNull())
      .addCheckConstraint('console_access_grantee', sql`(user_id is null) <> (group_id is null)`)
      .execute();
    await db.schema
      .createIndex('console_access_instance')
      .on('console_access')
      .column('instance_id')
      .execute();
  },
};

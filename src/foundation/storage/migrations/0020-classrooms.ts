import type { Kysely } from 'kysely';
import { instants } from './0001-foundation/columns.ts';

/**
 * Classes of students, each with an organization of their own. A student's row names the organization without a foreign
 * key: it stays when the organization is reset, which deletes and makes it again, and when somebody else deletes it.
 */
export const classrooms = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('classrooms')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('sealed_template', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('total', 'integer', (c) => c.notNull())
      .addColumn('faults', 'text', (c) => c.notNull())
      .addColumn('sheets', 'integer', (c) => c.notNull())
      .addColumn('runs', 'integer', (c) => c.notNull())
      .addColumn('created_at', instants, (c) => c.notNull())
      .addColumn('heartbeat_at', instants, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('classroom_students')
      .addColumn('classroom_id', 'text', (c) => c.notNull().references('classrooms.id').onDelete('cascade'))
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('user_name', 'text', (c) => c.notNull())
      .addColumn('organization', 'text', (c) => c.notNull())
      .addColumn('directory', 'text', (c) => c.notNull())
      .addColumn('alias', 'text')
      .addColumn('pending', 'text')
      .addColumn('password_hash', 'text')
      .addColumn('users_hash', 'text')
      .addPrimaryKeyConstraint('classroom_students_key', ['classroom_id', 'number'])
      .execute();
  },
};

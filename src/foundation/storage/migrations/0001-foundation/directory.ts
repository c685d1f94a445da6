import type { Kysely } from 'kysely';
import { instants, ofInstance, sortedText } from './columns.ts';

/** Users, groups, memberships and passwords. */
export async function createDirectory(db: Kysely<unknown>): Promise<void> {
  await ofInstance(db.schema.createTable('users').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('user_name_key', sortedText(db), (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('email_key', sortedText(db), (c) => c.notNull())
    .addColumn('given_name', 'text', (c) => c.notNull())
    .addColumn('family_name', 'text', (c) => c.notNull())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('attributes', 'text', (c) => c.notNull())
    .addColumn('enabled', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('updated_at', instants, (c) => c.notNull())
    .addUniqueConstraint('users_user_name', ['instance_id', 'user_name_key'])
    .addUniqueConstraint('users_email', ['instance_id', 'email_key'])
    .execute();
  await ofInstance(db.schema.createTable('groups').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('display_name_key', sortedText(db), (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('updated_at', instants, (c) => c.notNull())
    .addUniqueConstraint('groups_display_name', ['instance_id', 'display_name_key'])
    .execute();
  await ofInstance(db.schema.createTable('memberships'))
    .addColumn('group_id', 'text', (c) => c.notNull().references('groups.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('created_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('memberships_key', ['user_id', 'group_id'])
    .execute();
  await db.schema
    .createIndex('memberships_group')
    .on('memberships')
    .columns(['group_id', 'user_id'])
    .execute();
  await ofInstance(
    db.schema
      .createTable('passwords')
      .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade')),
  )
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('declared_mac', 'text')
    .addColumn('changed_at', instants, (c) => c.notNull())
    .execute();
}

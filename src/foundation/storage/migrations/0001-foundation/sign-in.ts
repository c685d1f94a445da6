import type { Kysely } from 'kysely';
import { instants, ofInstance } from './columns.ts';

/** Sign-ins under way, throttles, and the sessions of the portal and the samples. */
export async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await ofInstance(db.schema.createTable('sign_ins').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('browser_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text')
    .addColumn('user_name', 'text')
    .addColumn('verified', 'text', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('continuation', 'text', (c) => c.notNull())
    .addColumn('completed_at', instants)
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('sign_ins_expiry')
    .on('sign_ins')
    .columns(['instance_id', 'expires_at'])
    .execute();
  await ofInstance(db.schema.createTable('throttles'))
    .addColumn('throttle_key', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('window_started_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('throttles_key', ['instance_id', 'throttle_key'])
    .execute();
  // No reference to users: another rule says when the sessions of a deleted user end (guide, "Authentication
  // sessions").
  await ofInstance(db.schema.createTable('sessions').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('handle_hash', 'text', (c) => c.notNull().unique())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('browser_id', 'text', (c) => c.notNull())
    .addColumn('snapshot', 'text', (c) => c.notNull())
    .addColumn('factors', 'text', (c) => c.notNull())
    .addColumn('authenticated_at', instants, (c) => c.notNull())
    .addColumn('refreshed_at', instants, (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .addColumn('ip', 'text', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('sessions_user').on('sessions').columns(['instance_id', 'user_id']).execute();
  await db.schema
    .createIndex('sessions_expiry')
    .on('sessions')
    .columns(['instance_id', 'expires_at'])
    .execute();
  await ofInstance(
    db.schema.createTable('sample_sessions').addColumn('handle_hash', 'text', (c) => c.primaryKey()),
  )
    .addColumn('sample', 'text', (c) => c.notNull())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .execute();
}

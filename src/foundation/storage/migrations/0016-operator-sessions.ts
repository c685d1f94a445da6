import type { Kysely } from 'kysely';
import { instants } from './0001-foundation/columns.ts';

/** How operators of the whole server come into the console: links, sessions, and wrong guesses of the API token. */
export const operatorSessions = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('operator_links')
      .addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('expires_at', instants, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('operator_sessions')
      .addColumn('handle_hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('opened_by', 'text', (c) => c.notNull())
      .addColumn('expires_at', instants, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('operator_attempts')
      .addColumn('network', 'text', (c) => c.primaryKey().notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('window_started_at', instants, (c) => c.notNull())
      .execute();
  },
};

import type { Kysely } from 'kysely';

/** The last response to a service provider's request that a session got, and until when it is shown again. */
export const lastAnswers = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('sessions').addColumn('last_answer_to', 'text').execute();
    await db.schema.alterTable('sessions').addColumn('last_answer_until', 'bigint').execute();
    await db.schema.alterTable('sessions').addColumn('last_answer', 'text').execute();
    await db.schema
      .createIndex('sessions_last_answer')
      .on('sessions')
      .columns(['instance_id', 'last_answer_until'])
      .where('last_answer_until', 'is not', null)
      .execute();
  },
};

import type { Kysely } from 'kysely';

/** How many of the counted attempts are still being judged. */
export const attemptsUnderWay = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('throttles')
      .addColumn('under_way', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};

import type { Kysely } from 'kysely';

/**
 * What was let pass in the request of an exchange, as JSON. `bytes` leaves it out: it has at most one short text for
 * each relaxation.
 */
export const findings = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('exchanges')
      .addColumn('findings', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute();
  },
};

import type { Kysely } from 'kysely';

/** The version lets a change of an organization be refused when another change came first. */
export const organizationVersion = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('organizations')
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
      .execute();
  },
};

import type { Kysely } from 'kysely';

/** Lets a change of an organization be refused when somebody else was faster. */
export const organizationVersion = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('organizations')
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
      .execute();
  },
};

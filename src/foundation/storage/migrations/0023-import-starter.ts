import type { Kysely } from 'kysely';

/** Who began an import; null for those before. A copy, since an import outlives the user. */
export const importStarter = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('imports').addColumn('started_by', 'text').execute();
  },
};

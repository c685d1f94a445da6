import type { Kysely } from 'kysely';

/**
 * A membership's key finds a user's groups and is all that the portal page reads of them. The index that did so with the
 * instance's id in it made every new membership dearer, by an eighth of what an import costs PostgreSQL.
 */
export const memberships = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.dropIndex('memberships_user').execute();
  },
};

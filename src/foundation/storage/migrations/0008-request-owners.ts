import type { Kysely } from 'kysely';

/**
 * The browser to which a waiting request belongs, and what began the sign-in of a session. Sessions and requests of an
 * earlier release have neither: such a session doesn't meet ForceAuthn, and such a request belongs to the first browser
 * that must sign in for it.
 */
export const requestOwners = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('authn_requests').addColumn('claimed_by', 'text').execute();
    await db.schema.alterTable('sessions').addColumn('started_by_kind', 'text').execute();
    await db.schema.alterTable('sessions').addColumn('started_by_ref_hash', 'text').execute();
  },
};

import type { Kysely } from 'kysely';
import { createApplications } from './0001-foundation/applications.ts';
import { createDirectory } from './0001-foundation/directory.ts';
import { createOrganizations, createEvents } from './0001-foundation/organizations.ts';
import { createSaml } from './0001-foundation/saml.ts';
import { createSignIn } from './0001-foundation/sign-in.ts';

/** The tables of organizations, instances, the directory, sign-ins, sessions, applications, SAML and events. */
export const foundation = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createOrganizations(db);
    await createDirectory(db);
    await createSignIn(db);
    await createApplications(db);
    await createSaml(db);
    await createEvents(db);
    await db.schema
      .createTable('server_state')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
  },
};

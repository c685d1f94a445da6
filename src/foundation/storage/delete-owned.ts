import { sql } from 'kysely';
import { dialectOf, type Tx } from './database.ts';
import type { Tables } from './tables.ts';

type OwnerColumn = 'instance_id' | 'organization_id';
type OwnedBy<Column extends OwnerColumn> = {
  [Name in keyof Tables]: Column extends keyof Tables[Name] ? Name : never;
}[keyof Tables];

/** The tables whose rows an instance or an organization owns. The types make sure that none is missing. */
const OWNED: { readonly [Column in OwnerColumn]: Readonly<Record<OwnedBy<Column>, true>> } = {
  instance_id: {
    ...{
      memberships: true,
      assignments: true,
      passwords: true,
      password_history: true,
      password_links: true,
    },
    ...{ mfa_devices: true, mfa_registrations: true, sessions: true, sign_ins: true, trusted_devices: true },
    ...{ throttles: true, exchanges: true, authn_requests: true, seen_requests: true, sample_sessions: true },
    refused_requests: true,
    ...{ certificate_rehearsals: true, certificates: true, imports: true, spent_tokens: true, logos: true },
    ...{ console_access: true, applications: true, groups: true, users: true },
  },
  organization_id: { events: true, mails: true, instances: true },
};

/** Some ten milliseconds for SQLite, with the rows of other tables that refer to these. */
const BATCH = 500;

/**
 * Deletes what an organization or instance owns, batch by batch, before the owner itself is deleted: deleting its row
 * would delete all of it too, but on SQLite in one statement, which takes a second for 20,000 users, and nobody else is
 * answered meanwhile. PostgreSQL works in another process.
 */
export async function deleteOwned(tx: Tx, column: OwnerColumn, owner: string): Promise<void> {
  if (dialectOf(tx) === 'postgres') return;
  for (const name of Object.keys(OWNED[column])) {
    const table = sql.table(name);
    const found = sql`select rowid from ${table} where ${sql.ref(column)} = ${owner} limit ${sql.lit(BATCH)}`;
    for (let deleted = BATCH; deleted === BATCH;) {
      const { numAffectedRows } = await sql`delete from ${table} where rowid in (${found})`.execute(tx);
      deleted = Number(numAffectedRows);
    }
  }
}

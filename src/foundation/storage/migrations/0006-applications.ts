import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';

const instants = 'bigint';

/** Salts of persistent NameIDs, rehearsals of certificates, and the order of exchanges. */
export const applications = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addNameIdSalts(db);
    await addExchangeSequence(db);
    await createRehearsals(db);
  },
};

/** No persistent NameID exists yet, so any salt will do, as long as each application has its own. */
async function addNameIdSalts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('applications')
    .addColumn('name_id_salt', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  const { rows } = await sql<{ id: string }>`select id from applications`.execute(db);
  for (const { id } of rows) {
    const salt = randomBytes(32).toString('base64url');
    await sql`update applications set name_id_salt = ${salt} where id = ${id}`.execute(db);
  }
}

async function addExchangeSequence(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('exchanges')
    .addColumn('sequence', instants, (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update exchanges set sequence = created_at * 1000`.execute(db);
  await db.schema.dropIndex('exchanges_application').execute();
  await db.schema
    .createIndex('exchanges_sequence')
    .on('exchanges')
    .columns(['application_id', 'sequence', 'id'])
    .execute();
}

async function createRehearsals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('certificate_rehearsals')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('instance_id', 'text', (c) => c.notNull().references('instances.id').onDelete('cascade'))
    .addColumn('application_id', 'text', (c) => c.notNull().references('applications.id').onDelete('cascade'))
    // Deleting a certificate deletes its rehearsals.
    .addColumn('certificate_id', 'text', (c) => c.notNull().references('certificates.id').onDelete('cascade'))
    .addColumn('secret_hash', 'text')
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('certificate_rehearsals_application')
    .on('certificate_rehearsals')
    .columns(['instance_id', 'application_id'])
    .execute();
  await db.schema
    .createIndex('certificate_rehearsals_certificate')
    .on('certificate_rehearsals')
    .columns(['certificate_id'])
    .execute();
}

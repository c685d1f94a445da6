import type { Kysely } from 'kysely';
import { instants, ofInstance, type Builder } from './columns.ts';

/** Requests of service providers that wait or were seen, and exchanges. */
export async function createSaml(db: Kysely<unknown>): Promise<void> {
  const ofApplication = <Name extends string, Columns extends string>(table: Builder<Name, Columns>) =>
    ofInstance(table).addColumn('application_id', 'text', (c) =>
      c.notNull().references('applications.id').onDelete('cascade'),
    );
  await ofApplication(db.schema.createTable('authn_requests').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('request_xml', 'text', (c) => c.notNull())
    .addColumn('relay_state', 'text')
    .addColumn('received_at', instants, (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('authn_requests_expiry')
    .on('authn_requests')
    .columns(['instance_id', 'expires_at'])
    .execute();
  await ofApplication(db.schema.createTable('seen_requests'))
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('seen_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('seen_requests_key', ['application_id', 'request_id'])
    .execute();
  await db.schema
    .createIndex('seen_requests_age')
    .on('seen_requests')
    .columns(['application_id', 'seen_at'])
    .execute();
  await ofApplication(db.schema.createTable('exchanges').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('user_id', 'text')
    .addColumn('user_name', 'text')
    .addColumn('initiated_by', 'text', (c) => c.notNull())
    .addColumn('request_xml', 'text')
    .addColumn('response_xml', 'text', (c) => c.notNull())
    .addColumn('acs_url', 'text', (c) => c.notNull())
    .addColumn('relay_state', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('exchanges_application')
    .on('exchanges')
    .columns(['application_id', 'created_at'])
    .execute();
}

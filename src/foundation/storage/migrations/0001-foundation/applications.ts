import { sql, type Kysely } from 'kysely';
import { instants, ofInstance, sortedText } from './columns.ts';

/** Applications, their certificates and assignments. */
export async function createApplications(db: Kysely<unknown>): Promise<void> {
  await ofInstance(db.schema.createTable('applications').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('application_key', 'text', (c) => c.notNull())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('display_name_key', sortedText(db), (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('enabled', 'integer', (c) => c.notNull())
    .addColumn('entity_id', 'text', (c) => c.notNull())
    .addColumn('service_provider', 'text', (c) => c.notNull())
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('updated_at', instants, (c) => c.notNull())
    .addUniqueConstraint('applications_application_key', ['instance_id', 'application_key'])
    .execute();
  await db.schema
    .createIndex('applications_display_name')
    .on('applications')
    .columns(['instance_id', 'display_name_key', 'id'])
    .execute();
  await db.schema
    .createIndex('applications_entity')
    .on('applications')
    .columns(['instance_id', 'entity_id'])
    .execute();
  await ofInstance(db.schema.createTable('certificates').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('application_id', 'text', (c) => c.notNull().references('applications.id').onDelete('cascade'))
    .addColumn('is_active', 'integer', (c) => c.notNull())
    .addColumn('certificate_pem', 'text', (c) => c.notNull())
    .addColumn('sealed_private_key', 'text', (c) => c.notNull())
    .addColumn('key_size', 'integer', (c) => c.notNull())
    .addColumn('algorithm', 'text', (c) => c.notNull())
    .addColumn('not_before_at', instants, (c) => c.notNull())
    .addColumn('not_after_at', instants, (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .execute();
  // An application has one active certificate, which signs all assertions (guide, "Set the new certificate to active").
  await db.schema
    .createIndex('certificates_active')
    .unique()
    .on('certificates')
    .column('application_id')
    .where(sql.ref('is_active'), '=', sql.lit(1))
    .execute();
  await db.schema
    .createIndex('certificates_application')
    .on('certificates')
    .column('application_id')
    .execute();
  // No reference to principals or targets: an assignment can outlive its principal, and still shows the principal's
  // name.
  await ofInstance(db.schema.createTable('assignments'))
    .addColumn('principal_type', 'text', (c) => c.notNull())
    .addColumn('principal_id', 'text', (c) => c.notNull())
    .addColumn('principal_name', 'text', (c) => c.notNull())
    .addColumn('target_type', 'text', (c) => c.notNull())
    .addColumn('target_id', 'text', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('assignments_key', ['target_id', 'principal_id'])
    .execute();
  await db.schema
    .createIndex('assignments_principal')
    .on('assignments')
    .columns(['principal_id', 'target_type', 'target_id'])
    .execute();
  // Finds the few groups assigned to an application among thousands of users. The instance isn't the first column:
  // SQLite would then scan all assignments of the instance instead of looking up a user's groups.
  await db.schema
    .createIndex('assignments_target')
    .on('assignments')
    .columns(['target_id', 'principal_type', 'principal_id', 'instance_id'])
    .execute();
}

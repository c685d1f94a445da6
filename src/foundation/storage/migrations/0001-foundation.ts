import { PostgresAdapter, sql, type CreateTableBuilder, type Kysely } from 'kysely';

type Builder<Name extends string, Columns extends string = never> = CreateTableBuilder<Name, Columns>;

const instants = 'bigint';

/**
 * The type of text columns that lists are sorted by. By default PostgreSQL sorts by the database's collation. Byte
 * order, as in SQLite, makes lists and their cursors the same everywhere.
 */
function sortedText(db: Kysely<unknown>) {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : 'text';
}

/** Deleting an instance deletes the table's rows that belong to it. */
function ofInstance<Name extends string, Columns extends string>(table: Builder<Name, Columns>) {
  return table.addColumn('instance_id', 'text', (c) =>
    c.notNull().references('instances.id').onDelete('cascade'),
  );
}

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

async function createOrganizations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organizations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('management_account_id', 'text', (c) => c.notNull())
    .addColumn('is_default', 'integer', (c) => c.notNull())
    .addColumn('clock_offset_ms', instants, (c) => c.notNull())
    .addColumn('clock_frozen_at', instants)
    .addColumn('created_at', instants, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('instances')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organization_id', 'text', (c) =>
      c.notNull().unique().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('directory_id', 'text', (c) => c.notNull().unique())
    .addColumn('alias', 'text', (c) => c.unique())
    .addColumn('region', 'text', (c) => c.notNull())
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .execute();
  // At most one organization is the default.
  await db.schema
    .createIndex('organizations_default')
    .unique()
    .on('organizations')
    .column('is_default')
    .where(sql.ref('is_default'), '=', sql.lit(1))
    .execute();
}

async function createDirectory(db: Kysely<unknown>): Promise<void> {
  await ofInstance(db.schema.createTable('users').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('user_name_key', sortedText(db), (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('email_key', sortedText(db), (c) => c.notNull())
    .addColumn('given_name', 'text', (c) => c.notNull())
    .addColumn('family_name', 'text', (c) => c.notNull())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('attributes', 'text', (c) => c.notNull())
    .addColumn('enabled', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('updated_at', instants, (c) => c.notNull())
    .addUniqueConstraint('users_user_name', ['instance_id', 'user_name_key'])
    .addUniqueConstraint('users_email', ['instance_id', 'email_key'])
    .execute();
  await ofInstance(db.schema.createTable('groups').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('display_name_key', sortedText(db), (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('updated_at', instants, (c) => c.notNull())
    .addUniqueConstraint('groups_display_name', ['instance_id', 'display_name_key'])
    .execute();
  await ofInstance(db.schema.createTable('memberships'))
    .addColumn('group_id', 'text', (c) => c.notNull().references('groups.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('created_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('memberships_key', ['user_id', 'group_id'])
    .execute();
  await db.schema
    .createIndex('memberships_group')
    .on('memberships')
    .columns(['group_id', 'user_id'])
    .execute();
  await ofInstance(
    db.schema
      .createTable('passwords')
      .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade')),
  )
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('declared_mac', 'text')
    .addColumn('changed_at', instants, (c) => c.notNull())
    .execute();
}

async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await ofInstance(db.schema.createTable('sign_ins').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('browser_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text')
    .addColumn('user_name', 'text')
    .addColumn('verified', 'text', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('continuation', 'text', (c) => c.notNull())
    .addColumn('completed_at', instants)
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('sign_ins_expiry')
    .on('sign_ins')
    .columns(['instance_id', 'expires_at'])
    .execute();
  await ofInstance(db.schema.createTable('throttles'))
    .addColumn('throttle_key', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('window_started_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('throttles_key', ['instance_id', 'throttle_key'])
    .execute();
  // No reference to users: another rule says when the sessions of a deleted user end (guide, "Authentication
  // sessions").
  await ofInstance(db.schema.createTable('sessions').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('handle_hash', 'text', (c) => c.notNull().unique())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('browser_id', 'text', (c) => c.notNull())
    .addColumn('snapshot', 'text', (c) => c.notNull())
    .addColumn('factors', 'text', (c) => c.notNull())
    .addColumn('authenticated_at', instants, (c) => c.notNull())
    .addColumn('refreshed_at', instants, (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .addColumn('ip', 'text', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('sessions_user').on('sessions').columns(['instance_id', 'user_id']).execute();
  await db.schema
    .createIndex('sessions_expiry')
    .on('sessions')
    .columns(['instance_id', 'expires_at'])
    .execute();
  await ofInstance(
    db.schema.createTable('sample_sessions').addColumn('handle_hash', 'text', (c) => c.primaryKey()),
  )
    .addColumn('sample', 'text', (c) => c.notNull())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .execute();
}

async function createApplications(db: Kysely<unknown>): Promise<void> {
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

async function createSaml(db: Kysely<unknown>): Promise<void> {
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

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organization_id', 'text', (c) =>
      c.notNull().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('sequence', instants, (c) => c.notNull())
    .addColumn('event_at', instants, (c) => c.notNull())
    .addColumn('event_name', 'text', (c) => c.notNull())
    .addColumn('username', 'text')
    .addColumn('read_only', 'integer', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('events_sequence')
    .on('events')
    .columns(['organization_id', 'sequence', 'id'])
    .execute();
}

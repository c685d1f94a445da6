import { sql, type CreateTableBuilder, type Kysely } from 'kysely';

type Builder<Name extends string, Columns extends string = never> = CreateTableBuilder<Name, Columns>;

const instants = 'bigint';

/** Deleting an instance deletes the table's rows that belong to it. */
function ofInstance<Name extends string, Columns extends string>(table: Builder<Name, Columns>) {
  return table.addColumn('instance_id', 'text', (c) =>
    c.notNull().references('instances.id').onDelete('cascade'),
  );
}

/** Deleting a user deletes the table's rows that belong to the user. */
function ofUser<Name extends string, Columns extends string>(table: Builder<Name, Columns>) {
  return ofInstance(table).addColumn('user_id', 'text', (c) =>
    c.notNull().references('users.id').onDelete('cascade'),
  );
}

/** MFA devices and their registrations, trusted devices, password history, links that set a password, and mail. */
export const credentials = {
  async up(db: Kysely<unknown>): Promise<void> {
    await changeSignIn(db);
    await createMfaDevices(db);
    await createTrustedDevices(db);
    await createPasswordRules(db);
    await createMails(db);
  },
};

async function changeSignIn(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('sign_ins')
    .addColumn('progress', 'text', (c) =>
      c.notNull().defaultTo('{"challenged":null,"mailCode":null,"registered":null}'),
    )
    .execute();
  await db.schema
    .alterTable('passwords')
    .addColumn('must_change', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}

async function createMfaDevices(db: Kysely<unknown>): Promise<void> {
  await ofUser(db.schema.createTable('mfa_devices').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('device_type', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    // TOTP: the last time step that was used; WebAuthn: the signature counter.
    .addColumn('counter', instants)
    .addColumn('sealed_secret', 'text')
    .addColumn('drift_steps', 'integer')
    .addColumn('in_sync', 'integer', (c) => c.notNull())
    .addColumn('credential_id', 'text')
    .addColumn('public_key', 'text')
    .addColumn('transports', 'text')
    .addColumn('is_built_in', 'integer', (c) => c.notNull())
    // Of the TOTP secret or the WebAuthn credential id: a device is registered only once.
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('registered_at', instants, (c) => c.notNull())
    .addColumn('last_used_at', instants)
    .addColumn('version', 'integer', (c) => c.notNull())
    .addUniqueConstraint('mfa_devices_fingerprint', ['instance_id', 'fingerprint'])
    .execute();
  await db.schema.createIndex('mfa_devices_user').on('mfa_devices').column('user_id').execute();
  // One registration under way for each sign-in, session or operator and user: another one replaces it.
  await ofUser(db.schema.createTable('mfa_registrations').addColumn('owner', 'text', (c) => c.notNull()))
    .addColumn('device_type', 'text', (c) => c.notNull())
    .addColumn('sealed_secret', 'text', (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('mfa_registrations_key', ['user_id', 'owner'])
    .execute();
  await expiryIndex(db, 'mfa_registrations');
}

async function createTrustedDevices(db: Kysely<unknown>): Promise<void> {
  await ofUser(db.schema.createTable('trusted_devices').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('browser_id', 'text', (c) => c.notNull())
    .addColumn('browser_family', 'text', (c) => c.notNull())
    .addColumn('ip', 'text', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .addColumn('trusted_at', instants, (c) => c.notNull())
    .addUniqueConstraint('trusted_devices_context', ['user_id', 'browser_id', 'browser_family', 'ip'])
    .execute();
}

async function createPasswordRules(db: Kysely<unknown>): Promise<void> {
  await ofUser(db.schema.createTable('password_history'))
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('replaced_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('password_history_key', ['user_id', 'hash'])
    .execute();
  await ofUser(db.schema.createTable('password_links').addColumn('token_hash', 'text', (c) => c.primaryKey()))
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('password_links_user').on('password_links').column('user_id').execute();
  await expiryIndex(db, 'password_links');
  // Tokens that work once and are stored nowhere else, such as the token of a captcha image.
  await ofInstance(db.schema.createTable('spent_tokens'))
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', instants, (c) => c.notNull())
    .addPrimaryKeyConstraint('spent_tokens_key', ['instance_id', 'token_hash'])
    .execute();
  await expiryIndex(db, 'spent_tokens');
}

async function createMails(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mails')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organization_id', 'text', (c) =>
      c.notNull().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('sequence', instants, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('to_address', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('html', 'text', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    // In real time: a mail server doesn't follow an organization's clock.
    .addColumn('next_attempt_at', instants)
    .addColumn('last_error', 'text')
    .execute();
  await db.schema
    .createIndex('mails_sequence')
    .on('mails')
    .columns(['organization_id', 'sequence', 'id'])
    .execute();
  await db.schema
    .createIndex('mails_due')
    .on('mails')
    .column('next_attempt_at')
    .where(sql.ref('status'), '=', sql.lit('pending'))
    .execute();
}

async function expiryIndex(db: Kysely<unknown>, table: string): Promise<void> {
  await db.schema.createIndex(`${table}_expiry`).on(table).columns(['instance_id', 'expires_at']).execute();
}

import { PostgresAdapter, sql, type Kysely } from 'kysely';

/**
 * What administrators see of a sign-in under way: where it comes from, and its events. Their index is partial, so that
 * the events of responses, which are the most, don't write to it. The index of sign-ins contains the user, so that a
 * search for one reads no rows of others.
 */
export const signInWatch = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ['ip', 'user_agent']) {
      await db.schema
        .alterTable('sign_ins')
        .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
        .execute();
    }
    await db.schema.dropIndex('sign_ins_expiry').execute();
    await db.schema
      .createIndex('sign_ins_expiry')
      .on('sign_ins')
      .columns(['instance_id', 'expires_at', 'id', 'user_id'])
      .execute();
    await db.schema.alterTable('events').addColumn('sign_in_id', 'text').execute();
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    const workflow = isPostgres
      ? sql`record::jsonb #>> '{additionalEventData,AuthWorkflowID}'`
      : sql`json_extract(record, '$.additionalEventData.AuthWorkflowID')`;
    await sql`update events set sign_in_id = ${workflow}
      where event_name in ('CredentialChallenge', 'CredentialVerification', 'UserAuthentication')`.execute(
      db,
    );
    await db.schema
      .createIndex('events_sign_in')
      .on('events')
      .columns(['organization_id', 'sign_in_id', 'sequence', 'id', 'bytes'])
      .where(sql.ref('sign_in_id'), 'is not', null)
      .execute();
  },
};

import { sql, type Kysely } from 'kysely';

/** The columns that are read and written here. */
interface Before {
  mails: { id: string; to_address: string; subject: string; search_key: string };
}

const BATCH = 500;

/**
 * The text in which mails are searched, whom a mail is for, and the event that caused it. The index of mails contains all
 * that they are searched by, so that a search reads no row that it doesn't find. Users and events have no foreign key:
 * a mail outlives both.
 */
export const mailSearch = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('mails')
      .addColumn('search_key', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.schema.alterTable('mails').addColumn('user_id', 'text').execute();
    await db.schema.alterTable('mails').addColumn('event_id', 'text').execute();
    await fill(db);
    await db.schema.dropIndex('mails_sequence').execute();
    await db.schema
      .createIndex('mails_sequence')
      .on('mails')
      .columns(['organization_id', 'sequence', 'id', 'bytes', 'kind', 'status', 'search_key'])
      .execute();
  },
};

async function fill(db: Kysely<Before>): Promise<void> {
  for (let after = ''; ;) {
    const mails = await db
      .selectFrom('mails')
      .select(['id', 'to_address', 'subject'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const last = mails.at(-1);
    if (!last) return;
    for (const { id, to_address, subject } of mails) {
      const search_key = searchKey(`${to_address} ${subject}`);
      await sql`update mails set search_key = ${search_key} where id = ${id}`.execute(db);
    }
    after = last.id;
  }
}

/** As mail made it when this was written: a migration doesn't change. */
function searchKey(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  return Buffer.from(folded)
    .subarray(0, 1400)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
}

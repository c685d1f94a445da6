import { sql, type Kysely } from 'kysely';
import { sortedText } from './0001-foundation/columns.ts';

/** The columns that are read and written here. */
interface Before {
  users: { id: string; user_name: string; email: string; display_name: string; search_key: string };
}

const BATCH = 500;

/**
 * The text in which users are searched. Its index has all that a search and a filter ask for, in the order of the list,
 * so that a search reads no row that it doesn't find.
 */
export const userSearch = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('users')
      .addColumn('search_key', sortedText(db), (c) => c.notNull().defaultTo(''))
      .execute();
    await fill(db);
    await db.schema
      .createIndex('users_search')
      .on('users')
      .columns(['instance_id', 'user_name_key', 'enabled', 'search_key'])
      .execute();
  },
};

async function fill(db: Kysely<Before>): Promise<void> {
  for (let after = ''; ;) {
    const users = await db
      .selectFrom('users')
      .select(['id', 'user_name', 'email', 'display_name'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const last = users.at(-1);
    if (!last) return;
    for (const user of users) {
      const search_key = searchKey([user.user_name, user.email, user.display_name]);
      await sql`update users set search_key = ${search_key} where id = ${user.id}`.execute(db);
    }
    after = last.id;
  }
}

/** As the directory made it when this was written: a migration doesn't change. */
function searchKey(names: readonly string[]): string {
  const fold = (text: string) => text.normalize('NFKC').toLowerCase().normalize('NFKC');
  const octets = Buffer.from([...new Set(names.map(fold))].join(' '));
  return octets
    .subarray(0, 1400)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
}

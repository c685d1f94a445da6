import type { Database, Queries, Tx } from './database.ts';

/** Values that a server stores for itself, outside of any organization. */
export type ServerStateName = 'api-token-hash' | 'sealing-check' | 'public-url' | 'first-console-link';

export async function readServerState(queries: Queries, name: ServerStateName): Promise<string | undefined> {
  const row = await queries
    .selectFrom('server_state')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}

export async function writeServerState(tx: Tx, name: ServerStateName, value: string): Promise<void> {
  await tx
    .insertInto('server_state')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Writes a value unless one exists, and returns the stored one, so that two servers that start together agree. */
export async function claimServerState(db: Database, name: ServerStateName, value: string): Promise<string> {
  return db.transaction(async (tx) => {
    await tx
      .insertInto('server_state')
      .values({ name, value })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await readServerState(tx, name)) ?? value;
  });
}

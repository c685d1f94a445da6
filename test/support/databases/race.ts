import { sql } from 'kysely';
import type { Work } from '../../../src/domain/audit/commands.ts';
import type { Database } from '../../../src/foundation/storage/database.ts';
import type { Tenant } from './tenant.ts';

/**
 * Starts `second` after `first` has written and before it commits. On PostgreSQL, `second` has by then found nothing
 * and waits for the row that `first` wrote; on SQLite it hasn't begun. Settles as `second` does.
 */
export async function race<T>(
  tenant: Pick<Tenant, 'db' | 'run'>,
  first: (work: Work) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<T> {
  let outcome: Promise<() => T> | undefined;
  await tenant.run(async (work) => {
    await first(work);
    // A function keeps the rejection: a rejected promise without a handler would end the process.
    outcome = second().then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    if (tenant.db.dialect === 'postgres') await somebodyWaits(tenant.db);
  });
  if (!outcome) throw new Error('The first one never came to its end.');
  return (await outcome)();
}

async function somebodyWaits(db: Database): Promise<void> {
  const waiting = sql<{ pid: number }>`
    select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await db.transaction((tx) => waiting.execute(tx))).rows.length === 0);
}

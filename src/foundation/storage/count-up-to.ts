import type { SelectQueryBuilder } from 'kysely';
import type { Instant } from '../platform/clock.ts';
import type { Queries } from './database.ts';
import type { Tables } from './tables.ts';

/** Counting stops there: each row is an entry of an index to read. */
const MOST = 10_000;

/** Instants after `after` and until `by`. */
export interface Span {
  readonly after: Instant;
  readonly by: Instant;
}

/** How many rows a query finds; 10,000 stands for that many or more. */
export async function countUpTo<Name extends keyof Tables, Output>(
  queries: Queries,
  rows: SelectQueryBuilder<Tables, Name, Output>,
): Promise<number> {
  const { count } = await queries
    .selectFrom(rows.limit(MOST).as('counted'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

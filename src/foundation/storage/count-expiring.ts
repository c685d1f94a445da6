import type { Instant } from '../platform/clock.ts';
import type { InstanceId } from '../platform/ids.ts';
import type { Queries } from './database.ts';

/** Counting stops there: each row is an entry of an index to read. */
const MOST_EXPIRING = 10_000;

/** Instants after `after` and until `by`. */
export interface Span {
  readonly after: Instant;
  readonly by: Instant;
}

/** How many rows of an instance expire within a span; `MOST_EXPIRING` stands for that many or more. */
export async function countExpiring(
  queries: Queries,
  table: 'sessions' | 'sign_ins' | 'password_links',
  instanceId: InstanceId,
  { after, by }: Span,
): Promise<number> {
  const expiring = queries
    .selectFrom(table)
    .select('expires_at')
    .where('instance_id', '=', instanceId)
    .where('expires_at', '>', after)
    .where('expires_at', '<=', by)
    .limit(MOST_EXPIRING);
  const { count } = await queries
    .selectFrom(expiring.as('expiring'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

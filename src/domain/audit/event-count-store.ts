import { sql } from 'kysely';
import { DAY_MS, type Instant } from '../../foundation/platform/clock.ts';
import type { OrganizationId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { lookThrough } from './event-list-store.ts';

/** Sign-ins of one day, in UTC by the organization's clock. */
export interface SignInDay {
  /** When the day began. */
  readonly startAt: Instant;
  /** Sign-ins that were completed. */
  readonly signIns: number;
  /** Wrong passwords, codes and keys. */
  readonly failures: number;
}

export interface SignInCounts {
  /** The oldest first; the last one is the day of `at`. */
  readonly days: readonly SignInDay[];
  /** False when the history was too long to look through all of it: then the oldest events aren't counted. */
  readonly isComplete: boolean;
}

/** Counts the sign-ins of the last days, in the newest events of an organization. */
export async function countSignIns(
  queries: Queries,
  organizationId: OrganizationId,
  at: Instant,
  dayCount: number,
): Promise<SignInCounts> {
  const today = Math.floor(at / DAY_MS);
  const first = today - dayCount + 1;
  const counts = new Map<string, number>();
  const { next } = await lookThrough(queries, organizationId, {}, async (looked) => {
    const rows = await queries
      .selectFrom(looked.as('looked'))
      // Both databases divide whole numbers to a whole number.
      .select([sql<number>`event_at / ${sql.lit(DAY_MS)}`.as('day'), 'failed'])
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('event_at', '>=', first * DAY_MS)
      .where(({ eb, and, or }) =>
        or([
          and([eb('event_name', '=', 'UserAuthentication'), eb('failed', '=', 0)]),
          and([eb('event_name', '=', 'CredentialVerification'), eb('failed', '=', 1)]),
        ]),
      )
      .groupBy([sql`event_at / ${sql.lit(DAY_MS)}`, 'failed'])
      .execute();
    for (const { day, failed, count } of rows) {
      const key = `${day} ${failed}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
    return false;
  });
  const days = Array.from({ length: dayCount }, (_, index) => ({
    startAt: (first + index) * DAY_MS,
    signIns: counts.get(`${first + index} 0`) ?? 0,
    failures: counts.get(`${first + index} 1`) ?? 0,
  }));
  return { days, isComplete: next === null };
}

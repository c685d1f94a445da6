import type { InstanceId } from '../../foundation/platform/ids.ts';
import { countUpTo, type Span } from '../../foundation/storage/count-up-to.ts';
import type { Queries } from '../../foundation/storage/database.ts';

/** How many sessions of an instance end within a span of policy time; 10,000 stands for that many or more. */
export const countExpiringSessions = (queries: Queries, instanceId: InstanceId, { after, by }: Span) =>
  countUpTo(
    queries,
    queries
      .selectFrom('sessions')
      .select('expires_at')
      .where('instance_id', '=', instanceId)
      .where('expires_at', '>', after)
      .where('expires_at', '<=', by),
  );

/**
 * How many sign-ins that are under way expire within a span of policy time; 10,000 stands for that many or more. A
 * completed one is kept until it expires, but nobody loses it.
 */
export const countExpiringSignIns = (queries: Queries, instanceId: InstanceId, { after, by }: Span) =>
  countUpTo(
    queries,
    queries
      .selectFrom('sign_ins')
      .select('expires_at')
      .where('instance_id', '=', instanceId)
      .where('completed_at', 'is', null)
      .where('expires_at', '>', after)
      .where('expires_at', '<=', by),
  );

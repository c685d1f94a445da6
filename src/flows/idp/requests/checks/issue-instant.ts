import { MINUTE_MS, toIsoSeconds } from '../../../../foundation/platform/clock.ts';
import { refuseToUser } from '../refusal.ts';
import type { Check } from './check.ts';

const OLDEST_MS = 10 * MINUTE_MS;
const NEWEST_MS = 3 * MINUTE_MS;

/**
 * IssueInstant must be within the last ten minutes, or at most three in the future, so that captured requests
 * can't be used later.
 */
export const checkIssueInstant: Check = ({ request, now }) => {
  const { issueInstant } = request;
  if (issueInstant >= now - OLDEST_MS && issueInstant <= now + NEWEST_MS) return undefined;
  const [kind, advice] =
    issueInstant < now
      ? ['stale', 'it is more than ten minutes old. Start the sign-in again at the application']
      : ['in the future', 'it is more than three minutes ahead. Correct the service provider’s clock'];
  return refuseToUser(
    'issue-instant',
    `The request is ${kind}: it was issued at ${toIsoSeconds(issueInstant)}, and now is ${toIsoSeconds(now)}; ${advice}.`,
  );
};

import type { When } from '../../components/when.tsx';
import type { ConsoleFrame } from '../instance-layout.tsx';
import type { StatusTagProps } from '../../components/console/status-tag.tsx';

/** A SAML conversation in a list. */
export interface ListedExchange {
  readonly id: string;
  readonly at: When;
  readonly applicationName: string;
  /** Absent if no user was known. */
  readonly userName?: string | undefined;
  readonly initiatedBy: keyof typeof STARTED_BY;
  readonly outcome: keyof typeof OUTCOMES;
  /** The last part of the status code, such as `Success`; the reason of a refused request. */
  readonly status: string;
  /** How many things about the request were odd. */
  readonly findings: number;
}

/** Who began a sign-on, in words. */
export const STARTED_BY = {
  'service-provider': 'the service provider',
  'identity-provider': 'the portal',
} as const;

/** How a conversation ended, in words. */
export const OUTCOMES = {
  answered: 'Answered',
  status: 'Answered with an error',
  refused: 'Refused',
} as const;

/** Where a conversation is shown. */
export const exchangeHref = ({ homeHref }: Pick<ConsoleFrame, 'homeHref'>, id: string): string =>
  `${homeHref}/exchanges/${encodeURIComponent(id)}`;

/** How a conversation ended, as the tag of a row. */
export function outcomeTag({ outcome, status }: Pick<ListedExchange, 'outcome' | 'status'>): StatusTagProps {
  return outcome === 'answered'
    ? { text: status, tone: 'good' }
    : { text: outcome === 'refused' ? `Refused: ${status}` : status, tone: 'danger' };
}

import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ApplicationId, UserId } from '../../../foundation/platform/ids.ts';
import { StatusCode } from '../../../protocols/saml/types.ts';
import type { Finding } from '../requests/findings.ts';

/** How a SAML conversation ended: with an assertion, with a status that says why there is none, or on a page of ours. */
export type Outcome = 'answered' | 'status' | 'refused';
export const OUTCOMES = ['answered', 'status', 'refused'] as const satisfies readonly Outcome[];

/** What conversations are listed by; absent: all. */
export interface ConversationFilter {
  /** A part of the user name, without regard to the case of ASCII letters. */
  readonly user?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly initiatedBy?: 'service-provider' | 'identity-provider' | undefined;
  /** Whether something about the request was odd. */
  readonly odd?: boolean | undefined;
  /** From this instant of policy time on. */
  readonly startAt?: Instant | undefined;
  /** Before this instant of policy time. */
  readonly endAt?: Instant | undefined;
}

/** A conversation without its messages. */
export interface ConversationSummary {
  readonly id: string;
  readonly applicationId: ApplicationId;
  readonly at: Instant;
  readonly user: { readonly id: UserId; readonly userName: string } | null;
  readonly initiatedBy: 'service-provider' | 'identity-provider';
  readonly outcome: Outcome;
  /** The top-level status code, or the reason of a refused request. */
  readonly status: string;
  /** What the page said about a refused request. */
  readonly message: string | null;
  /** Where the response was sent; null for a refused request. */
  readonly acsUrl: string | null;
  readonly findings: readonly Finding[];
}

/** How a response with this top-level status ended its conversation. */
export const outcomeOf = (status: string): 'answered' | 'status' =>
  status === StatusCode.success ? 'answered' : 'status';

import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';

/** What a step shows again after a try that failed. */
export interface Trouble {
  error?: string;
  throttled?: { retryAfterText: string };
  /** What was typed, unless it is a secret. */
  typed?: string;
  /** What was ticked. */
  trustDevice?: boolean;
  /** Each rule that a new password breaks. */
  faults?: readonly string[];
}

/** What the pages of a sign-in are made of. */
export interface StepProps {
  path: string;
  startHref: string;
  /** Where somebody goes who doesn’t know the password any more. */
  forgotHref: string;
  csrf: string;
  username: string;
  applicationName: string | undefined;
  trouble: Trouble;
}

/** The page of a step. */
export interface StepPage {
  status?: number;
  page: (page: PageContext) => VNode;
}

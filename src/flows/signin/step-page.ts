import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';

/** What a step shows after a failed attempt. */
export interface Trouble {
  error?: string;
  throttled?: { retryAfterText: string };
  /** What the user typed, unless it is a secret. */
  typed?: string;
  /** Whether the box was checked. */
  trustDevice?: boolean;
  /** The user name that was chosen from the list of a demonstration. */
  chosen?: string | undefined;
  /** The rules that a new password breaks. */
  faults?: readonly string[];
}

/** The props that all pages of a sign-in share. */
export interface StepProps {
  path: string;
  startHref: string;
  /** The page for users who have forgotten their password. */
  forgotHref: string;
  csrf: string;
  username: string;
  applicationName: string | undefined;
  /** The page of the message with a code, in a demonstration on this machine. */
  mailHref: string | undefined;
  trouble: Trouble;
}

/** The page of a step. */
export interface StepPage {
  status?: number;
  page: (page: PageContext) => VNode;
}

import type { Assertion } from './assertion.ts';
import { StatusCode, type Instant } from './types.ts';

/** The outcome of a request (saml-core-2.0 §3.2.2.1). */
export interface Status {
  /** The top-level code, then the nested codes that refine it. */
  readonly codes: readonly [string, ...string[]];
  /** For people who read the message or logs. */
  readonly message?: string;
}

/** A response (saml-core-2.0 §3.3.3). */
export interface Response {
  readonly id: string;
  readonly issueInstant: Instant;
  readonly issuer: string;
  /** The URL of the AssertionConsumerService that receives it. */
  readonly destination: string;
  readonly inResponseTo?: string;
  readonly status: Status;
  readonly assertion?: Assertion;
}

interface Envelope {
  /** A unique NCName: `_` and a UUID. */
  readonly id: string;
}

/** A response with `assertion`, whose recipient and InResponseTo it takes over. Pure. */
export function buildResponse({ id }: Envelope, assertion: Assertion): Response {
  const { recipient, inResponseTo } = assertion.subjectConfirmation;
  return {
    id,
    issueInstant: assertion.issueInstant,
    issuer: assertion.issuer,
    destination: recipient,
    ...(inResponseTo === undefined ? {} : { inResponseTo }),
    status: { codes: [StatusCode.success] },
    assertion,
  };
}

export interface ErrorResponseInput extends Envelope {
  readonly issuer: string;
  readonly destination: string;
  readonly inResponseTo?: string;
  readonly status: Status;
}

/** A response without an assertion, whose status says why (saml-profiles-2.0 §4.1.4.2). Pure. */
export function buildErrorResponse(input: ErrorResponseInput, now: Instant): Response {
  return { ...input, issueInstant: now };
}

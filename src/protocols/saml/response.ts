import type { Assertion } from './assertion.ts';
import { StatusCode, type Instant } from './types.ts';

/** The outcome of a request (saml-core-2.0 §3.2.2.1). */
export interface Status {
  /** The top code, then what refines it, from the outside to the inside. */
  readonly codes: readonly [string, ...string[]];
  /** For people who read logs. */
  readonly message?: string;
}

/** A response as data (saml-core-2.0 §3.3.3). */
export interface Response {
  readonly id: string;
  readonly issueInstant: Instant;
  readonly issuer: string;
  /** The AssertionConsumerService it goes to. */
  readonly destination: string;
  readonly inResponseTo?: string;
  readonly status: Status;
  readonly assertion?: Assertion;
}

interface Envelope {
  /** An NCName that nobody has used before: `_` and a UUID. */
  readonly id: string;
}

/** The response that carries `assertion`: its addressee and the request it answers are the assertion's own. Pure. */
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

/** The response that says why there is no assertion (saml-profiles-2.0 §4.1.4.2). Pure. */
export function buildErrorResponse(input: ErrorResponseInput, now: Instant): Response {
  return { ...input, issueInstant: now };
}

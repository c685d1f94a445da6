import type { Instant } from './types.ts';

/** The name of an assertion's subject (saml-core-2.0 §2.2.3). */
export interface NameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

/** One attribute with its values in order (saml-core-2.0 §2.7.3.1). */
export interface Attribute {
  readonly name: string;
  /** URI that says how to interpret the name; absent means unspecified. */
  readonly nameFormat?: string;
  readonly friendlyName?: string;
  readonly values: readonly string[];
}

/** How and when the subject was authenticated (saml-core-2.0 §2.7.2). */
export interface AuthnStatement {
  readonly authnInstant: Instant;
  readonly sessionIndex: string;
  readonly sessionNotOnOrAfter?: Instant;
  readonly authnContextClassRef: string;
}

/** An assertion of the web browser SSO profile (saml-core-2.0 §2.3.3, saml-profiles-2.0 §4.1.4.2). */
export interface Assertion {
  readonly id: string;
  readonly issueInstant: Instant;
  readonly issuer: string;
  readonly subject: NameId;
  readonly subjectConfirmation: {
    readonly recipient: string;
    readonly notOnOrAfter: Instant;
    readonly inResponseTo?: string;
  };
  readonly conditions: {
    readonly notBefore: Instant;
    readonly notOnOrAfter: Instant;
    readonly audiences: readonly string[];
  };
  readonly authnStatement: AuthnStatement;
  readonly attributes: readonly Attribute[];
}

export interface AssertionInput {
  /** A unique NCName: `_` and a UUID (saml-core-2.0 §1.3.4). */
  readonly id: string;
  readonly issuer: string;
  /** The EntityID of the service provider. */
  readonly audience: string;
  /** The URL of the AssertionConsumerService that receives the response. */
  readonly recipient: string;
  /** The ID of the request; absent in an unsolicited response. */
  readonly inResponseTo?: string;
  readonly subject: NameId;
  readonly attributes: readonly Attribute[];
  readonly authnStatement: AuthnStatement;
  /** How long the assertion is valid; AWS calls this the session duration. */
  readonly sessionDurationMs: number;
  /** How far NotBefore lies in the past, for service providers whose clock is slow; default one minute. */
  readonly clockSkewMs?: number;
}

const DEFAULT_CLOCK_SKEW_MS = 60_000;

/**
 * Builds an assertion that service providers accept: bearer confirmation bound to the recipient and the request, one
 * audience, NotBefore a little in the past (service providers refuse an assertion that is ahead of their clock), and
 * both NotOnOrAfter from the session duration. Attributes without values are left out, because an empty attribute
 * means something else than a missing one. Pure.
 */
export function buildAssertion(input: AssertionInput, now: Instant): Assertion {
  const notOnOrAfter = now + input.sessionDurationMs;
  return {
    id: input.id,
    issueInstant: now,
    issuer: input.issuer,
    subject: input.subject,
    subjectConfirmation: {
      recipient: input.recipient,
      notOnOrAfter,
      ...(input.inResponseTo === undefined ? {} : { inResponseTo: input.inResponseTo }),
    },
    conditions: {
      notBefore: now - (input.clockSkewMs ?? DEFAULT_CLOCK_SKEW_MS),
      notOnOrAfter,
      audiences: [input.audience],
    },
    authnStatement: input.authnStatement,
    attributes: input.attributes.filter(({ values }) => values.length > 0),
  };
}

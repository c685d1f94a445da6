import type { Application } from '../../../../domain/applications/application.ts';
import type { OrganizationClock } from '../../../../domain/organizations/organization.ts';
import type { Instant } from '../../../../foundation/platform/clock.ts';
import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import type { Finding } from '../../requests/findings.ts';
import type { ReceivedResponse } from '../../../../protocols/saml/read-response.ts';

/**
 * problem: service providers will refuse the response, as far as we can tell; warning: some refuse it, or
 * soon will; note: good to know if it fails.
 */
export const SEVERITIES = ['problem', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A property of a response that commonly fails at service providers. */
export interface Advice {
  /** Identifies the advice, whatever its wording. */
  readonly code: string;
  readonly severity: Severity;
  readonly what: string;
  /** Why it can fail. */
  readonly why: string;
  readonly remedy: string;
}

/** The certificate that signed, as the response contains it. */
export interface SigningCertificate {
  readonly notBeforeAt: Instant;
  readonly notAfterAt: Instant;
  readonly keySize: number;
}

/** The input of the rules: the response as sent, and what is known about both sides. */
export interface Advised {
  readonly response: ReceivedResponse;
  /** The size of the XML in UTF-8. */
  readonly bytes: number;
  readonly acsUrl: string;
  readonly relayState: string | null;
  /** The answered request, whether it was signed, inside or beside the message, and what was let pass in it. */
  readonly request: {
    readonly said: AuthnRequest;
    readonly signed: boolean;
    readonly findings: readonly Finding[];
  } | null;
  readonly application: Pick<Application, 'displayName' | 'relyingParty' | 'settings'>;
  readonly certificate: SigningCertificate | null;
  /** Whether this browser rehearses the certificate, which isn't active. */
  readonly isRehearsal: boolean;
  readonly clock: OrganizationClock;
  /** Which clock SAML messages follow. */
  readonly wire: 'real' | 'instance';
  readonly policyAt: Instant;
}

/** Checks one property. */
export type Rule = (advised: Advised) => Advice | undefined;

/** Names as a list in a sentence. */
export const listed = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');

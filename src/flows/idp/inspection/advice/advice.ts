import type { Application } from '../../../../domain/applications/application.ts';
import type { OrganizationClock } from '../../../../domain/organizations/organization.ts';
import type { Instant } from '../../../../foundation/platform/clock.ts';
import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import type { ReceivedResponse } from '../../../../protocols/saml/read-response.ts';

/** problem: refused, as far as we can tell; warning: some refuse it, or soon will; note: good to know when it fails. */
export const SEVERITIES = ['problem', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something of a response that commonly fails at a service provider. */
export interface Advice {
  /** For programs: it stays the same whatever the words are. */
  readonly code: string;
  readonly severity: Severity;
  readonly what: string;
  /** Why service providers stumble over it. */
  readonly why: string;
  readonly remedy: string;
}

/** The certificate whose key signed, as it stands in the response. */
export interface SigningCertificate {
  readonly notBeforeAt: Instant;
  readonly notAfterAt: Instant;
  readonly keySize: number;
}

/** What is looked at: the response as it was sent, and what is known of both sides. */
export interface Advised {
  readonly response: ReceivedResponse;
  /** Of the XML, in UTF-8. */
  readonly bytes: number;
  readonly acsUrl: string;
  readonly relayState: string | null;
  /** The request that is answered, and whether it was signed, in itself or beside. */
  readonly request: { readonly said: AuthnRequest; readonly signed: boolean } | null;
  readonly application: Pick<Application, 'displayName' | 'relyingParty' | 'settings'>;
  readonly certificate: SigningCertificate | null;
  /** The certificate isn't the active one: this browser rehearses it. */
  readonly isRehearsal: boolean;
  readonly clock: OrganizationClock;
  /** Which clock messages carry. */
  readonly wire: 'real' | 'instance';
  readonly policyAt: Instant;
}

/** Looks at one thing. */
export type Rule = (advised: Advised) => Advice | undefined;

/** Names as a sentence has them. */
export const listed = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');

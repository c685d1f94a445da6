import type { Application } from '../../../../domain/applications/application.ts';
import type { RequestRules } from '../../../../domain/organizations/request-rules.ts';
import type { Instant } from '../../../../foundation/platform/clock.ts';
import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import type { SpacedParameter } from '../../../../protocols/saml/bindings/redirect.ts';
import type { Addresses } from '../../addresses.ts';
import type { Refusal } from '../refusal.ts';

/** The input of a check. */
export interface CheckInput {
  request: AuthnRequest;
  /** The parameters of HTTP-Redirect whose base64 text contained white space. */
  spacedParameters: readonly SpacedParameter[];
  application: Application;
  rules: RequestRules;
  addresses: Addresses;
  /** Wire time. */
  now: Instant;
}

/**
 * One rule of the standard. Returns undefined when the request complies. A refusal that names a relaxation is
 * only noted where the rules permit that.
 */
export type Check = (input: CheckInput) => Refusal | undefined;

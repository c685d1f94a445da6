import type { Application } from '../../../../domain/applications/application.ts';
import type { Instant } from '../../../../foundation/platform/clock.ts';
import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import type { Addresses } from '../../addresses.ts';
import type { Refusal } from '../refusal.ts';

/** The input of a check. */
export interface CheckInput {
  request: AuthnRequest;
  application: Application;
  addresses: Addresses;
  /** Wire time. */
  now: Instant;
}

/** One rule of the standard. Returns undefined when the request complies. */
export type Check = (input: CheckInput) => Refusal | undefined;

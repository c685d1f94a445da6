import { refuseToUser } from '../refusal.ts';
import type { Check } from './check.ts';

/**
 * Destination, if given, must be the address to which the request was sent (saml-core-2.0 §3.2.1): a request
 * meant for another identity provider isn't answered. A signed request must contain it (saml-bindings-2.0
 * §3.4.5.2, §3.5.5.2); otherwise a genuine signed request could be redirected here from another identity
 * provider.
 */
export const checkDestination: Check = ({ request, addresses }) => {
  if (request.destination === undefined || request.destination === '') {
    return request.hasSignature
      ? refuseToUser(
          'destination',
          'The request is signed but has no Destination, which a signed request must have.',
        )
      : undefined;
  }
  return request.destination === addresses.ssoUrl
    ? undefined
    : refuseToUser(
        'destination',
        `The request’s Destination is “${request.destination}”, but this is ${addresses.ssoUrl}. Correct the identity provider’s sign-on address at the service provider.`,
      );
};

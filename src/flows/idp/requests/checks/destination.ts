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
  return isSameAddress(request.destination, addresses.ssoUrl)
    ? undefined
    : refuseToUser(
        'destination',
        `The request’s Destination is “${request.destination}”, but this is ${addresses.ssoUrl}. Correct the identity provider’s sign-on address at the service provider.`,
      );
};

/** Without what parsers of addresses pass over, or read as something else. */
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/;

/**
 * The letter case of scheme and host, and a default port, make no difference (RFC 3986 §6.2.2.1, §6.2.3). The rest must
 * be the same text.
 */
function isSameAddress(given: string, own: string): boolean {
  if (given === own) return true;
  const url = PLAIN.test(given) && URL.canParse(given) ? new URL(given) : undefined;
  if (!url || url.username !== '' || url.password !== '') return false;
  return url.origin === new URL(own).origin && restOf(given) === restOf(own);
}

/** What follows scheme and authority. */
const restOf = (address: string): string => address.replace(/^[^:/]+:\/\/[^/?#]*/, '');

import { StatusCode } from '../../../../protocols/saml/types.ts';
import { refuseToServiceProvider } from '../refusal.ts';
import type { Check } from './check.ts';

/**
 * A request may name the one subject about whom it wants an assertion (saml-core-2.0 §3.4.1). It is compared
 * with the user when the response is made. A subject that can't be compared (encrypted, or only by
 * confirmation) is refused.
 */
export const checkSubject: Check = ({ request }) =>
  !request.hasSubject || request.subjectNameId !== undefined
    ? undefined
    : refuseToServiceProvider(
        'subject',
        'A request’s Subject must be named by a NameID.',
        StatusCode.requester,
        StatusCode.requestUnsupported,
      );

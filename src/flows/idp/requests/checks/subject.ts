import { StatusCode } from '../../../../protocols/saml/types.ts';
import { refuseToServiceProvider } from '../refusal.ts';
import type { Check } from './check.ts';

/**
 * A request may name the one subject that it wants to hear about (saml-core-2.0 §3.4.1); the answer is compared with it
 * when it is made. One that is named in a way that can't be compared (encrypted, by confirmation only) is refused.
 */
export const checkSubject: Check = ({ request }) =>
  !request.hasSubject || request.subjectNameId !== undefined
    ? undefined
    : refuseToServiceProvider(
        'subject',
        'Subjects are taken by their NameID only.',
        StatusCode.requester,
        StatusCode.requestUnsupported,
      );

import { StatusCode } from '../../../../protocols/saml/types.ts';
import { refuseToUser } from '../refusal.ts';
import type { Check } from './check.ts';

/** The version must be 2.0 (saml-core-2.0 §3.2.1, §4.1.3.1). */
export const checkVersion: Check = ({ request }) =>
  request.version === '2.0'
    ? undefined
    : refuseToUser(
        'version',
        `The request’s SAML version is “${request.version}”; only 2.0 is supported (${StatusCode.versionMismatch}).`,
      );

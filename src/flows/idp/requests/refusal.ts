import type { Status } from '../../../protocols/saml/response.ts';
import type { Finding } from './findings.ts';

/**
 * Why a request is refused. Until the AssertionConsumerService is known to be the service provider's, the
 * user sees a page: a response to an address that an attacker put into a request would make this an open
 * redirect. After that, the service provider receives a SAML status.
 */
export type Refusal = PageRefusal | StatusRefusal;

/** What a relaxation makes of a refusal: a finding, if the application's rules permit it. */
interface Relaxed {
  readonly relaxedAs?: Finding;
}

interface PageRefusal extends Relaxed {
  to: 'user';
  reason: string;
  message: string;
  /** Whether the page has the status 403, as AWS answers. Absent: 400. */
  isNoAccess?: boolean;
}

/** A refusal that is sent to the service provider. */
export interface StatusRefusal extends Relaxed {
  to: 'service-provider';
  reason: string;
  status: Status;
}

export const refuseToUser = (reason: string, message: string): PageRefusal => ({
  to: 'user',
  reason,
  message,
});

/** The 403 page “No access”, by which AWS refuses. */
export const refuseAsAws = (reason: string, message: string): PageRefusal => ({
  ...refuseToUser(
    reason,
    `No access. ${message} Requests are judged as AWS does, because requests.profile is as-aws.`,
  ),
  isNoAccess: true,
});

export const refuseToServiceProvider = (
  reason: string,
  message: string,
  ...codes: [string, ...string[]]
): StatusRefusal => ({ to: 'service-provider', reason, status: { codes, message } });

import type { Status } from '../../../protocols/saml/response.ts';

/**
 * Why a request is refused. Until the AssertionConsumerService is known to be the service provider's, the
 * user sees a page: a response to an address that an attacker put into a request would make this an open
 * redirect. After that, the service provider receives a SAML status.
 */
export type Refusal = { to: 'user'; reason: string; message: string } | StatusRefusal;

/** A refusal that is sent to the service provider. */
export interface StatusRefusal {
  to: 'service-provider';
  reason: string;
  status: Status;
}

export const refuseToUser = (reason: string, message: string): Refusal => ({
  to: 'user',
  reason,
  message,
});

export const refuseToServiceProvider = (
  reason: string,
  message: string,
  ...codes: [string, ...string[]]
): StatusRefusal => ({ to: 'service-provider', reason, status: { codes, message } });

import type { Status } from '../../../protocols/saml/response.ts';

/**
 * Why a request isn't answered as asked. Until the AssertionConsumerService is known to be the service provider's, the
 * person gets a page: an answer sent to an address that somebody wrote into a request would be an open redirect.
 * After that the service provider gets a SAML status.
 */
export type Refusal = { to: 'person'; reason: string; message: string } | StatusRefusal;

/** A refusal that the service provider is told. */
export interface StatusRefusal {
  to: 'service-provider';
  reason: string;
  status: Status;
}

export const refuseToPerson = (reason: string, message: string): Refusal => ({
  to: 'person',
  reason,
  message,
});

export const refuseToServiceProvider = (
  reason: string,
  message: string,
  ...codes: [string, ...string[]]
): StatusRefusal => ({ to: 'service-provider', reason, status: { codes, message } });

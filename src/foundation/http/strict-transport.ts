import { isLoopbackName } from '../platform/loopback.ts';

/** Which hosts a browser shall reach by https alone (RFC 6797): none, ours, or ours and all below it. */
export type StrictTransport = 'off' | 'host' | 'subdomains';

interface Policy {
  maxAge: number;
  includeSubDomains: boolean;
}

const YEAR_SECONDS = 31_536_000;

/**
 * The policy of Strict-Transport-Security. None by http or on loopback, whatever is asked for: browsers would refuse
 * http on every other port of the same host for a year, and with it every other program that is being developed there.
 */
export function transportPolicy(hsts: StrictTransport, { protocol, hostname }: URL): Policy | false {
  if (hsts === 'off' || protocol !== 'https:' || isLoopbackName(hostname)) return false;
  return { maxAge: YEAR_SECONDS, includeSubDomains: hsts === 'subdomains' };
}

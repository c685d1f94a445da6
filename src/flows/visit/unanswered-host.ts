import type { Settings } from '../../domain/organizations/settings.ts';
import { reservedDomainOf } from '../../foundation/platform/reserved-names.ts';

/** A host where no service provider can answer. */
export interface UnansweredHost {
  readonly host: string;
  /** The reserved domain that it belongs to: `example.com`, `.test`, … */
  readonly domain: string;
}

/**
 * The host of a URL if nobody can answer there, by its name alone. When our own host is in the same reserved domain,
 * that domain is evidently in use here, as in a network of containers.
 */
export function findUnansweredHost(
  url: string,
  { reservedNames }: Settings,
  publicOrigin: string,
): UnansweredHost | undefined {
  if (reservedNames === 'send') return undefined;
  const { hostname, host } = new URL(url);
  const domain = reservedDomainOf(hostname);
  if (domain === undefined || domain === reservedDomainOf(new URL(publicOrigin).hostname)) return undefined;
  return { host, domain };
}

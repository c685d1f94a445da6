import type { Clock, Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, InstanceId, OrganizationId } from '../../foundation/platform/ids.ts';
import type { LogoSummary } from './branding/logo.ts';
import type { Settings } from './settings.ts';

/** The whole simulated world of one customer, as in AWS Organizations. */
export interface Organization {
  id: OrganizationId;
  name: string;
  /** Twelve digits. */
  managementAccountId: string;
  isDefault: boolean;
  clock: OrganizationClock;
  /** Grows with every change of the fields above and of the instance's alias. */
  version: number;
  createdAt: Instant;
}

/** How an organization's clock differs from the machine's. */
export interface OrganizationClock {
  offsetMs: number;
  /** The instant that a frozen clock shows; null while the clock runs. */
  frozenAt: Instant | null;
}

/** The identity centre enabled in an organization. */
export interface Instance {
  id: InstanceId;
  organization: Organization;
  directoryId: DirectoryId;
  /** The name that addresses can use in place of the directory id. It can't be changed once set. */
  alias: string | null;
  region: string;
  settings: Settings;
  /** Its octets are read when they are needed: `branding/logo-store.ts`. */
  logo: LogoSummary | null;
  version: number;
}

/** The name by which pages and mails call an organization. */
export function displayNameOf({ settings, organization }: Instance): string {
  return settings.branding.name ?? organization.name;
}

/** The two times of an organization, read once per request so that all parts of the request agree. */
export interface Times {
  /** For sessions, links, throttles, certificates and events: always the organization's clock. */
  policyAt: Instant;
  /**
   * For the timestamps of SAML messages, sent and received: real time, unless `settings.time.wire` is
   * `instance`.
   */
  wireAt: Instant;
}

/** What an organization's clock shows when the machine's clock shows `realAt`. */
export function policyTime(clock: OrganizationClock, realAt: Instant): Instant {
  return clock.frozenAt ?? realAt + clock.offsetMs;
}

/** Both times of an instance, now. */
export function timesOf(clock: Clock, instance: Instance): Times {
  const realAt = clock.now();
  const policyAt = policyTime(instance.organization.clock, realAt);
  return { policyAt, wireAt: instance.settings.time.wire === 'instance' ? policyAt : realAt };
}

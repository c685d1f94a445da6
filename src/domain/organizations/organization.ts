import type { Clock, Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, InstanceId, OrganizationId } from '../../foundation/platform/ids.ts';
import type { Settings } from './settings.ts';

/** The whole simulated world of one customer, as in AWS Organizations. */
export interface Organization {
  id: OrganizationId;
  name: string;
  /** Twelve digits. */
  managementAccountId: string;
  isDefault: boolean;
  clock: OrganizationClock;
  /** Grows with every change of what is above, and with the alias. */
  version: number;
  createdAt: Instant;
}

/** How an organization's clock differs from the machine's. */
export interface OrganizationClock {
  offsetMs: number;
  /** The instant at which it stands still. */
  frozenAt: Instant | null;
}

/** The identity centre enabled in an organization. */
export interface Instance {
  id: InstanceId;
  organization: Organization;
  directoryId: DirectoryId;
  /** The name set once for ever that addresses can use instead of the directory id. */
  alias: string | null;
  region: string;
  settings: Settings;
  version: number;
}

/** The two times of an organization, read once a request so that everything in it agrees. */
export interface Times {
  /** Decides about sessions, links, throttles, certificates, and stamps events: always the organization's clock. */
  policyAt: Instant;
  /** Stands in SAML messages and judges theirs: the real time, unless `settings.time.wire` is `instance`. */
  wireAt: Instant;
}

/** What the organization's clock shows when the machine's shows `realAt`. */
export function policyTime(clock: OrganizationClock, realAt: Instant): Instant {
  return clock.frozenAt ?? realAt + clock.offsetMs;
}

/** Both times of an instance, now. */
export function timesOf(instance: Instance, clock: Clock): Times {
  const realAt = clock.now();
  const policyAt = policyTime(instance.organization.clock, realAt);
  return { policyAt, wireAt: instance.settings.time.wire === 'instance' ? policyAt : realAt };
}

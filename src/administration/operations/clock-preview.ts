import {
  listExpiringCertificates,
  type ExpiringCertificate,
} from '../../domain/certificates/expiring-store.ts';
import { countExpiringLinks } from '../../domain/credentials/passwords/link-store.ts';
import { changeClock, type ClockChange } from '../../domain/organizations/clock-change.ts';
import { policyTime } from '../../domain/organizations/organization.ts';
import { countExpiringSessions, countExpiringSignIns } from '../../domain/sessions/expiring-store.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { OpenedOrganization, OpenNeeds } from './open-organization.ts';

/** Certificates that are named; more would hide what else is said. */
const MAX_CERTIFICATES = 20;

/**
 * What a change of an organization's clock would do. Forward, it is what ends between `now` and `then`; back, it is what
 * would be valid again, unless it is deleted meanwhile. Each number is exact up to 10,000, which stands for that
 * many or more.
 */
export interface ClockPreview {
  /** What the clock shows before the change, and after it. */
  readonly now: Instant;
  readonly then: Instant;
  readonly sessions: number;
  readonly signIns: number;
  /** Links of mails: invitations and resets of passwords. */
  readonly passwordLinks: number;
  /** Active certificates of enabled applications, the first to end first, at most 20. */
  readonly certificates: readonly ExpiringCertificate[];
}

/**
 * What a change of the clock would do, before it is made. Throws ValidationException for a time that the clock can't
 * show.
 */
export async function previewClock(
  { db, clock }: Pick<OpenNeeds, 'db' | 'clock'>,
  { organization, instance }: Pick<OpenedOrganization, 'organization' | 'instance'>,
  change: ClockChange,
): Promise<ClockPreview> {
  const { read } = db;
  const realAt = clock.now();
  const now = policyTime(organization.clock, realAt);
  const then = policyTime(changeClock(organization.clock, change, realAt), realAt);
  if (!instance) return { now, then, sessions: 0, signIns: 0, passwordLinks: 0, certificates: [] };
  const span = { after: Math.min(now, then), by: Math.max(now, then) };
  const [sessions, signIns, passwordLinks, certificates] = await Promise.all([
    countExpiringSessions(read, instance.id, span),
    countExpiringSignIns(read, instance.id, span),
    countExpiringLinks(read, instance.id, span),
    listExpiringCertificates(read, instance.id, span, MAX_CERTIFICATES),
  ]);
  return { now, then, sessions, signIns, passwordLinks, certificates };
}

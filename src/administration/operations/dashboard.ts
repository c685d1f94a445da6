import { pageGrants } from '../../domain/access/grant-list-store.ts';
import { countApplications } from '../../domain/applications/store.ts';
import { hasAssignments } from '../../domain/assignments/store.ts';
import { countSignIns, type SignInCounts } from '../../domain/audit/event-count-store.ts';
import { listEvents } from '../../domain/audit/event-list-store.ts';
import type { EventRecord } from '../../domain/audit/event.ts';
import {
  listExpiringCertificates,
  type ExpiringCertificate,
} from '../../domain/certificates/expiring-store.ts';
import { expiryOf, soonFrom, type Expiry } from '../../domain/certificates/expiry.ts';
import { countGroups } from '../../domain/directory/group-store.ts';
import { countUsers } from '../../domain/directory/user-list-store.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';
import { suggestionsFor, type Suggestion } from './suggestions.ts';

const DAYS = 14;
const NEWEST_EVENTS = 8;
/** Certificates that are named; more would hide what else the dashboard says. */
const MAX_CERTIFICATES = 20;

/** The state of an identity centre at a glance. */
export interface Dashboard {
  readonly counts: { readonly users: number; readonly groups: number; readonly applications: number };
  readonly signIns: SignInCounts;
  /** Those that end within 90 days or have ended, the first to end first. */
  readonly expiringCertificates: readonly (ExpiringCertificate & { readonly expiry: Expiry })[];
  /** What to do next. */
  readonly suggestions: readonly Suggestion[];
  /** The newest events. */
  readonly events: readonly EventRecord[];
}

/** Reads what the dashboard of an instance shows, by its policy time. */
export async function readDashboard(
  { db }: Pick<OperationNeeds, 'db'>,
  { organization, instance, times }: OpenedInstance,
): Promise<Dashboard> {
  const { read } = db;
  const [{ id }, at] = [instance, times.policyAt];
  const [users, groups, applications] = await Promise.all([
    countUsers(read, id),
    countGroups(read, id),
    countApplications(read, id),
  ]);
  const ending = await listExpiringCertificates(read, id, { by: soonFrom(at) }, MAX_CERTIFICATES);
  const { items: grants } = await pageGrants(read, id, { limit: 1 });
  const { items: events } = await listEvents(read, organization.id, {}, { limit: NEWEST_EVENTS });
  return {
    counts: { users, groups, applications },
    signIns: await countSignIns(read, organization.id, at, DAYS),
    expiringCertificates: ending.map((each) => ({ ...each, expiry: expiryOf(each.notAfterAt, at) })),
    suggestions: suggestionsFor({
      ...{ users, applications, alias: instance.alias, settings: instance.settings },
      isAnythingAssigned: await hasAssignments(read, id),
      hasAdministrators: grants.length > 0,
      expiringCertificates: ending.length,
      hasLogo: instance.logo !== null,
    }),
    events,
  };
}

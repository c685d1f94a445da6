import { findLastEvent, findRecentNames, type LastEvent } from '../../domain/audit/store.ts';
import { hasDevices } from '../../domain/credentials/mfa/store.ts';
import { policyTime, type Instance } from '../../domain/organizations/organization.ts';
import { findOrganizationsWithInstances } from '../../domain/organizations/instance-store.ts';
import { findNewestSignIn } from '../../domain/sessions/sign-in-store.ts';
import { findThrottled } from '../../flows/signin/unblock.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { ClassroomId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import type { StoredStudent } from './classroom.ts';
import type { ClassroomNeeds } from './needs.ts';
import { listStudents } from './store.ts';

/** Where a student is, as far as the database shows it. */
export const STEPS = [
  ...(['not-made', 'no-identity-centre', 'not-signed-in', 'user-name', 'password'] as const),
  ...(['new-device', 'second-factor', 'signed-in', 'application'] as const),
] as const;
export type Step = (typeof STEPS)[number];

/** A student at this moment. */
export interface WatchedStudent extends Omit<StoredStudent, 'hashes'> {
  readonly step: Step;
  /** Whether they have a card: passwords of a sheet. */
  readonly hasCard: boolean;
  /** Whether somebody in their organization is refused after too many attempts. */
  readonly isThrottled: boolean;
  readonly lastEvent: LastEvent | undefined;
  /** The alias or the directory id in the addresses of their instance; undefined when there is none. */
  readonly reference: string | undefined;
}

/** The students of a class with what they are doing: a few rows by their index for each. */
export async function watchStudents(
  { db, clock }: Pick<ClassroomNeeds, 'db' | 'clock'>,
  id: ClassroomId,
): Promise<WatchedStudent[]> {
  const students = await listStudents(db.read, id);
  const found = await findOrganizationsWithInstances(
    db.read,
    students.map(({ organizationId }) => organizationId),
  );
  const instances = [...found.values()].flatMap(({ instance }) => instance ?? []);
  const now = clock.now();
  const atOf = ({ organization }: Instance) => policyTime(organization.clock, now);
  const throttled =
    instances.length === 0 ? new Set<Instance['id']>() : await findThrottled(db.read, instances, atOf);
  return Promise.all(
    students.map(async ({ hashes, ...student }): Promise<WatchedStudent> => {
      const organization = found.get(student.organizationId);
      const instance = organization?.instance;
      return {
        ...student,
        hasCard: hashes !== undefined,
        reference: instance && (instance.alias ?? instance.directoryId),
        isThrottled: instance !== undefined && throttled.has(instance.id),
        lastEvent: organization && (await findLastEvent(db.read, student.organizationId)),
        step: instance
          ? await stepOf(db.read, instance, atOf(instance))
          : organization
            ? 'no-identity-centre'
            : 'not-made',
      };
    }),
  );
}

async function stepOf(queries: Queries, instance: Instance, at: Instant): Promise<Step> {
  const signIn = await findNewestSignIn(queries, instance.id);
  if (signIn?.completedAt === null && at < signIn.expiresAt) {
    if (!signIn.hasUserName) return 'user-name';
    if (!signIn.verified.some(({ type }) => type === 'PASSWORD') || signIn.userId === null) return 'password';
    const hasDevice = await hasDevices(queries, instance.id, signIn.userId);
    return hasDevice && !signIn.progress.registered ? 'second-factor' : 'new-device';
  }
  const seen = await findRecentNames(queries, instance.organization.id, ['Federate', 'Authenticate']);
  if (seen.has('Federate')) return 'application';
  return seen.has('Authenticate') ? 'signed-in' : 'not-signed-in';
}

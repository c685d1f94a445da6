import type { Application } from '../applications/application.ts';
import { lockApplication } from '../applications/store.ts';
import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { orConflict } from '../../foundation/storage/database.ts';
import type { Principal } from './assignment.ts';
import { profileIdOf } from './profile.ts';
import { deleteAssignment, findAssigned, insertAssignment, listPrincipals } from './store.ts';

type Target = Pick<Application, 'id' | 'displayName'>;

/** Assigns an application to a principal. Throws ConflictException when it is assigned already. */
export async function assign(
  work: Work,
  instance: Instance,
  application: Target,
  principal: Principal,
): Promise<void> {
  const message = `${principal.name} is assigned to ${application.displayName} already.`;
  await work.perform('AssociateProfile', detailsOf(instance, application, principal), async (tx) => {
    const assignment = { applicationId: application.id, principal, createdAt: work.context.at };
    await orConflict(insertAssignment(tx, instance.id, assignment), message);
  });
}

/**
 * Removes a principal's assignment (guide, "Remove user access"). Throws ResourceNotFoundException when there
 * is none.
 */
export async function unassign(
  work: Work,
  instance: Instance,
  application: Target,
  principal: Principal,
): Promise<void> {
  const message = `${principal.name} is not assigned to ${application.displayName}.`;
  await work.perform('DisassociateProfile', detailsOf(instance, application, principal), async (tx) => {
    if (!(await deleteAssignment(tx, instance.id, application.id, principal))) {
      throw new AppError('ResourceNotFoundException', message);
    }
  });
}

/** Assigns an application to those of `principals` that don't have it yet, and returns how many these are. */
export async function addAssignments(
  work: Work,
  instance: Instance,
  application: Target,
  principals: readonly Principal[],
): Promise<number> {
  // Two transactions could otherwise both see that one is missing, and the second would fail for all others too.
  await lockApplication(work.tx, instance.id, application.id);
  const wanted = new Map(principals.map((principal) => [principal.id, principal]));
  const present = await findAssigned(work.tx, instance.id, application.id, [...wanted.keys()]);
  const missing = [...wanted.values()].filter(({ id }) => !present.has(id));
  for (const principal of missing) await assign(work, instance, application, principal);
  return missing.length;
}

/** Removes the assignments of those of these principals that have one, and returns how many these are. */
export async function removeAssignments(
  work: Work,
  instance: Instance,
  application: Target,
  principalIds: readonly Principal['id'][],
): Promise<number> {
  await lockApplication(work.tx, instance.id, application.id);
  const present = await findAssigned(work.tx, instance.id, application.id, [...new Set(principalIds)]);
  for (const principal of present.values()) await unassign(work, instance, application, principal);
  return present.size;
}

/** How many assignments were added and removed. */
export interface Replaced {
  readonly assigned: number;
  readonly unassigned: number;
}

/**
 * Replaces an application's assignments by `principals`, with one operation for each difference; repeating it
 * performs none. Assignments to deleted principals are removed.
 */
export async function replaceAssignments(
  work: Work,
  instance: Instance,
  application: Target,
  principals: readonly Principal[],
): Promise<Replaced> {
  // Two transactions could otherwise both start from the old assignments, and leave the union of both.
  await lockApplication(work.tx, instance.id, application.id);
  const principalsNow = await listPrincipals(work.tx, instance.id, application.id);
  const present = new Map(principalsNow.map((principal) => [principal.id, principal]));
  const wanted = new Map(principals.map((principal) => [principal.id, principal]));
  const lost = [...present.values()].filter(({ id }) => !wanted.has(id));
  const gained = [...wanted.values()].filter(({ id }) => !present.has(id));
  for (const principal of lost) await unassign(work, instance, application, principal);
  for (const principal of gained) await assign(work, instance, application, principal);
  return { assigned: gained.length, unassigned: lost.length };
}

function detailsOf(instance: Instance, application: Target, { id, type }: Principal) {
  const requestParameters = {
    accessorId: id,
    accessorType: type,
    directoryId: instance.directoryId,
    instanceId: application.id,
    profileId: profileIdOf(application.id),
  };
  return { requestParameters };
}

import { findOrganizationsWithInstances } from '../../domain/organizations/instance-store.ts';
import { unblockAll } from '../../flows/signin/unblock.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../foundation/platform/ids.ts';
import { openOrganization } from '../operations/open-organization.ts';
import { assertOperator, type Caller, type ClassroomNeeds } from './needs.ts';
import { watchStudents } from './watch.ts';

/**
 * Lets everybody try again in the organization of a student; or in all organizations of a class in which somebody is
 * refused after too many attempts. Returns the numbers of the students. Throws ResourceNotFoundException.
 */
export async function freeStudents(
  needs: ClassroomNeeds,
  caller: Caller,
  id: ClassroomId,
  number?: number,
): Promise<number[]> {
  assertOperator(caller);
  const watched = await watchStudents(needs, id);
  const chosen = watched.filter((student) =>
    number === undefined ? student.isThrottled : student.number === number,
  );
  if (number !== undefined && chosen.length === 0) throw notFound('The student');
  const found = await findOrganizationsWithInstances(
    needs.db.read,
    chosen.map(({ organizationId }) => organizationId),
  );
  for (const { organization, instance } of found.values()) {
    if (!instance) continue;
    const { run } = await openOrganization(needs, caller, organization.id);
    await run((work) => unblockAll(work, instance));
  }
  return chosen.map((student) => student.number);
}

import type { Application } from '../applications/application.ts';
import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import type { Principal } from './assignment.ts';
import { toPrincipal } from './store.ts';

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
    const row = {
      instance_id: instance.id,
      principal_type: principal.type,
      principal_id: principal.id,
      principal_name: principal.name,
      target_type: 'APPLICATION',
      target_id: application.id,
      created_at: work.context.at,
    } as const;
    await orConflict(tx.insertInto('assignments').values(row).execute(), message);
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
    const { numDeletedRows } = await tx
      .deleteFrom('assignments')
      .where('instance_id', '=', instance.id)
      .where('target_id', '=', application.id)
      .where('principal_type', '=', principal.type)
      .where('principal_id', '=', principal.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new AppError('ResourceNotFoundException', message);
  });
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
  await holdApplication(work.tx, instance, application);
  const rows = await work.tx
    .selectFrom('assignments')
    .select(['principal_type', 'principal_id', 'principal_name'])
    .where('instance_id', '=', instance.id)
    .where('target_id', '=', application.id)
    .execute();
  const present = new Map(rows.map((row) => [row.principal_id, toPrincipal(row)]));
  const wanted = new Map(principals.map((principal) => [principal.id, principal]));
  const lost = [...present.values()].filter(({ id }) => !wanted.has(id));
  const gained = [...wanted.values()].filter(({ id }) => !present.has(id));
  for (const principal of lost) await unassign(work, instance, application, principal);
  for (const principal of gained) await assign(work, instance, application, principal);
  return { assigned: gained.length, unassigned: lost.length };
}

/**
 * Locks an application's row until the transaction ends. On PostgreSQL two transactions that replace its
 * assignments at once could otherwise both start from the old ones, and leave the union of both.
 */
async function holdApplication(tx: Tx, instance: Instance, { id }: Target): Promise<void> {
  await tx
    .updateTable('applications')
    .set((row) => ({ version: row.ref('version') }))
    .where('instance_id', '=', instance.id)
    .where('id', '=', id)
    .execute();
}

function detailsOf(instance: Instance, application: Target, { id, type }: Principal) {
  const requestParameters = {
    accessorId: id,
    accessorType: type,
    directoryId: instance.directoryId,
    instanceId: application.id,
  };
  return { requestParameters };
}

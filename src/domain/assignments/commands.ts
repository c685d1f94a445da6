import type { Application } from '../applications/application.ts';
import type { Work } from '../audit/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import type { Principal } from './assignment.ts';
import { toPrincipal } from './store.ts';

type Target = Pick<Application, 'id' | 'displayName'>;

/** Gives a principal access to an application. Throws a ConflictException when it has it already. */
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

/** Takes a principal's access away (guide, "Remove user access"). Throws when it has none. */
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

/** How many principals got access and how many lost it. */
export interface Replaced {
  readonly assigned: number;
  readonly unassigned: number;
}

/**
 * Makes `principals` all those who may use an application, with one operation for each difference: none the second time.
 * An assignment whose principal no longer exists is a difference too.
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
 * Keeps an application's row to this transaction until it ends: on PostgreSQL two who replace its assignments at once would
 * both look at the old ones, and leave what each of them wants.
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

import type { Commands } from '../../domain/audit/commands.ts';
import type { Context } from '../../domain/audit/actor.ts';
import { historyOf } from '../../domain/organizations/commands.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Clock } from '../../foundation/platform/clock.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { ImportId } from '../../foundation/platform/ids.ts';
import type { BulkImport } from './bulk-import.ts';
import { findBulkImport, finishBulkImport } from './store.ts';

/**
 * Stops a running import, on whichever server it runs, and returns it. What is committed stays; the chunk that is being
 * written is rolled back when it finds the import ended. Throws a ResourceNotFoundException, a ConflictException when
 * the import has ended already, and an AccessDeniedException.
 */
export async function stopBulkImport(
  needs: { readonly commands: Commands; readonly clock: Clock },
  instance: Instance,
  context: Context,
  importId: ImportId,
): Promise<BulkImport> {
  const { id: instanceId, directoryId } = instance;
  const details = { requestParameters: { instanceId, directoryId, importId } };
  return needs.commands.run(context, historyOf(instance), (work) =>
    work.perform('StopUserImportJob', details, async (tx) => {
      const found = await findBulkImport(tx, needs.clock, instanceId, importId);
      if (!found) throw notFound('The import');
      const end = { status: 'stopped', faults: [], at: context.at } as const;
      // An interrupted import counts as running until another starts; stopping it would hide what happened.
      const isStopped = found.status === 'running' && (await finishBulkImport(tx, importId, end));
      if (!isStopped) throw new AppError('ConflictException', 'The import has ended already.');
      return { ...found, status: 'stopped', finishedAt: context.at };
    }),
  );
}

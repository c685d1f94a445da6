import type { Context } from '../../domain/audit/actor.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { invalidFields, type FieldFault } from '../../foundation/platform/errors.ts';
import { checkContent, type SentContent } from './check.ts';
import type { Faults } from './faults.ts';
import { startBulkImport, type BulkImportNeeds, type StartedBulkImport } from './start-bulk-import.ts';
import { assertNoImportRuns } from './store.ts';

/**
 * Checks what was sent, and starts its import. Throws a ValidationException with the faults that were found, a
 * ConflictException while another import runs, and an AccessDeniedException.
 */
export async function importUsers(
  needs: BulkImportNeeds,
  instance: Instance,
  context: Context,
  sent: SentContent,
): Promise<StartedBulkImport> {
  await assertNoImportRuns(needs.db.read, needs.clock, instance.id);
  const checked = await checkContent(needs.db.read, instance.id, sent);
  if (!checked.ok) throw invalidFields(presentFaults(checked.faults));
  return startBulkImport(needs, instance, context, checked.content);
}

function presentFaults({ first, more, isCutShort }: Faults): FieldFault[] {
  if (more === 0) return [...first];
  const rest = isCutShort ? ' The rest was not checked.' : '';
  return [...first, { field: '', message: `${more} more mistakes are not shown.${rest}` }];
}

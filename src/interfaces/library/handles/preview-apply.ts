import { z } from 'zod';
import type { OrganizationSource } from '../types/content.ts';
import type { FileChanges } from '../types/handles.ts';
import { readSource, refused } from '../source.ts';
import { libraryCaller, type HandleContext } from './context.ts';

const optionsSchema = z.strictObject({ prune: z.boolean().default(false) }).prefault({});

/** What `organization.previewApply` does: everything that applying does, and then a rollback. */
export function createPreviewApply({ apply, needs, organizationId }: HandleContext) {
  return async (source: OrganizationSource, given?: { readonly prune?: boolean }): Promise<FileChanges> => {
    const { prune } = optionsSchema.parse(given);
    const origin = libraryCaller(needs.ids);
    const file = await readSource(source);
    const result = await apply(file, { organization: organizationId, origin, prune, dryRun: true });
    if (!result.ok) throw refused(result.faults, source);
    const { counts, changes, removals } = result;
    return { counts: { ...counts }, changes: [...changes], removals: [...removals] };
  };
}

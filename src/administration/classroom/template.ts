import { readFile } from 'node:fs/promises';
import { packageFile } from '../../foundation/platform/package-files.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../foundation/platform/ids.ts';
import { readFileText } from '../organization-file/apply/apply-text.ts';
import type { OrganizationFile } from '../organization-file/read/schema.ts';
import type { ClassroomNeeds } from './needs.ts';
import { findTemplate } from './store.ts';

/** In octets: about two thousand users, which nobody wants a hundred times. */
export const MAX_TEMPLATE = 512 * 1024;

/** The demo's organization file, the template of a class that has no other. */
export const demoTemplate = (): Promise<string> =>
  readFile(packageFile('examples', 'demo', 'organization.yaml'), 'utf8');

/** The template of a class, read anew. */
export async function openTemplate(
  { db, sealer }: Pick<ClassroomNeeds, 'db' | 'sealer'>,
  id: ClassroomId,
): Promise<OrganizationFile> {
  const text = await findTemplate(db.read, sealer, id);
  if (text === undefined) throw notFound('The class');
  return readFileText(text);
}

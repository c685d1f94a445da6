import { nameKey } from '../../domain/directory/name-key.ts';
import { aliasSchema } from '../../domain/organizations/input.ts';
import { findInstance } from '../../domain/organizations/instance-store.ts';
import { newDirectoryId, newOrganizationId, type Ids } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import type { OrganizationFile } from '../organization-file/read/schema.ts';
import type { ListedStudent, Student } from './classroom.ts';

/** Characters of an alias before a number that tells it from others. */
const STEM = 28;

/**
 * Gives students their user names, ids and, if wanted, readable addresses (aliases), all different from one another and
 * from what the server has. Ids are chosen once: an organization that is made again has its old addresses.
 */
export async function nameStudents(
  queries: Queries,
  ids: Ids,
  listed: readonly ListedStudent[],
  { template, readable }: { readonly template: OrganizationFile; readonly readable: boolean },
): Promise<Student[]> {
  const taken = new Set(template.users.flatMap(({ userName, email }) => [nameKey(userName), nameKey(email)]));
  const aliases = new Set<string>();
  const students: Student[] = [];
  for (const [index, { name, email }] of listed.entries()) {
    const number = index + 1;
    const slug = slugOf(name) || `student-${number}`;
    // Users of different organizations may have the same name, but not two of one.
    const userName = taken.has(slug.replaceAll('-', '.')) ? `${slug}.admin` : slug.replaceAll('-', '.');
    const alias = readable ? await freeAlias(queries, slug, number, aliases) : null;
    if (alias !== null) aliases.add(alias);
    students.push({
      ...{ number, name, email: email ?? `${userName}@example.com`, userName, alias },
      organizationId: newOrganizationId(ids),
      directoryId: newDirectoryId(ids),
    });
  }
  return students;
}

/** A name in the lower-case letters, digits and hyphens of addresses; empty for one in another script. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, STEM)
    .replace(/^-+|-+$/g, '');
}

async function freeAlias(
  queries: Queries,
  slug: string,
  number: number,
  mine: ReadonlySet<string>,
): Promise<string> {
  const isFree = async (alias: string) =>
    aliasSchema.safeParse(alias).success && !mine.has(alias) && !(await findInstance(queries, alias));
  const wanted = [slug, `${slug}-${number}`, `student-${number}`];
  for (const alias of wanted) if (await isFree(alias)) return alias;
  for (let count = 2; ; count += 1) {
    const alias = `${slug.slice(0, STEM - 4)}-${number}-${count}`.replace(/^d-/, 'c-');
    if (await isFree(alias)) return alias;
  }
}

import { nameKey } from '../../../domain/directory/name-key.ts';
import { inChunks } from '../../../foundation/storage/chunks.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { Existing } from './existing.ts';
import type { FileFault, Path } from '../read/fault.ts';
import type { OrganizationFile } from '../read/schema.ts';

interface Declared {
  readonly id: string;
  readonly path: Path;
  /** The id of the existing record with the same name. */
  readonly present: string | undefined;
}

/** Faults of declared ids: an existing record has another id, or another record on this server has the declared one. */
export async function idFaults(
  queries: Queries,
  file: OrganizationFile,
  existing: Existing,
): Promise<FileFault[]> {
  const declaredIn = <Item extends { readonly id?: string | undefined }>(
    list: string,
    items: readonly Item[],
    presentOf: (item: Item) => { readonly id: string } | undefined,
  ) =>
    items.flatMap((item, index): Declared[] =>
      item.id === undefined ? [] : [{ id: item.id, path: [list, index, 'id'], present: presentOf(item)?.id }],
    );
  const groups = declaredIn('groups', file.groups, (group) =>
    existing.groups.get(nameKey(group.displayName)),
  );
  const users = declaredIn('users', file.users, (user) => existing.users.get(nameKey(user.userName)));
  const applications = declaredIn('applications', file.applications, ({ key }) =>
    existing.applications.get(key),
  );
  return [
    ...(await faultsOf(queries, file, 'groups', groups)),
    ...(await faultsOf(queries, file, 'users', users)),
    ...(await faultsOf(queries, file, 'applications', applications)),
  ];
}

async function faultsOf(
  queries: Queries,
  file: OrganizationFile,
  table: 'groups' | 'users' | 'applications',
  declared: readonly Declared[],
): Promise<FileFault[]> {
  const added = declared.filter(({ present }) => present === undefined);
  const rows = await inChunks(added, (chunk) =>
    queries
      .selectFrom(table)
      .select('id')
      // The schema checked that the ids have the format of this table's ids.
      .where('id', 'in', chunk.map(({ id }) => id) as never[])
      .execute(),
  );
  const taken = new Set<string>(rows.map(({ id }) => id));
  return declared.flatMap(({ id, path, present }) => {
    if (present === id) return [];
    if (present !== undefined) return [file.faultAt(path, `The id is ${present} and can’t be changed.`)];
    if (!taken.has(id)) return [];
    return [
      file.faultAt(path, 'This id is already used on this server. Leave it out to have a new one generated.'),
    ];
  });
}

import { findUsedApplicationIds } from '../../../domain/applications/store.ts';
import { findUsedGroupIds } from '../../../domain/directory/group-store.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import { findUsedUserIds } from '../../../domain/directory/taken-names-store.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { Existing } from './existing.ts';
import type { FileFault, Path } from '../read/fault.ts';
import type { OrganizationFile } from '../read/schema.ts';

interface Declared<Id> {
  readonly id: Id;
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
  const declaredIn = <Id extends string, Item extends { readonly id?: Id | undefined }>(
    list: string,
    items: readonly (Item & { readonly id?: Id | undefined })[],
    presentOf: (item: Item) => { readonly id: string } | undefined,
  ) =>
    items.flatMap((item, index): Declared<Id>[] =>
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
    ...(await faultsOf(file, groups, (ids) => findUsedGroupIds(queries, ids))),
    ...(await faultsOf(file, users, (ids) => findUsedUserIds(queries, ids))),
    ...(await faultsOf(file, applications, (ids) => findUsedApplicationIds(queries, ids))),
  ];
}

async function faultsOf<Id extends string>(
  file: OrganizationFile,
  declared: readonly Declared<Id>[],
  findUsed: (ids: readonly Id[]) => Promise<Set<Id>>,
): Promise<FileFault[]> {
  const added = declared.filter(({ present }) => present === undefined);
  const taken = await findUsed(added.map(({ id }) => id));
  return declared.flatMap(({ id, path, present }) => {
    if (present === id) return [];
    if (present !== undefined) return [file.faultAt(path, `The id is ${present} and can’t be changed.`)];
    if (!taken.has(id)) return [];
    return [
      file.faultAt(path, 'This id is already used on this server. Leave it out to have a new one generated.'),
    ];
  });
}

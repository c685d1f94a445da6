import { sql } from 'kysely';
import { findGroups } from '../directory/group-store.ts';
import { nameKey } from '../directory/name-key.ts';
import { searchKey, searchWords } from '../directory/search-key.ts';
import { findUsers } from '../directory/user-store.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { ApplicationId, GroupId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { contains } from '../../foundation/storage/contains.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';

/** What an application can be assigned to by name. */
export const ASSIGNEE_TYPES = ['USER', 'GROUP'] as const;
export type AssigneeType = (typeof ASSIGNEE_TYPES)[number];

/** A user or a group to whom an application is assigned, as a list of them shows it. */
export interface Assignee {
  readonly type: AssigneeType;
  readonly id: UserId | GroupId;
  /** The user name, or the group's name of now; of one that is gone, its name when the assignment was made. */
  readonly name: string;
  /** The user's display name, or the group's description; null of one that is gone. */
  readonly about: string | null;
  readonly createdAt: Instant;
}

export interface AssigneeFilter {
  readonly type: AssigneeType;
  /** As for lists of users and groups: words of which each must be a part of the names, ignoring case. */
  readonly search?: string | undefined;
}

export interface AssigneePlace {
  readonly instanceId: InstanceId;
  readonly applicationId: ApplicationId;
}

/** So many are read and sorted at once, sooner than a search for a few among all users. */
const FEW = 1000;

interface Named {
  readonly id: UserId | GroupId;
  readonly key: string;
  /** The text in which words are searched. */
  readonly searched: string;
  readonly name: string;
  readonly about: string | null;
  readonly createdAt: Instant;
}

/**
 * The users, or the groups, to whom an application is assigned, in the order of their names. An assignment whose user or
 * group is gone is among them unless there are more than a thousand of the type; `listAssignments` has all.
 */
export async function listAssignees(
  queries: Queries,
  place: AssigneePlace,
  { type, search }: AssigneeFilter,
  page: PageRequest,
): Promise<Page<Assignee>> {
  const words = searchWords(search ?? '');
  const after = page.cursor === undefined ? undefined : readCursor(page.cursor, 'string', 'string');
  const assigned = await firstAssignments(queries, place, type);
  const found =
    assigned.length <= FEW
      ? await nameAll(queries, place.instanceId, type, assigned)
      : await readInOrder(queries, place, { type, words, after: after?.[0] ?? '', limit: page.limit + 1 });
  const wanted = found.filter(
    ({ key, id, searched }) =>
      words.every((word) => searched.includes(word)) &&
      (after === undefined || key > after[0] || (key === after[0] && id > after[1])),
  );
  return toPage(
    wanted,
    page.limit,
    ({ key, id }) => [key, id],
    ({ id, name, about, createdAt }) => ({ type, id, name, about, createdAt }),
  );
}

interface StoredAssignment {
  readonly principal_id: UserId | GroupId;
  readonly principal_name: string;
  readonly created_at: Instant;
}

async function firstAssignments(
  queries: Queries,
  { instanceId, applicationId }: AssigneePlace,
  type: AssigneeType,
): Promise<StoredAssignment[]> {
  const rows = await queries
    .selectFrom('assignments')
    .select(['principal_id', 'principal_name', 'created_at'])
    .where('target_id', '=', applicationId)
    .where('principal_type', '=', type)
    .where('instance_id', '=', instanceId)
    .limit(FEW + 1)
    .execute();
  // The cast is safe: the query asks for users or groups, and only the store of assignments writes ids.
  return rows as StoredAssignment[];
}

/** The names of a few assignments, sorted. */
async function nameAll(
  queries: Queries,
  instanceId: InstanceId,
  type: AssigneeType,
  assigned: readonly StoredAssignment[],
): Promise<Named[]> {
  const ids = assigned.map((each) => each.principal_id);
  // The casts are safe: the ids are of the type that was asked for.
  const users = type === 'USER' ? await findUsers(queries, instanceId, ids as UserId[]) : undefined;
  const groups = type === 'GROUP' ? await findGroups(queries, instanceId, ids as GroupId[]) : undefined;
  const all = assigned.map(({ principal_id: id, principal_name: earlier, created_at: createdAt }) => {
    const [user, group] = [users?.get(id as UserId), groups?.get(id as GroupId)];
    const name = user?.userName ?? group?.displayName ?? earlier;
    const about = user?.displayName ?? group?.description ?? null;
    const key = nameKey(name);
    return { id, key, searched: user ? searchKey(user) : key, name, about, createdAt };
  });
  return all.sort((a, b) => compare(a.key, b.key) || compare(a.id, b.id));
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

interface Wanted {
  readonly type: AssigneeType;
  readonly words: readonly string[];
  /** The key after which the page begins. */
  readonly after: string;
  readonly limit: number;
}

/** Reads users or groups in the order of their index, and stops when enough of them have an assignment. */
async function readInOrder(queries: Queries, place: AssigneePlace, wanted: Wanted): Promise<Named[]> {
  const { type, words, after, limit } = wanted;
  const { directory, rows, key, searched, name, about } = DIRECTORIES[type];
  const found = words.map((word) => sql`and ${contains(searched, word)}`);
  // A scalar subquery, because PostgreSQL would join and sort all users where it has no statistics yet.
  const assigned = sql`(select created_at from assignments where target_id = ${place.applicationId}
    and principal_id = ${sql.ref(`${directory}.id`)} and principal_type = ${type}
    and assignments.instance_id = ${place.instanceId})`;
  const inOrder = sql<Named>`(
    select id, ${sql.ref(key)} as key, ${sql.ref(searched)} as searched, ${sql.ref(name)} as name,
      ${sql.ref(about)} as about, ${assigned} as "createdAt"
    ${rows}
    where instance_id = ${place.instanceId} and ${sql.ref(key)} > ${after} ${sql.join(found, sql` `)}
      and ${assigned} is not null
    order by ${sql.ref(key)} limit ${limit})`;
  return queries.selectFrom(inOrder.as('found')).selectAll().orderBy('found.key').execute();
}

const DIRECTORIES = {
  USER: {
    ...{ directory: 'users', rows: sql`from users`, key: 'user_name_key', searched: 'search_key' },
    ...{ name: 'user_name', about: 'display_name' },
  },
  GROUP: {
    ...{ directory: 'groups', rows: sql`from groups`, key: 'display_name_key', searched: 'display_name_key' },
    ...{ name: 'display_name', about: 'description' },
  },
} as const satisfies Record<AssigneeType, object>;

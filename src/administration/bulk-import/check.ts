import type { z } from 'zod';
import { findGroupIds } from '../../domain/directory/group-store.ts';
import { nameKey } from '../../domain/directory/name-key.ts';
import { findOwners } from '../../domain/directory/taken-names-store.ts';
import {
  groupSchema,
  userSchema,
  type DeclaredGroup,
  type DeclaredUser,
} from '../organization-file/read/schema.ts';
import { type FieldFault, unknownField } from '../../foundation/platform/errors.ts';
import type { InstanceId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { createFaultCollector, type FaultCollector, type Faults } from './faults.ts';
import type { BulkImportContent } from './bulk-import.ts';
import { jsonPointer } from '../../foundation/platform/json-pointer.ts';
import { nextTurn } from '../../foundation/platform/turns.ts';

/** A group or user that was sent, before any check. */
export interface SentItem {
  readonly value: unknown;
  /** Its line in the request body, from 1, when the body has one item on each line. */
  readonly line?: number;
}

export interface SentContent {
  readonly groups: readonly SentItem[];
  readonly users: readonly SentItem[];
}

export type CheckedContent =
  | { readonly ok: true; readonly content: BulkImportContent }
  | { readonly ok: false; readonly faults: Faults };

/** How many items to check before other work can run: about a millisecond. */
const ITEMS_PER_TURN = 64;

/**
 * Checks the sent groups and users by the rules of the organization file and against the directory, all before
 * anything is written. It stops early when there are very many faults. Faults point into `{groups: […], users: […]}`.
 */
export async function checkContent(
  queries: Queries,
  instanceId: InstanceId,
  sent: SentContent,
): Promise<CheckedContent> {
  const faults = createFaultCollector();
  const groups = await parseAll(groupSchema, sent.groups, 'groups', faults);
  const users = await parseAll(userSchema, sent.users, 'users', faults);
  const wrong = faults.found();
  if (wrong) return { ok: false, faults: wrong };

  const fault =
    (list: keyof SentContent) => (index: number, path: readonly PropertyKey[], message: string) => {
      faults.add(() => faultAt(sent, list, index, path, message));
    };
  findRepeated(groups, 'displayName', 'The group', fault('groups'));
  findRepeated(users, 'userName', 'The user', fault('users'));
  findRepeated(users, 'email', 'The email address', fault('users'));
  await findUnknownGroups(queries, instanceId, { groups, users }, fault('users'));
  await findTakenAddresses(queries, instanceId, users, fault('users'));
  for (const [index, { password, passwordHash }] of users.entries()) {
    if (password === undefined || passwordHash === undefined) continue;
    fault('users')(index, ['passwordHash'], 'Give the password or its hash, not both.');
  }
  const mistaken = faults.found();
  return mistaken ? { ok: false, faults: mistaken } : { ok: true, content: { groups, users } };
}

type Fault = (index: number, path: readonly PropertyKey[], message: string) => void;

function faultAt(
  sent: SentContent,
  list: keyof SentContent,
  index: number,
  path: readonly PropertyKey[],
  message: string,
): FieldFault {
  const line = sent[list][index]?.line;
  const field = jsonPointer([list, index, ...path]);
  return { field, message: line === undefined ? message : `Line ${line}: ${message}` };
}

async function parseAll<Item>(
  schema: z.ZodType<Item>,
  items: readonly SentItem[],
  list: keyof SentContent,
  faults: FaultCollector,
): Promise<Item[]> {
  const parsed: Item[] = [];
  const sent = { groups: items, users: items };
  for (const [index, { value }] of items.entries()) {
    if (index % ITEMS_PER_TURN === ITEMS_PER_TURN - 1) await nextTurn();
    if (faults.isFull()) break;
    const result = schema.safeParse(value);
    if (result.success) parsed.push(result.data);
    else
      for (const issue of result.error.issues) {
        const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
        for (const key of unknown) {
          faults.add(() => faultAt(sent, list, index, [...issue.path, key], unknownField(key)));
        }
        if (unknown.length > 0) continue;
        faults.add(() => faultAt(sent, list, index, issue.path, issue.message));
      }
  }
  return parsed;
}

function findRepeated<Field extends string>(
  items: readonly Record<Field, string>[],
  field: Field,
  what: string,
  fault: Fault,
): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const key = nameKey(item[field]);
    if (seen.has(key)) fault(index, [field], `${what} ${item[field]} is sent twice.`);
    seen.add(key);
  }
}

/** The groups of a user must exist or be in the same import, and be listed once. */
async function findUnknownGroups(
  queries: Queries,
  instanceId: InstanceId,
  { groups, users }: { groups: readonly DeclaredGroup[]; users: readonly DeclaredUser[] },
  fault: Fault,
): Promise<void> {
  const known = new Set(groups.map(({ displayName }) => nameKey(displayName)));
  const others = new Map<string, string>();
  for (const name of users.flatMap((user) => user.groups ?? [])) {
    if (!known.has(nameKey(name))) others.set(nameKey(name), name);
  }
  for (const key of (await findGroupIds(queries, instanceId, [...others.values()])).keys()) known.add(key);
  for (const [index, user] of users.entries()) {
    const seen = new Set<string>();
    for (const [place, name] of (user.groups ?? []).entries()) {
      const key = nameKey(name);
      if (!known.has(key)) {
        fault(index, ['groups', place], `There is no group ${name}: send it too, or correct the name.`);
      } else if (seen.has(key)) {
        fault(index, ['groups', place], `The group ${name} is listed twice.`);
      }
      seen.add(key);
    }
  }
}

async function findTakenAddresses(
  queries: Queries,
  instanceId: InstanceId,
  users: readonly DeclaredUser[],
  fault: Fault,
): Promise<void> {
  const owners = await findOwners(queries, instanceId, users);
  for (const [index, { userName, email }] of users.entries()) {
    const owner = owners.emails.get(nameKey(email));
    if (owner === undefined || owner === owners.userNames.get(nameKey(userName))) continue;
    fault(index, ['email'], `Another user has the email address ${email} already.`);
  }
}

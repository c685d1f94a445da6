import { nameKey } from '../../../domain/directory/name-key.ts';
import type { Path, PathFault } from './fault.ts';
import { looseList, looseRecord, looseText, type LooseRecord } from './loose.ts';

/** The line of a path in the file, for messages that refer to another place. */
type LineOf = (path: Path) => number;

/**
 * Faults that involve several values of a file, such as names that are declared twice, or used but not declared.
 * Names are compared as in the directory, without regard to case.
 */
export function crossCheck(value: unknown, lineOf: LineOf): PathFault[] {
  const file = looseRecord(value);
  const [groups, users, applications] = [
    listOf(file, 'groups'),
    listOf(file, 'users'),
    listOf(file, 'applications'),
  ];
  const groupNames = namesOf(groups, 'displayName');
  const userNames = namesOf(users, 'userName');
  return [
    ...repeated('groups', groups, 'displayName', 'The group', lineOf),
    ...repeated('users', users, 'userName', 'The user', lineOf),
    ...repeated('users', users, 'email', 'The email address', lineOf),
    ...repeated('applications', applications, 'key', 'The application', lineOf),
    ...repeated('groups', groups, 'id', 'The id', lineOf),
    ...repeated('users', users, 'id', 'The id', lineOf),
    ...repeated('applications', applications, 'id', 'The id', lineOf),
    ...users.flatMap((user, index) => [
      ...checkPasswords(user, index),
      ...checkReferences(user['groups'], ['users', index, 'groups'], groupNames, 'group'),
    ]),
    ...applications.flatMap((application, index) => {
      const assignments = looseRecord(application['assignments']);
      const path = ['applications', index, 'assignments'];
      return [
        ...checkReferences(assignments['groups'], [...path, 'groups'], groupNames, 'group'),
        ...checkReferences(assignments['users'], [...path, 'users'], userNames, 'user'),
      ];
    }),
  ];
}

function listOf(file: LooseRecord, key: string): LooseRecord[] {
  return looseList(file[key]).map(looseRecord);
}

function namesOf(items: readonly LooseRecord[], field: string): ReadonlySet<string> {
  return new Set(items.flatMap((item) => looseText(item[field]) ?? []).map(nameKey));
}

function repeated(
  list: string,
  items: readonly LooseRecord[],
  field: string,
  what: string,
  lineOf: LineOf,
): PathFault[] {
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    const name = looseText(item[field]);
    if (name === undefined) return [];
    const earlier = first.get(nameKey(name));
    if (earlier === undefined) {
      first.set(nameKey(name), index);
      return [];
    }
    const line = lineOf([list, earlier, field]);
    return [
      { path: [list, index, field], message: `${what} ${name} is declared twice, first in line ${line}.` },
    ];
  });
}

function checkPasswords(user: LooseRecord, index: number): PathFault[] {
  if (user['declaredPasswordMac'] !== undefined && user['passwordHash'] === undefined) {
    const message = 'The MAC belongs to a passwordHash: give both, or neither.';
    return [{ path: ['users', index, 'declaredPasswordMac'], message }];
  }
  if (user['password'] === undefined || user['passwordHash'] === undefined) return [];
  const message = 'Give the password or its hash, not both.';
  return [{ path: ['users', index, 'passwordHash'], message }];
}

function checkReferences(
  value: unknown,
  path: Path,
  declared: ReadonlySet<string>,
  what: 'group' | 'user',
): PathFault[] {
  const seen = new Set<string>();
  return looseList(value).flatMap((item, index) => {
    const name = looseText(item);
    if (name === undefined || name === '') return [];
    const key = nameKey(name);
    const isRepeated = seen.has(key);
    seen.add(key);
    if (isRepeated) return [{ path: [...path, index], message: `The ${what} ${name} is listed twice.` }];
    if (declared.has(key)) return [];
    const message = `There is no ${what} ${name} in this file: declare it under ${what}s, or correct the name.`;
    return [{ path: [...path, index], message }];
  });
}

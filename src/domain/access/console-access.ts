import { z } from 'zod';
import type { GroupId, UserId } from '../../foundation/platform/ids.ts';

/** Access to the console of an instance: `full` changes the instance, `read-only` only looks at it. */
export const consoleAccessSchema = z
  .enum(['full', 'read-only'], { error: 'Expected full or read-only.' })
  .describe('What administrators of the instance may do. full: change it; read-only: look at it.');

export type ConsoleAccess = z.output<typeof consoleAccessSchema>;

/** To whom access is granted: one user, or the members of a group while they are members. */
export type Grantee =
  { readonly type: 'USER'; readonly id: UserId } | { readonly type: 'GROUP'; readonly id: GroupId };

/** The grantee of a row, which has either a user or a group. */
export function granteeOf(userId: UserId | null, groupId: GroupId | null): Grantee {
  if (userId !== null) return { type: 'USER', id: userId };
  if (groupId !== null) return { type: 'GROUP', id: groupId };
  throw new Error('A grant of console access has neither a user nor a group.');
}

/** A grantee has at most one grant. It ends with the user or the group, and a new one of the same name has none. */
export interface ConsoleGrant {
  readonly grantee: Grantee;
  readonly access: ConsoleAccess;
}

/** The highest of several grants; undefined when there is none. */
export function highestAccess(granted: readonly ConsoleAccess[]): ConsoleAccess | undefined {
  return granted.includes('full') ? 'full' : granted[0];
}

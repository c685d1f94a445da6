import type { Instant } from '../../foundation/platform/clock.ts';
import type { ApplicationId, GroupId, InstanceId, UserId } from '../../foundation/platform/ids.ts';

/** A user, a group, or all users of an instance, to be given access. */
export type Principal =
  | { readonly type: 'USER'; readonly id: UserId; readonly name: string }
  | { readonly type: 'GROUP'; readonly id: GroupId; readonly name: string }
  | { readonly type: 'EVERYONE'; readonly id: InstanceId; readonly name: 'Everyone' };

/** All users of an instance, including those added later: the application needs no individual assignments. */
export const everyoneIn = (id: InstanceId): Principal => ({ type: 'EVERYONE', id, name: 'Everyone' });

/**
 * Lets a principal use an application. An assignment can outlive its principal: it then refers to nobody and
 * still shows the name (guide, "Assign user access"). A new principal with the same name has another id and
 * doesn't inherit it.
 */
export interface Assignment {
  readonly applicationId: ApplicationId;
  /** `name` is the principal's name when the assignment was made. */
  readonly principal: Principal;
  readonly createdAt: Instant;
}

/** What a user sees of an application that is assigned to them. */
export interface AssignedApplication {
  readonly id: ApplicationId;
  readonly key: string;
  readonly displayName: string;
  readonly description: string;
  readonly startUrl: string | null;
  readonly icon: string | null;
}

import type { Instant } from '../../foundation/platform/clock.ts';
import type { ApplicationId, GroupId, InstanceId, UserId } from '../../foundation/platform/ids.ts';

/** Who may be given access. */
export type Principal =
  | { readonly type: 'USER'; readonly id: UserId; readonly name: string }
  | { readonly type: 'GROUP'; readonly id: GroupId; readonly name: string }
  | { readonly type: 'EVERYONE'; readonly id: InstanceId; readonly name: 'Everyone' };

/** All users of an instance, those who come later too: the application asks for no assignment. */
export const everyoneIn = (id: InstanceId): Principal => ({ type: 'EVERYONE', id, name: 'Everyone' });

/**
 * A principal may use an application. It can outlive its principal: it then dangles and still shows the name (guide,
 * "Assign user access"), and a principal made anew under the same name has another id.
 */
export interface Assignment {
  readonly applicationId: ApplicationId;
  /** `name` is the principal's as it was when the assignment was made. */
  readonly principal: Principal;
  readonly createdAt: Instant;
}

/** What a person sees of an application that they may use. */
export interface AssignedApplication {
  readonly id: ApplicationId;
  readonly key: string;
  readonly displayName: string;
  readonly description: string;
  readonly startUrl: string | null;
  readonly icon: string | null;
}

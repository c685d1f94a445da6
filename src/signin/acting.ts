import type { Context } from '../audit/actor.ts';
import type { User } from '../directory/user.ts';
import type { Visit } from '../visit/visit.ts';

/** Who asks when a person changes what is their own in the middle of a sign-in. */
export function actingAs({ instance, origin }: Visit, { id, userName }: User): Context {
  return { ...origin, actor: { type: 'user', userId: id, userName, directoryId: instance.directoryId } };
}

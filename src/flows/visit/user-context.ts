import type { Context } from '../../domain/audit/actor.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Visit } from './visit.ts';

/** The context of a command in which a user changes own records. */
export function userContext(
  { instance, origin }: Pick<Visit, 'instance' | 'origin'>,
  { id, userName }: Pick<User, 'id' | 'userName'>,
): Context {
  const { directoryId } = instance;
  return { ...origin, actor: { type: 'user', userId: id, userName, directoryId } };
}

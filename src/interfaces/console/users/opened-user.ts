import { z } from 'zod';
import { findUser } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import { idField } from '../../../foundation/http/fields.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { userTabs } from './user-tabs.ts';

export const USER_PATH = '/:instance/console/users/:user';

export const userParams = z.object({ user: idField<UserId>() });

/** The user of a page. Throws ResourceNotFoundException when the instance has none with this id. */
export async function openUser(
  { db }: Pick<ConsoleNeeds, 'db'>,
  { instance }: Pick<ConsoleVisit, 'instance'>,
  id: UserId,
): Promise<User> {
  const user = await findUser(db.read, instance.id, id);
  if (!user) throw notFound('The user');
  return user;
}

/** What all tabs of a user show. */
export function tabOf({ frame, homeHref }: ConsoleVisit, user: User, label: string) {
  const tabs = userTabs(homeHref, user.id);
  const currentHref = tabs.find((tab) => tab.label === label)?.href ?? '';
  return { frame, user, tabs, currentHref };
}

/** Whether disabling and deleting end the sessions of a user at once. */
export const endsSessions = ({ instance }: ConsoleVisit): boolean =>
  instance.settings.session.revocation === 'immediate';

/** Whether the person who works in the console is this user. */
export const isSelf = ({ context: { actor } }: ConsoleVisit, user: User): boolean =>
  actor.type === 'administrator' && actor.userId === user.id;

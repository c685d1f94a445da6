import { z } from 'zod';
import { findGroup } from '../../../domain/directory/group-store.ts';
import type { Group } from '../../../domain/directory/group.ts';
import { csrfField, idField } from '../../../foundation/http/fields.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { GroupId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';

/* What all pages of groups share. */

export const GROUPS_PATH = '/:instance/console/groups';
export const GROUP_PATH = `${GROUPS_PATH}/:group`;

export const groupParams = z.object({ group: idField<GroupId>() });

/** A group as it is typed. */
export const groupForm = z.object({
  csrf: csrfField,
  displayName: z.string().default(''),
  description: z.string().default(''),
});

/** The group of an address. Throws ResourceNotFoundException when the instance has no such group. */
export async function requireGroup(
  { db }: ConsoleNeeds,
  { instance }: ConsoleVisit,
  groupId: GroupId,
): Promise<Group> {
  const group = await findGroup(db.read, instance.id, groupId);
  if (!group) throw notFound('The group');
  return group;
}

import { z } from 'zod';
import { findGrant } from '../../../domain/access/store.ts';
import {
  addMember,
  createGroup,
  deleteGroup,
  removeMember,
  updateGroup,
} from '../../../domain/directory/group-commands.ts';
import { findGroup, findGroupByName, listGroups } from '../../../domain/directory/group-store.ts';
import { groupsOfUser, listMembers } from '../../../domain/directory/membership-store.ts';
import {
  groupChangeSchema,
  groupInputSchema,
  type Group as StoredGroup,
} from '../../../domain/directory/group.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { GroupId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { Group, GroupReference, Groups } from '../types/directory.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import { createSetConsoleAccess } from './console-access.ts';
import type { HandleContext } from './context.ts';
import { groupReferenceSchema } from './references.ts';
import { presentUser, requireUserBy } from './users.ts';

const filterSchema = z.strictObject({ search: z.string().max(200).optional() });
const changeSchema = groupChangeSchema.extend({ version: z.int().optional() });

function present({ createdAt, updatedAt, ...group }: StoredGroup): Group {
  return { ...group, createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
}

async function lookUpGroup(queries: Queries, instance: Instance, given: GroupReference) {
  const group = groupReferenceSchema.parse(given);
  const byId = (id: string) => findGroup(queries, instance.id, id as GroupId); // only compared with what is stored
  if (typeof group !== 'string') return byId(group.id);
  return (await findGroupByName(queries, instance.id, group)) ?? byId(group);
}

/** The group with this name or id. Throws ResourceNotFoundException, naming it. */
export async function requireGroupBy(
  queries: Queries,
  instance: Instance,
  group: GroupReference,
): Promise<StoredGroup> {
  const found = await lookUpGroup(queries, instance, group);
  if (!found) throw notFound(`The group ${typeof group === 'string' ? group : group.id}`);
  return found;
}

export function createGroups(context: HandleContext): Groups {
  const { needs, open } = context;
  const { db, ids } = needs;
  return {
    create: async (group) => {
      const { instance, run } = await open();
      const input = groupInputSchema.parse(group);
      return present(await run((work) => createGroup(work, ids, instance, input)));
    },
    get: async (group) => {
      const found = await lookUpGroup(db.read, (await open()).instance, group);
      return found && present(found);
    },
    list: async (given = {}) => {
      const filter = filterSchema.parse(given);
      const { instance } = await open();
      return (await readAllPages((page) => listGroups(db.read, instance.id, filter, page))).map(present);
    },
    update: async (group, given) => {
      const { instance, run } = await open();
      const { version, ...change } = changeSchema.parse(given);
      return run(async (work) => {
        const { id } = await requireGroupBy(work.tx, instance, group);
        return present(await updateGroup(work, instance, id, change, version));
      });
    },
    delete: async (group) => {
      const { instance, run } = await open();
      await run(async (work) => {
        await deleteGroup(work, instance, (await requireGroupBy(work.tx, instance, group)).id);
      });
    },
    consoleAccess: async (group) => {
      const { instance } = await open();
      const { id } = await requireGroupBy(db.read, instance, group);
      return { access: (await findGrant(db.read, instance.id, { type: 'GROUP', id })) ?? null };
    },
    setConsoleAccess: createSetConsoleAccess(context, async (queries, instance, group: GroupReference) => {
      const { id } = await requireGroupBy(queries, instance, group);
      return { type: 'GROUP', id };
    }),
    addMember: async (group, user) => {
      const { instance, run } = await open();
      await run(async (work) => {
        const [{ id }, member] = [
          await requireGroupBy(work.tx, instance, group),
          await requireUserBy(work.tx, instance, user),
        ];
        const present = await groupsOfUser(work.tx, instance.id, member.id);
        if (!present.some((each) => each.id === id)) await addMember(work, instance, id, member.id);
      });
    },
    removeMember: async (group, user) => {
      const { instance, run } = await open();
      await run(async (work) => {
        const [{ id }, member] = [
          await requireGroupBy(work.tx, instance, group),
          await requireUserBy(work.tx, instance, user),
        ];
        await removeMember(work, instance, id, member.id);
      });
    },
    members: async (group) => {
      const { instance } = await open();
      const { id } = await requireGroupBy(db.read, instance, group);
      return (await readAllPages((page) => listMembers(db.read, instance.id, id, page))).map(presentUser);
    },
  };
}

import { z } from 'zod';
import { consoleAccessOf, findGrant } from '../../../domain/access/store.ts';
import { findUser, findUserByName } from '../../../domain/directory/user-store.ts';
import { listUsers } from '../../../domain/directory/user-list-store.ts';
import { deleteUser } from '../../../domain/directory/user-commands.ts';
import type { User as StoredUser } from '../../../domain/directory/user.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import {
  changePassword,
  inviteAgain,
  newPasswordSchema,
  passwordResetSchema,
  resetPassword as resetPasswordOf,
} from '../../../administration/operations/passwords.ts';
import {
  addUser,
  changedUserSchema,
  changeUser,
  createdUserSchema,
} from '../../../administration/operations/users.ts';
import { throttledUntil, unblockUser } from '../../../flows/signin/unblock.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { NewUser } from '../types/declared-directory.ts';
import type { OneTimePassword, User, UserReference, Users } from '../types/directory.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import { createSetConsoleAccess } from './console-access.ts';
import type { HandleContext } from './context.ts';
import { userReferenceSchema } from './references.ts';

const filterSchema = z.strictObject({
  userName: z.string().optional(),
  email: z.string().optional(),
  search: z.string().max(200).optional(),
  enabled: z.boolean().optional(),
});

export function presentUser({ createdAt, updatedAt, attributes, ...user }: StoredUser): User {
  return { ...user, attributes: { ...attributes }, createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
}

/** The user with this name or id, if there is one. */
async function lookUpUser(
  queries: Queries,
  instance: Instance,
  given: UserReference,
): Promise<StoredUser | undefined> {
  const user = userReferenceSchema.parse(given);
  const byId = (id: string) => findUser(queries, instance.id, id as UserId); // only compared with what is stored
  if (typeof user !== 'string') return byId(user.id);
  return (await findUserByName(queries, instance.id, user)) ?? byId(user);
}

/** The user with this name or id. Throws ResourceNotFoundException, naming it. */
export async function requireUserBy(
  queries: Queries,
  instance: Instance,
  user: UserReference,
): Promise<StoredUser> {
  const found = await lookUpUser(queries, instance, user);
  if (!found) throw notFound(`The user ${typeof user === 'string' ? user : user.id}`);
  return found;
}

export function createUsers(context: HandleContext): Users {
  const { needs, open } = context;
  const { db } = needs;

  // Overloads: the type of the result depends on the input.
  function create(user: NewUser & { oneTimePassword: true }): Promise<User & OneTimePassword>;
  function create(user: NewUser & { invite?: true }): Promise<User>;
  async function create(given: unknown): Promise<User & Partial<OneTimePassword>> {
    const { user, ...secrets } = await addUser(needs, await open(), createdUserSchema.parse(given));
    return { ...presentUser(user), ...secrets };
  }

  function resetPassword(user: UserReference, how: { oneTimePassword: true }): Promise<OneTimePassword>;
  function resetPassword(user: UserReference, how: { sendLink: true }): Promise<void>;
  async function resetPassword(user: UserReference, how: unknown): Promise<unknown> {
    const parsed = passwordResetSchema.parse(how);
    const opened = await open();
    const found = await requireUserBy(db.read, opened.instance, user);
    const result = await resetPasswordOf(needs, opened, found, parsed);
    return 'oneTimePassword' in result ? result : undefined;
  }

  return {
    create,
    get: async (user) => {
      const found = await lookUpUser(db.read, (await open()).instance, user);
      return found && presentUser(found);
    },
    list: async (given = {}) => {
      const filter = filterSchema.parse(given);
      const { instance } = await open();
      return (await readAllPages((page) => listUsers(db.read, instance.id, filter, page))).map(presentUser);
    },
    update: async (user, change) => {
      const opened = await open();
      const parsed = changedUserSchema.parse(change);
      return opened.run(async (work) => {
        const { id } = await requireUserBy(work.tx, opened.instance, user);
        return presentUser(await changeUser(work, opened, id, parsed));
      });
    },
    setPassword: async (user, password) => {
      const opened = await open();
      const found = await requireUserBy(db.read, opened.instance, user);
      await changePassword(opened, found, newPasswordSchema.parse(password));
    },
    resetPassword,
    invite: async (user) => {
      const opened = await open();
      await inviteAgain(needs, opened, await requireUserBy(db.read, opened.instance, user));
    },
    throttledUntil: async (user) => {
      const { instance, times } = await open();
      const found = await requireUserBy(db.read, instance, user);
      const until = await throttledUntil(db.read, instance, found, times.policyAt);
      return until === undefined ? null : toIso(until);
    },
    unblock: async (user) => {
      const { instance, run } = await open();
      await run(async (work) => {
        await unblockUser(work, instance, (await requireUserBy(work.tx, instance, user)).id);
      });
    },
    consoleAccess: async (user) => {
      const { instance } = await open();
      const { id } = await requireUserBy(db.read, instance, user);
      const access = await findGrant(db.read, instance.id, { type: 'USER', id });
      const effective = await consoleAccessOf(db.read, instance.id, id);
      return { access: access ?? null, effective: effective ?? null };
    },
    setConsoleAccess: createSetConsoleAccess(context, async (queries, instance, user: UserReference) => {
      const { id } = await requireUserBy(queries, instance, user);
      return { type: 'USER', id };
    }),
    delete: async (user) => {
      const { instance, run } = await open();
      await run(async (work) => {
        await deleteUser(work, instance, (await requireUserBy(work.tx, instance, user)).id);
      });
    },
  };
}

import { z } from 'zod';
import { hashPassword } from '../credentials/password.ts';
import { checkPassword } from '../credentials/password-policy.ts';
import { setPassword } from '../credentials/password-store.ts';
import {
  createUser,
  deleteUser,
  requireUser,
  setUserEnabled,
  updateUser,
} from '../directory/user-commands.ts';
import { findUser, listUsers } from '../directory/user-store.ts';
import {
  assertEditable,
  userChangeSchema,
  userInputSchema,
  type User,
  type UserChange,
} from '../directory/user.ts';
import { changedMeanwhile } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import { toIso } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import type { UserId } from '../platform/ids.ts';
import type { Queries } from '../storage/database.ts';
import { openInstance, type ControlNeeds } from './api.ts';
import { route, type Route } from './route.ts';
import {
  expectedVersion,
  filter,
  instant,
  listOf,
  organizationParams,
  pageQuery,
  reference,
} from './schemas.ts';

export const userView = z.strictObject({
  id: z.string(),
  userName: z.string(),
  email: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  displayName: z.string(),
  attributes: z.record(z.string(), z.string()),
  enabled: z.boolean(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});

export function presentUser({ createdAt, updatedAt, attributes, ...user }: User): z.output<typeof userView> {
  return { ...user, attributes: { ...attributes }, createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
}

/** A user's id in a path. */
export const userId = reference.transform((id) => id as UserId); // only compared with what is stored
const userParams = organizationParams.extend({ user: userId });

const password = z.string({ error: 'The password must be text.' }).superRefine((value, context) => {
  const verdict = checkPassword(value);
  if (verdict.ok) return;
  for (const message of verdict.faults) context.addIssue({ code: 'custom', message });
});

const newUser = userInputSchema.extend({ password: password.optional() });
const userChange = userChangeSchema.extend({
  enabled: z.boolean({ error: 'enabled must be true or false.' }).optional(),
  version: expectedVersion,
});

/** Users of the identity store and their passwords. */
export function userRoutes(needs: ControlNeeds): Route[] {
  const { db, ids } = needs;
  const hash = (instance: Instance, text: string) =>
    hashPassword(text, instance.settings.signIn.passwordHashCost);

  return [
    route({
      method: 'GET',
      path: '/organizations/:organization/users',
      summary: 'Lists users by user name.',
      params: organizationParams,
      query: pageQuery.extend({ userName: filter, email: filter }),
      status: 200,
      returns: listOf(userView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const page = await listUsers(db.read, instance.id, query, query);
        return { items: page.items.map(presentUser), cursor: page.cursor };
      },
    }),
    route({
      method: 'POST',
      path: '/organizations/:organization/users',
      summary: 'Adds a user; without a password the user can’t sign in yet.',
      params: organizationParams,
      json: newUser,
      status: 201,
      returns: userView,
      async respond(caller, { params, json: { password: text, ...input } }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        // Before the transaction, which doesn't wait for a hash.
        const hashed = text === undefined ? undefined : await hash(instance, text);
        return run(async (work) => {
          const user = await createUser(work, instance, input, ids);
          if (hashed !== undefined) {
            await setPassword(work, instance, user.id, { hash: hashed, declaredMac: null });
          }
          return presentUser(user);
        });
      },
    }),
    route({
      method: 'GET',
      path: '/organizations/:organization/users/:user',
      summary: 'Shows a user.',
      params: userParams,
      status: 200,
      returns: userView,
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        return presentUser(await findUserOr404(db.read, instance, params.user));
      },
    }),
    route({
      method: 'PATCH',
      path: '/organizations/:organization/users/:user',
      summary: 'Changes what is given of a user; `enabled` enables or disables.',
      params: userParams,
      json: userChange,
      status: 200,
      returns: userView,
      async respond(caller, { params, json: { enabled, version, ...change } }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        return run(async (work) => {
          let user = await requireUser(work.tx, instance, params.user);
          if (version !== undefined && version !== user.version) throw changedMeanwhile('The user');
          // A disabled user can't be edited: enabled first, disabled last.
          if (enabled === true && !user.enabled) user = await setUserEnabled(work, instance, user.id, true);
          if (hasChange(change)) user = await updateUser(work, instance, user.id, change, user.version);
          if (enabled === false && user.enabled) user = await setUserEnabled(work, instance, user.id, false);
          return presentUser(user);
        });
      },
    }),
    route({
      method: 'DELETE',
      path: '/organizations/:organization/users/:user',
      summary: 'Deletes a user with its password, memberships and assignments.',
      params: userParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteUser(work, instance, params.user));
      },
    }),
    route({
      method: 'PUT',
      path: '/organizations/:organization/users/:user/password',
      summary: 'Sets a user’s password.',
      params: userParams,
      json: z.strictObject({ password }),
      status: 204,
      async respond(caller, { params, json }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        // Asked before as well: nobody should pay for a hash that isn't kept.
        assertEditable(await findUserOr404(db.read, instance, params.user));
        const hashed = await hash(instance, json.password);
        await run((work) => setPassword(work, instance, params.user, { hash: hashed, declaredMac: null }));
      },
    }),
  ];
}

const hasChange = (change: UserChange) => Object.values(change).some((value) => value !== undefined);

async function findUserOr404(queries: Queries, instance: Instance, id: UserId): Promise<User> {
  const user = await findUser(queries, instance.id, id);
  if (!user) throw notFound('The user');
  return user;
}

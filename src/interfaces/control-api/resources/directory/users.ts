import { z } from 'zod';
import { deleteUser } from '../../../../domain/directory/user-commands.ts';
import { findUser } from '../../../../domain/directory/user-store.ts';
import { listUsers } from '../../../../domain/directory/user-list-store.ts';
import type { User } from '../../../../domain/directory/user.ts';
import {
  addUser,
  changedUserSchema,
  changeUser,
  newUserSchema,
} from '../../../../administration/operations/users.ts';
import type { Instance } from '../../../../domain/organizations/organization.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type UserId, asId } from '../../../../foundation/platform/ids.ts';
import type { Queries } from '../../../../foundation/storage/database.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import {
  deletionQuery,
  expectedVersion,
  filter,
  instant,
  listOf,
  organizationParams,
  pageQuery,
  reference,
  searched,
  trueOrFalse,
} from '../../contract/schemas.ts';

export const userView = z
  .strictObject({
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
  })
  .meta({ id: 'User' });

export function presentUser({ createdAt, updatedAt, attributes, ...user }: User): z.output<typeof userView> {
  return { ...user, attributes: { ...attributes }, createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
}

export const userId = reference
  .describe('The user’s id; `GET …/users?userName=` finds it.')
  .transform(asId<UserId>);
export const userParams = organizationParams.extend({ user: userId });

const newUser = newUserSchema.meta({ id: 'NewUser' });
const createdUser = userView
  .extend({
    oneTimePassword: z
      .string()
      .optional()
      .describe('The requested one-time password; it is shown only here.'),
  })
  .meta({ id: 'CreatedUser' });
const userChange = changedUserSchema.extend({ version: expectedVersion }).meta({ id: 'UserChange' });

const listQuery = pageQuery.extend({
  userName: filter.describe('The whole user name, in any letter case.'),
  email: filter.describe('The whole email address, in any letter case.'),
  search: searched.describe(
    'Words of which each must be a part of the user name, the email address or the display name, in any letter case. At most eight count.',
  ),
  enabled: trueOrFalse.describe('Only users who are enabled (`true`) or disabled (`false`).'),
  order: z
    .enum(['ascending', 'descending'], { error: 'Expected ascending or descending.' })
    .default('ascending')
    .describe('The order of the user names.'),
});

/** The operations on users. */
export function userRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;

  return [
    route({
      id: 'listUsers',
      method: 'GET',
      path: '/organizations/:organization/users',
      summary: 'Lists users in the order of their user names, or those that a search finds.',
      params: organizationParams,
      query: listQuery,
      status: 200,
      returns: listOf(userView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const page = await listUsers(db.read, instance.id, query, query);
        return { items: page.items.map(presentUser), cursor: page.cursor };
      },
    }),
    route({
      id: 'createUser',
      method: 'POST',
      path: '/organizations/:organization/users',
      summary:
        'Adds a user, with a password, an invitation or a one-time password. Without one of these, the user can’t sign in yet.',
      params: organizationParams,
      json: newUser,
      status: 201,
      returns: createdUser,
      example: {
        userName: 'eva@example.com',
        password: 'Welcome-2026!',
        email: 'eva@example.com',
        givenName: 'Eva',
        familyName: 'Example',
        displayName: 'Eva Example',
        attributes: { title: 'Engineer' },
      },
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { user, ...secrets } = await addUser(needs, opened, json);
        return { ...presentUser(user), ...secrets };
      },
    }),
    route({
      id: 'getUser',
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
      id: 'updateUser',
      method: 'PATCH',
      path: '/organizations/:organization/users/:user',
      summary: 'Changes the given fields of a user; enabled enables or disables the user.',
      params: userParams,
      json: userChange,
      status: 200,
      returns: userView,
      example: { displayName: 'Ana S.' },
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        return presentUser(await opened.run((work) => changeUser(work, opened, params.user, json)));
      },
    }),
    route({
      id: 'deleteUser',
      method: 'DELETE',
      path: '/organizations/:organization/users/:user',
      summary: 'Deletes a user with credentials, memberships and assignments.',
      params: userParams,
      query: deletionQuery,
      status: 204,
      async respond(caller, { params, query }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteUser(work, instance, params.user, query.version));
      },
    }),
  ];
}

/** The user with this id. Throws ResourceNotFoundException. */
export async function findUserOr404(queries: Queries, instance: Instance, id: UserId): Promise<User> {
  const user = await findUser(queries, instance.id, id);
  if (!user) throw notFound('The user');
  return user;
}

import { z } from 'zod';
import { AddToGroupsPage, UserGroupsPage } from '../../../../views/console/users/user-groups.tsx';
import { addMissingMembers } from '../../../administration/operations/memberships.ts';
import { removeMember } from '../../../domain/directory/group-commands.ts';
import { listGroups } from '../../../domain/directory/group-store.ts';
import { findGroupsOfUser, listGroupsOfUser } from '../../../domain/directory/membership-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField, idField } from '../../../foundation/http/fields.ts';
import type { GroupId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf } from '../frame/faults.ts';
import { doneQuery, doneText } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf, selectedField } from '../frame/list-query.ts';
import { openUser, tabOf, USER_PATH, userParams } from './opened-user.ts';

const path = `${USER_PATH}/groups`;
const memberParams = userParams.extend({ group: idField<GroupId>() });
const form = z.object({ csrf: csrfField });
const addForm = form.extend({ selected: selectedField<GroupId>() });

const DONE: Readonly<Record<string, string>> = {
  added: 'The user was added to the selected groups.',
  removed: 'The user was removed from the group.',
};

/** The groups of a user, and adding the user to others. */
export function userGroupRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(
        needs,
        { params: userParams, query: doneQuery.extend({ cursor: listQuery.shape.cursor }) },
        async (ctx, console, { params, query: { done = '', cursor } }) => {
          const user = await openUser(needs, console, params.user);
          const request = { limit: ROWS, cursor };
          const groups = user.enabled
            ? await listGroupsOfUser(needs.db.read, console.instance.id, user.id, request)
            : undefined;
          const href = `${console.homeHref}/users/${user.id}/groups`;
          const text = doneText(DONE, done);
          needs.show(ctx, console.visit, (page) => (
            <UserGroupsPage
              {...{ page, ...tabOf(console, user, 'Groups'), groups: groups?.items }}
              firstHref={cursor === undefined ? undefined : href}
              nextHref={nextHref(href, {}, groups?.cursor ?? null)}
              done={text === undefined ? undefined : { text }}
            />
          ));
        },
      ),
    );

    router.get(
      `${path}/add`,
      consolePage(
        needs,
        { params: userParams, query: listQuery, isForm: true },
        async (ctx, console, { params, query: asked }) => {
          const user = await openUser(needs, console, params.user);
          if (user.enabled) await showGroups(needs, ctx, console, { user, asked });
          else goTo(ctx, console, `/users/${user.id}/groups`);
        },
      ),
    );

    router.post(
      `${path}/add`,
      consoleForm(
        needs,
        { params: userParams, form: addForm },
        async (ctx, console, { params, form: sent }) => {
          const user = await openUser(needs, console, params.user);
          const { selected } = sent;
          if (selected.length === 0) {
            ctx.status = 400;
            await showGroups(needs, ctx, console, { user, error: 'Check the groups first.' });
            return;
          }
          try {
            const wanted = selected.map((groupId) => ({ groupId, userId: user.id }));
            await addMissingMembers(console, wanted);
          } catch (error) {
            const faults = faultsOf(error, []);
            ctx.status = faults.status;
            await showGroups(needs, ctx, console, { user, error: faults.error });
            return;
          }
          goTo(ctx, console, `/users/${user.id}/groups?done=added`);
        },
      ),
    );

    router.post(
      `${path}/:group/remove`,
      consoleForm(
        needs,
        { params: memberParams, form },
        async (ctx, console, { params: { user, group } }) => {
          await console.run((work) => removeMember(work, console.instance, group, user));
          goTo(ctx, console, `/users/${user}/groups?done=removed`);
        },
      ),
    );
  };
}

interface ShownGroups {
  user: User;
  asked?: z.output<typeof listQuery>;
  error?: string | undefined;
}

async function showGroups(
  { db, show }: ConsoleNeeds,
  ctx: Ctx,
  { instance, homeHref, frame, visit }: ConsoleVisit,
  { user, asked = { q: '' }, error }: ShownGroups,
): Promise<void> {
  const search = searchOf(asked);
  const found = await listGroups(db.read, instance.id, { search }, { limit: ROWS, cursor: asked.cursor });
  const listed = found.items.map(({ id }) => id);
  const own = await findGroupsOfUser(db.read, instance.id, user.id, listed);
  const groups = found.items.map((group) => ({ ...group, isMember: own.has(group.id) }));
  const next = nextHref(`${homeHref}/users/${user.id}/groups/add`, { q: search ?? '' }, found.cursor);
  show(ctx, visit, (page) => (
    <AddToGroupsPage {...{ page, frame, user, query: search ?? '', groups, nextHref: next, error }} />
  ));
}

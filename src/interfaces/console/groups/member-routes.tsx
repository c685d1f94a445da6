import { z } from 'zod';
import { AddUsersPage, MembersPage } from '../../../../views/console/groups/members.tsx';
import { counted } from '../../../../views/words.ts';
import { addMissingMembers } from '../../../administration/operations/memberships.ts';
import { removeMember } from '../../../domain/directory/group-commands.ts';
import type { Group } from '../../../domain/directory/group.ts';
import { listMembers } from '../../../domain/directory/membership-store.ts';
import { listUsers } from '../../../domain/directory/user-list-store.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField, idField } from '../../../foundation/http/fields.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf, selectedField } from '../frame/list-query.ts';
import { GROUP_PATH, groupParams, requireGroup } from './group.ts';

const path = `${GROUP_PATH}/members`;
const addPath = `${GROUP_PATH}/add-users`;
const addForm = z.object({ csrf: csrfField, selected: selectedField<UserId>() });
const memberParams = groupParams.extend({ user: idField<UserId>() });

/** The members of a group: who they are, adding and removing them (guide, “Add users to groups”). */
export function memberRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(
        needs,
        { params: groupParams, query: listQuery },
        async (ctx, console, { params, query }) => {
          const group = await requireGroup(needs, console, params.group);
          const search = searchOf(query);
          const request = { limit: ROWS, cursor: query.cursor, search };
          const members = await listMembers(needs.db.read, console.instance.id, group.id, request);
          const href = `${console.homeHref}/groups/${group.id}/members`;
          needs.show(ctx, console.visit, (page) => (
            <MembersPage
              {...{ page, frame: console.frame, group, query: search ?? '', members: members.items }}
              nextHref={nextHref(href, { q: search ?? '' }, members.cursor)}
              done={doneText(query.done)}
              hasAdded={query.done?.startsWith('added-') ?? false}
            />
          ));
        },
      ),
    );

    router.post(
      `${path}/:user/remove`,
      consoleForm(
        needs,
        { params: memberParams, form: z.object({ csrf: csrfField }) },
        async (ctx, console, { params: { group, user } }) => {
          await console.run((work) => removeMember(work, console.instance, group, user));
          goTo(ctx, console, `/groups/${group}/members?done=removed`);
        },
      ),
    );

    router.get(
      addPath,
      consolePage(
        needs,
        { params: groupParams, query: listQuery, isForm: true },
        async (ctx, console, { params, query }) => {
          const group = await requireGroup(needs, console, params.group);
          await showAdd(needs, ctx, console, { group, query });
        },
      ),
    );

    router.post(
      addPath,
      consoleForm(needs, { params: groupParams, form: addForm }, async (ctx, console, { params, form }) => {
        const group = await requireGroup(needs, console, params.group);
        const query = listQuery.parse({});
        if (form.selected.length === 0) {
          ctx.status = 400;
          const error = 'Nobody was added: check the boxes of some users.';
          await showAdd(needs, ctx, console, { group, query, error });
          return;
        }
        try {
          const wanted = form.selected.map((userId) => ({ groupId: group.id, userId }));
          const added = await addMissingMembers(console, wanted);
          goTo(ctx, console, `/groups/${group.id}/members?done=added-${added}`);
        } catch (error) {
          const faults = faultsOf(error, []);
          ctx.status = faults.status;
          await showAdd(needs, ctx, console, { group, query, error: faults.error });
        }
      }),
    );
  };
}

interface AddState {
  readonly group: Group;
  readonly query: z.output<typeof listQuery>;
  readonly error?: string | undefined;
}

async function showAdd(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { group, query, error }: AddState,
): Promise<void> {
  const search = searchOf(query);
  const request = { limit: ROWS, cursor: query.cursor };
  const users = await listUsers(needs.db.read, console.instance.id, { search }, request);
  const href = `${console.homeHref}/groups/${group.id}/add-users`;
  needs.show(ctx, console.visit, (page) => (
    <AddUsersPage
      {...{ page, frame: console.frame, group, error, query: search ?? '', users: users.items }}
      nextHref={nextHref(href, { q: search ?? '' }, users.cursor)}
    />
  ));
}

function doneText(done: string | undefined): string | undefined {
  if (done === 'removed') return 'The user is no longer a member.';
  const [, added] = /^added-(\d{1,3})$/.exec(done ?? '') ?? [];
  if (added === undefined) return undefined;
  return added === '0' ? 'All of them were members already.' : `${counted(Number(added), 'user')} added.`;
}

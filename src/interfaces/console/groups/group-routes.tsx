import { CreateGroupPage, type GroupValues } from '../../../../views/console/groups/form.tsx';
import { GroupsPage } from '../../../../views/console/groups/list.tsx';
import { createGroup } from '../../../domain/directory/group-commands.ts';
import { listGroups } from '../../../domain/directory/group-store.ts';
import { groupInputSchema } from '../../../domain/directory/group.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';
import { groupForm, GROUPS_PATH } from './group.ts';
import { doneText } from '../frame/fields.ts';

const DONE: Readonly<Record<string, string>> = { deleted: 'The group was deleted.' };

/** The list of groups, and the form for a new one (guide, “Add groups”). */
export function groupRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      GROUPS_PATH,
      consolePage(needs, { query: listQuery }, async (ctx, console, { query }) => {
        const search = searchOf(query);
        const page = { limit: ROWS, cursor: query.cursor };
        const found = await listGroups(needs.db.read, console.instance.id, { search }, page);
        const next = nextHref(`${console.homeHref}/groups`, { q: search ?? '' }, found.cursor);
        needs.show(ctx, console.visit, (page) => (
          <GroupsPage
            {...{ page, frame: console.frame, query: search ?? '', groups: found.items, nextHref: next }}
            done={doneText(DONE, query.done)}
          />
        ));
      }),
    );

    router.get(
      `${GROUPS_PATH}/create`,
      consolePage(needs, { isForm: true }, (ctx, console) => {
        showCreate(needs, ctx, console, { displayName: '', description: '' });
      }),
    );

    router.post(
      `${GROUPS_PATH}/create`,
      consoleForm(needs, { form: groupForm }, async (ctx, console, { form: { csrf: _, ...values } }) => {
        const input = readInput(groupInputSchema, values);
        if (!input.success) {
          showCreate(needs, ctx, console, values, faultsOfInput(input.error));
          return;
        }
        try {
          const { instance } = console;
          const { id } = await console.run((work) => createGroup(work, needs.ids, instance, input.data));
          goTo(ctx, console, `/groups/${id}?done=created`);
        } catch (error) {
          showCreate(needs, ctx, console, values, faultsOf(error, Object.keys(values)));
        }
      }),
    );
  };
}

function showCreate(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame }: ConsoleVisit,
  values: GroupValues,
  faults?: FormFaults,
): void {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, visit, (page) => (
    <CreateGroupPage {...{ page, frame, values }} errors={faults?.errors ?? {}} error={faults?.error} />
  ));
}

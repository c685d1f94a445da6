import { z } from 'zod';
import {
  AssignPage,
  type AssignPageProps,
  type Candidate,
} from '../../../../views/console/applications/assign.tsx';
import type { AssigneeKind } from '../../../../views/console/applications/assigned.tsx';
import { principalsById } from '../../../administration/operations/assignments.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { everyoneIn } from '../../../domain/assignments/assignment.ts';
import { addAssignments } from '../../../domain/assignments/commands.ts';
import { findAssigned } from '../../../domain/assignments/store.ts';
import { listGroups } from '../../../domain/directory/group-store.ts';
import { listUsers } from '../../../domain/directory/user-list-store.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { GroupId, UserId } from '../../../foundation/platform/ids.ts';
import type { PageRequest } from '../../../foundation/storage/paging.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf, selectedField } from '../frame/list-query.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from './application-tabs.ts';

const everyoneForm = z.object({ csrf: csrfField });
const everyonePath = `${APPLICATION_PATH}/assign-everyone`;

/** Assigning an application to users, groups or everyone (guide, “Assign user access”). */
export function assignRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    for (const kind of ['users', 'groups'] as const) {
      router.get(`${APPLICATION_PATH}/assign/${kind}`, chooseOf(needs, kind));
      router.post(`${APPLICATION_PATH}/assign/${kind}`, assignOf(needs, kind));
    }

    router.get(
      everyonePath,
      consolePage(needs, { params: applicationParams, isForm: true }, async (ctx, console, { params }) => {
        const { id } = await applicationOf(needs, console, params);
        goTo(ctx, console, `/applications/${id}/assign/users`);
      }),
    );

    router.post(
      everyonePath,
      consoleForm(
        needs,
        { params: applicationParams, form: everyoneForm },
        async (ctx, console, { params }) => {
          const { instance } = console;
          const application = await applicationOf(needs, console, params);
          await console.run((work) => addAssignments(work, instance, application, [everyoneIn(instance.id)]));
          goTo(ctx, console, `/applications/${application.id}/users?done=everyone`);
        },
      ),
    );
  };
}

const chooseOf = (needs: ConsoleNeeds, kind: AssigneeKind) =>
  consolePage(
    needs,
    { params: applicationParams, query: listQuery, isForm: true },
    async (ctx, console, input) => {
      const application = await applicationOf(needs, console, input.params);
      await showChoice(needs, ctx, console, { application, kind, query: input.query });
    },
  );

const assignOf = (needs: ConsoleNeeds, kind: AssigneeKind) => {
  const form = z.object({ csrf: csrfField, selected: selectedField<UserId & GroupId>() });
  return consoleForm(needs, { params: applicationParams, form }, async (ctx, console, input) => {
    const { instance } = console;
    const { selected } = input.form;
    const application = await applicationOf(needs, console, input.params);
    const assigned = await console.run(async (work) => {
      const ids = kind === 'users' ? { users: selected, groups: [] } : { users: [], groups: selected };
      const principals = await principalsById(work.tx, instance.id, ids);
      return principals.length === 0 ? undefined : addAssignments(work, instance, application, principals);
    });
    if (assigned === undefined) {
      ctx.status = 400;
      const error = 'Select at least one name of the list, then choose Assign users.';
      await showChoice(needs, ctx, console, { application, kind, query: { q: '' }, error });
      return;
    }
    goTo(ctx, console, `/applications/${application.id}/${kind}?done=assigned-${assigned}`);
  });
};

interface Choice {
  readonly application: Application;
  readonly kind: AssigneeKind;
  readonly query: z.output<typeof listQuery>;
  readonly error?: string | undefined;
}

async function showChoice(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { application, kind, query, error }: Choice,
): Promise<void> {
  const search = searchOf(query);
  const href = applicationHref(console, application);
  const request = { limit: ROWS, cursor: query.cursor };
  const { candidates, cursor } = await findCandidates(needs, console, { application, kind, search, request });
  const shown: Omit<AssignPageProps, 'page'> = {
    ...{ frame: console.frame, href, kind, query: search ?? '', candidates, error },
    head: applicationHead(console, application, '/users'),
    nextHref: nextHref(`${href}/assign/${kind}`, { q: search ?? '' }, cursor),
  };
  needs.show(ctx, console.visit, (page) => <AssignPage {...{ page, ...shown }} />);
}

interface Sought {
  readonly application: Application;
  readonly kind: AssigneeKind;
  readonly search: string | undefined;
  readonly request: PageRequest;
}

async function findCandidates(
  { db }: Pick<ConsoleNeeds, 'db'>,
  { instance }: ConsoleVisit,
  { application, kind, search, request }: Sought,
): Promise<{ candidates: Candidate[]; cursor: string | null }> {
  const found =
    kind === 'users'
      ? await listUsers(db.read, instance.id, { search }, request)
      : await listGroups(db.read, instance.id, { search }, request);
  const ids = found.items.map(({ id }) => id);
  const assigned = await findAssigned(db.read, instance.id, application.id, ids);
  const candidates = found.items.map((each) => ({
    id: each.id,
    ...('userName' in each
      ? { name: each.userName, about: each.displayName }
      : { name: each.displayName, about: each.description }),
    isAssigned: assigned.has(each.id),
  }));
  return { candidates, cursor: found.cursor };
}
